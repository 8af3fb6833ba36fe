// The rules of the policy find pupils who need someone, at each level, and say why.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { goTo, shows } from '../support/grid.mjs';
import { journey } from '../support/journey.mjs';

const LEVELS = ['Subject', 'Tutor', 'Key stage', 'Head told'];

async function openWho({ page, open }) {
  await open();
  await page.getByRole('button', { name: 'Try the sample school' }).click();
  await page.getByText('This school was made up').waitFor();
  await page.getByRole('link', { name: 'Interventions', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Who needs someone' }).waitFor();
}

const rowCount = async (page) =>
  Number((/\d+/.exec(await page.getByRole('status', { name: 'Who needs someone' }).innerText()) ?? ['0'])[0]);

journey('I see who needs someone at each level, and why', async (tools) => {
  const { page, assertNoBarriers } = tools;
  await openWho(tools);
  const first = await page.locator('.answer').innerText();
  assert.match(first, /^\d+ pupils need someone after .+: \d+ in a subject, \d+ for the tutor, \d+ for the key stage, \d+ with the Head told\.$/);
  await assertNoBarriers();
  const box = (name) => page.locator('main').getByRole('combobox', { name, exact: true });
  const counts = {};
  for (const level of LEVELS) {
    await box('Level').selectOption({ label: level });
    counts[level] = await rowCount(page);
    assert.ok(counts[level] > 0, `${level} has nobody`);
    await page.getByRole('table').getByRole('button', { name: /^Why\?/ }).first().click();
    const drawer = page.getByRole('complementary', { name: /why/ });
    await drawer.getByText('Bilingual secondary, version 3').waitFor();
    await drawer.getByText(/Off target/).first().waitFor();
    await drawer.getByRole('heading', { name: 'What would change it' }).first().waitFor();
    await assertNoBarriers();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    assert.match(await page.evaluate(() => document.activeElement.id), /^why-/);
  }
  // Everybody of whom the Head is told has four subjects off target or more.
  const numbers = await page.getByRole('table').locator('tbody tr td:nth-of-type(4)').allInnerTexts();
  assert.ok(numbers.length > 0 && numbers.every((number) => Number(number) >= 4), String(numbers));

  // Narrowing by subject, year group and name.
  await box('Level').selectOption({ label: 'Subject' });
  await box('Subject').selectOption({ label: 'Maths' });
  const maths = await rowCount(page);
  assert.ok(maths > 0 && maths < counts.Subject);
  await box('Year group').selectOption({ index: 1 });
  assert.ok((await rowCount(page)) < maths);
  await box('Year group').selectOption({ index: 0 });
  const name = await page.getByRole('table').locator('tbody th').first().innerText();
  await page.getByRole('searchbox', { name: 'Name or form' }).fill(name);
  assert.equal(await rowCount(page), 1);

  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export this table (CSV)' }).click();
  const download = await coming;
  const text = await readFile(await download.path(), 'utf8');
  assert.ok(text.startsWith('\uFEFFPupil,Form,Year,Level'), text.slice(0, 40));
  const [, row, rest] = text.split('\r\n');
  assert.ok(row.startsWith(`"${name}",`), row);
  assert.equal(rest, '');
});

journey('My role chooses what I see first', async (tools) => {
  const { page } = tools;
  await openWho(tools);
  const level = page.locator('main').getByRole('combobox', { name: 'Level', exact: true });
  const role = page.getByRole('combobox', { name: 'Role' });
  for (const [who, sees] of [
    ['Form tutor', 'Tutor'],
    ['Key Stage Coordinator', 'Key stage'],
    ['Head of Secondary', 'Head told'],
    ['SEN coordinator', 'All levels'],
    ['Teacher', 'Subject'],
  ]) {
    await role.selectOption({ label: who });
    await page.waitForFunction(
      ([label]) => [...document.querySelectorAll('main select')].some((box) => box.selectedOptions[0]?.label === label),
      [sees],
    );
    assert.equal(await level.evaluate((box) => box.selectedOptions[0].label), sees);
  }
});

journey('A pupil leaves the list as soon as the answer says on target', async (tools) => {
  const { page } = tools;
  await openWho(tools);
  const box = (name) => page.locator('main').getByRole('combobox', { name, exact: true });
  await box('Level').selectOption({ label: 'Head told' });
  const before = await rowCount(page);
  // The last of the list has the fewest subjects off target: four.
  const last = page.getByRole('table').locator('tbody tr').last();
  const name = await last.locator('th').innerText();
  const form = await last.locator('td').first().innerText();
  assert.equal(await last.locator('td').nth(3).innerText(), '4');
  const [subject] = (await last.locator('td').nth(5).innerText()).split(', ');
  await page.getByRole('link', { name: 'Tracking', exact: true }).click();
  const openEvent = page.getByRole('row').filter({ has: page.getByText('open', { exact: true }) });
  await openEvent.getByRole('link').click();
  await page.getByRole('grid').waitFor();
  await box('Subject').selectOption({ label: subject });
  await box('Year group').selectOption({ label: `Year ${Number.parseInt(form, 10)}` });
  await box('Class').selectOption({ label: `All of Year ${Number.parseInt(form, 10)}` });
  await page.getByRole('columnheader', { name: /^Pupil/ }).click();
  await page.getByRole('dialog', { name: 'Pupil' }).getByRole('searchbox', { name: 'Show rows that hold' }).fill(name);
  await page.keyboard.press('Escape');
  await shows(page, 0, 1, name);
  await goTo(page, 0, 'On target?');
  await page.keyboard.type('y');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Interventions', exact: true }).click();
  await box('Level').selectOption({ label: 'Head told' });
  assert.equal(await rowCount(page), before - 1);
  assert.equal(await page.getByRole('table').locator('tbody').getByText(name, { exact: true }).count(), 0);
});
