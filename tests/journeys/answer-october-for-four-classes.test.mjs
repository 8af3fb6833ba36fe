// The evening that all of this is for: a teacher has four classes to answer for, and a Head of Department wants to know
// what is still missing.
import assert from 'node:assert/strict';

import { active, cellOf, columnOf, paste, rowsOf, textOf } from '../support/grid.mjs';
import { journey } from '../support/journey.mjs';
import { saved, trySample } from '../support/school.mjs';

/** Subjects that give whole grades from 1 to 9 in every year group up to 11. */
const SUBJECTS = ['Maths', 'English', 'History', 'Geography', 'Art', 'Music', 'Computing', 'Technology'];

/** Opens the event that is open, from the list of events. */
async function openEvent(page) {
  await page.getByRole('link', { name: 'Tracking', exact: true }).first().click();
  const row = page.getByRole('row').filter({ has: page.getByText('open', { exact: true }) });
  await row.getByRole('link').click();
  await page.getByRole('grid').waitFor();
}

const fold = (page) => page.locator('details').filter({ hasText: /^What is missing/ });

/** The classes that owe grades, as the event lists them. */
async function owing(page) {
  const table = fold(page).getByRole('table', { name: 'Grades that are missing, by class' });
  if (!(await table.isVisible())) await fold(page).locator('summary').click();
  await table.locator('tbody tr').first().waitFor();
  return table.locator('tbody tr').evaluateAll((rows) =>
    rows.map((row) => {
      const [name, subject, teacher, here, all, missing] = [...row.cells].map((cell) => cell.innerText.trim());
      return { name, subject, teacher, here: Number(here), all: Number(all), missing: Number(missing.replace(/\D/g, '')) };
    }),
  );
}

/** How many of how many grades the first line says are in. */
async function counted(page) {
  const [, here, all] = /(\d+) of (\d+) grades/.exec(await page.locator('.answer').innerText());
  return { here: Number(here), all: Number(all) };
}

async function counts(page, here) {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if ((await counted(page)).here === here) return;
    await page.waitForTimeout(50);
  }
  assert.equal((await counted(page)).here, here);
}

/** Goes to a class by its button in the list, and from there to its first current grade, all with the keys. */
async function goToClass(page, { name }) {
  await owing(page);
  await fold(page).getByRole('button', { name: `Enter ${name}`, exact: true }).press('Enter');
  await page.getByRole('grid', { name: new RegExp(name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) }).waitFor();
  const inGrid = () => page.evaluate(() => document.activeElement.getAttribute('role') === 'grid');
  for (let tabs = 0; tabs < 30 && !(await inGrid()); tabs += 1) await page.keyboard.press('Tab');
  assert.ok(await inGrid(), 'Tab comes to the grid');
  await page.keyboard.press('Control+Home');
  const current = await columnOf(page, 'Current');
  while ((await active(page)).column < current) await page.keyboard.press('ArrowRight');
  return current;
}

journey('I answer October for four classes with the keys alone, and my Head of Department sees what is missing', async (tools) => {
  const { page, open } = tools;
  await open();
  await trySample(page);
  await openEvent(page);
  const before = await owing(page);
  const mine = before.filter(({ name, subject }) => /^(7|8|9|10|11)/.test(name) && SUBJECTS.includes(subject)).slice(0, 4);
  assert.equal(mine.length, 4, 'four classes owe grades');
  const [whole, pasted, ...others] = mine;

  // A whole set: a key and Enter for each pupil, nothing else.
  let column = await goToClass(page, whole);
  const pupils = await rowsOf(page);
  for (let row = 0; row < pupils; row += 1) {
    assert.equal((await active(page)).row, row, 'Enter has come to the next pupil');
    const empty = (await textOf(page, row, column)) === '';
    await page.keyboard.press(empty ? String(4 + (row % 5)) : 'ArrowDown');
    if (empty) await page.keyboard.press('Enter');
  }
  await counts(page, (await counted(page)).all);

  // A column from a spreadsheet for the next one; the first thought was wrong, so it is taken back as one step.
  column = await goToClass(page, pasted);
  const was = await counted(page);
  await paste(page, `${Array.from({ length: was.all }, (_, row) => 3 + (row % 6)).join('\r\n')}\r\n`);
  await counts(page, was.all);
  await page.keyboard.press('Control+z');
  await counts(page, was.here);
  await paste(page, `${Array.from({ length: was.all }, (_, row) => 4 + (row % 5)).join('\r\n')}\r\n`);
  await counts(page, was.all);

  // The last two: one grade, filled down.
  for (const one of others) {
    column = await goToClass(page, one);
    const { all } = await counted(page);
    await page.keyboard.press('5');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    for (let more = 1; more < all; more += 1) await page.keyboard.press('Shift+ArrowDown');
    // Who listens hears the corner that moves where the cell it began at is no longer on the page.
    const began = await (await cellOf(page, 0, column)).count();
    assert.equal((await active(page))?.row, began ? 0 : all - 1);
    await page.keyboard.press('Control+d');
    await counts(page, all);
  }
  await saved(page);

  // The Head of Department sees what is left, by class and by teacher.
  await page.getByRole('combobox', { name: 'Role' }).selectOption({ label: 'Head of Department' });
  await page.reload();
  await openEvent(page);
  const after = await owing(page);
  const names = (all) => all.map(({ name, subject }) => `${name} ${subject}`);
  for (const done of names(mine)) assert.ok(!names(after).includes(done), `${done} owes nothing`);
  const sum = (all) => all.reduce((total, { missing }) => total + missing, 0);
  assert.equal(sum(after), sum(before) - sum(mine));
  await fold(page).getByRole('combobox', { name: 'Missing by' }).selectOption({ label: 'teacher' });
  const teachers = fold(page).getByRole('table', { name: 'Grades that are missing, by teacher' });
  const still = after.find(({ teacher }) => teacher && !teacher.includes(','));
  await teachers.getByRole('row').filter({ hasText: still.teacher }).waitFor();
  await tools.assertNoBarriers();
});
