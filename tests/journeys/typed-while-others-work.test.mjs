// What I type goes where I began to type it, whatever happens to the list in another tab meanwhile.
import assert from 'node:assert/strict';

import { goTo, paste, shows, textOf } from '../support/grid.mjs';
import { journey } from '../support/journey.mjs';
import { addAssessment } from '../support/markbook.mjs';
import { saved, trySample } from '../support/school.mjs';

/** The first class in Maths, its pupils and teachers in one tab; gives its address's number and its name. */
async function openMembers(page) {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Classes' }).click();
  await page.locator('main .toolbar').getByRole('combobox', { name: 'Subject' }).last().selectOption({ label: 'Maths' });
  await page.locator('main tbody tr').first().getByRole('link').click();
  await page.getByRole('grid', { name: /^Marks of / }).waitFor();
}

/** A second tab, in which the first pupil of the first class in Maths is chosen to be taken out. */
async function colleague({ context, server, started }) {
  const tab = await context.newPage();
  await tab.goto(server.url);
  await started(tab);
  await openMembers(tab);
  await tab.getByRole('link', { name: 'Pupils and teachers' }).click();
  await tab.getByRole('checkbox', { name: /^Choose [^a]/ }).first().check();
  await tab.getByRole('combobox', { name: 'Move those chosen to' }).selectOption({ label: 'no class of this subject' });
  return tab;
}

journey('The grade that I am typing goes to its pupil, though another pupil is moved out of the class', async (tools) => {
  const { page } = tools;
  await tools.open();
  await trySample(page);
  const tab = await colleague(tools);
  await page.bringToFront();
  await page.getByRole('link', { name: 'Tracking', exact: true }).click();
  await page.getByRole('row').filter({ has: page.getByText('open', { exact: true }) }).getByRole('link').click();
  await page.locator('main').getByRole('combobox', { name: 'Subject', exact: true }).selectOption({ label: 'Maths' });
  await page.getByRole('grid', { name: /Maths/ }).waitFor();
  const names = () => Promise.all([0, 1, 2, 3].map((row) => textOf(page, row, 'Pupil')));
  const before = await names();
  const next = await textOf(page, 3, 'Current');
  await goTo(page, 2, 'Current');
  await page.keyboard.type('9');

  await tab.getByRole('button', { name: 'Move 1 pupil' }).click();
  await saved(tab);
  await shows(page, 0, 'Pupil', before[1]);
  const field = page.locator('.sheet-field');
  assert.equal(await field.inputValue(), '9', 'it is still being typed');
  await page.keyboard.press('Enter');
  await shows(page, 1, 'Pupil', before[2]);
  await shows(page, 1, 'Current', '9');
  assert.equal(await textOf(page, 2, 'Current'), next, 'the neighbour has what was there');
  // The hands are where they were, on the next pupil. What cannot be stored goes with whoever it was typed for.
  await page.keyboard.type('44');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: before[3] }).waitFor();
  await tab.getByRole('checkbox', { name: `Choose ${before[3]}` }).check();
  await tab.getByRole('combobox', { name: 'Move those chosen to' }).selectOption({ label: 'no class of this subject' });
  await tab.getByRole('button', { name: 'Move 1 pupil' }).click();
  await page.getByText('What you typed into 1 cell could not be stored, and was left behind.').waitFor();
  assert.equal(await page.getByRole('alert').filter({ hasText: before[3] }).count(), 0);
});

journey('The mark that I am typing stays with its test and its pupil, and I am told when the test is gone', async (tools) => {
  const { page } = tools;
  await tools.open();
  await trySample(page);
  await openMembers(page);
  await addAssessment(page, 'Spelling', '20');
  const tab = await colleague(tools);
  await page.bringToFront();
  const before = await Promise.all([0, 1, 2].map((row) => textOf(page, row, 'Pupil')));
  await goTo(page, 2, 'Spelling');
  await page.keyboard.type('13');
  await tab.getByRole('button', { name: 'Move 1 pupil' }).click();
  await saved(tab);
  await shows(page, 0, 'Pupil', before[1]);
  const field = page.locator('.sheet-field');
  assert.equal(await field.inputValue(), '13', 'it is still being typed');
  assert.equal(await field.getAttribute('aria-label'), `${before[2]}, Spelling`);
  await page.keyboard.press('Enter');
  await shows(page, 1, 'Spelling', '13');
  await shows(page, 2, 'Spelling', '');

  // The hands are on the next pupil. What is typed there has no place any more when the test is undone elsewhere.
  await page.keyboard.type('7');
  for (let undone = 0; undone < 3; undone += 1) {
    await tab.getByRole('button', { name: 'Undo' }).click();
    await saved(tab);
  }
  await page.getByText('“7” is not stored: its row or column is not there any more.').waitFor();
  assert.equal(await page.getByRole('columnheader', { name: /^Spelling/ }).count(), 0);
});

journey('A comment of two lines keeps both when I only look into it', async (tools) => {
  const { page } = tools;
  await tools.open();
  await trySample(page);
  await page.getByRole('link', { name: 'Tracking', exact: true }).click();
  await page.getByRole('row').filter({ has: page.getByText('open', { exact: true }) }).getByRole('link').click();
  await page.getByRole('grid').waitFor();
  const field = page.locator('.sheet-field');
  const looked = async () => {
    await page.keyboard.press('F2');
    const text = await field.inputValue();
    await page.keyboard.press('Enter');
    return text;
  };
  await goTo(page, 0, 'Evidence');
  await paste(page, '"line one\nline two"');
  await saved(page);
  await goTo(page, 0, 'Evidence');
  assert.equal(await looked(), 'line one\nline two');
  await goTo(page, 0, 'Evidence');
  assert.equal(await looked(), 'line one\nline two');
});
