// A Head of Department arranges the year's classes: splits one, moves somebody, merges two, makes one.
import assert from 'node:assert/strict';

import { journey } from '../support/journey.mjs';
import { trySample } from '../support/school.mjs';

async function openClasses({ page, open }) {
  await open();
  await trySample(page);
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Classes' }).click();
  await page.getByRole('heading', { level: 1, name: 'Classes' }).waitFor();
}

/** Opens the first classes' page of a subject; its name and how many are in it. */
async function openFirst(page, subject) {
  await page.locator('main .toolbar').getByRole('combobox', { name: 'Subject' }).last().selectOption({ label: subject });
  const row = page.locator('main tbody tr').first();
  const name = await row.getByRole('link').innerText();
  const pupils = Number(await row.locator('td.num').innerText());
  await row.getByRole('link').click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.getByRole('link', { name: 'Pupils and teachers' }).click();
  return { name, pupils };
}

const pupils = (page, n) => page.locator('.answer').filter({ hasText: `${n} pupils.` }).waitFor();
const choose = (page, place) => page.getByRole('checkbox', { name: /^Choose [^a]/ }).nth(place).check();

journey('I split a class, think better of it, and merge the two again', async (tools) => {
  const { page } = tools;
  await openClasses(tools);
  await tools.assertNoBarriers();
  const { name, pupils: all } = await openFirst(page, 'Maths');
  await pupils(page, all);
  await tools.assertNoBarriers();

  // Nobody chosen: it says so and nothing changes.
  await page.getByRole('combobox', { name: 'Move those chosen to' }).selectOption({ label: 'a new class…' });
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: 'Nobody is chosen' }).waitFor();

  await choose(page, 0);
  await choose(page, 1);
  await page.getByLabel('Name of the new class').fill(name);
  await page.getByRole('button', { name: 'Move 2 pupils' }).click();
  await page.getByRole('alert').filter({ hasText: 'Another class of this subject has that name' }).waitFor();
  await page.getByLabel('Name of the new class').fill('Set 9 trial');
  await page.keyboard.press('Enter');
  await pupils(page, all - 2);

  await page.getByRole('link', { name: 'Classes', exact: true }).first().click();
  await page.getByRole('link', { name: 'Set 9 trial' }).click();
  await page.getByRole('link', { name: 'Pupils and teachers' }).click();
  await pupils(page, 2);
  await page.getByText('Merge this class into another').click();
  await page.getByRole('combobox', { name: 'Into' }).selectOption({ label: name });
  await page.getByRole('button', { name: 'Merge the classes' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await pupils(page, all);

  // Each was a step: undo brings the trial back with its two.
  await page.getByRole('button', { name: 'Undo' }).click();
  await pupils(page, all - 2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await pupils(page, all);
});

journey('I make a class for a new colleague and bring pupils in from the others', async (tools) => {
  const { page } = tools;
  await openClasses(tools);
  await page.getByText('Make a class').click();
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Make the class' }) });
  await form.getByRole('combobox', { name: 'Subject' }).selectOption({ label: 'Maths' });
  await form.getByRole('button', { name: 'Make the class' }).click();
  await form.getByRole('alert').filter({ hasText: 'A class needs a name' }).waitFor();
  await form.getByLabel('Name of the class').fill('Maths extra');
  await form.getByLabel('Taught by').fill('Ms Hall, Mr Ito');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Maths extra' }).waitFor();
  await page.locator('.answer').filter({ hasText: 'Taught by Ms Hall, Mr Ito.' }).waitFor();

  await page.getByText('Add pupils').click();
  const rows = page.getByRole('table', { name: 'Pupils who are not in Maths extra' }).getByRole('row');
  const somebody = await rows.nth(1).locator('th').innerText();
  const [surname] = somebody.split(',');
  await page.getByLabel('Name or form').fill(surname);
  await rows.nth(1).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Add 1 pupil' }).click();
  await page.locator('.answer').filter({ hasText: '1 pupil.' }).waitFor();
  const member = page.getByRole('table', { name: 'Pupils of Maths extra' }).getByRole('row').nth(1);
  assert.ok((await member.innerText()).includes(surname));

  // Out again, and the empty class is given up.
  await choose(page, 0);
  await page.getByRole('combobox', { name: 'Move those chosen to' }).selectOption({ label: 'no class of this subject' });
  await page.getByRole('button', { name: 'Move 1 pupil' }).click();
  await page.getByRole('button', { name: 'Give up this class' }).click();
  await page.getByRole('heading', { level: 1, name: 'Classes' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Maths extra' }).count(), 0);
});
