// A teacher answers a tracking event for a class, by keyboard, and sees at once who is off target.
import assert from 'node:assert/strict';

import { journey } from '../support/journey.mjs';

/** Opens the sample school and its open event. */
async function openOctober({ page, open }) {
  await open();
  await page.getByRole('button', { name: 'Try the sample school' }).click();
  await page.getByText('This school was made up').waitFor();
  await page.getByRole('link', { name: 'Tracking', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Tracking' }).waitFor();
  const openEvent = page.getByRole('row').filter({ has: page.getByText('open', { exact: true }) });
  await openEvent.getByRole('link').click();
  await page.getByRole('grid').waitFor();
}

async function choose(page, subject, year) {
  const box = (name) => page.locator('main').getByRole('combobox', { name, exact: true });
  await box('Subject').selectOption({ label: subject });
  await box('Year group').selectOption({ label: year });
  await page.getByRole('grid', { name: new RegExp(subject) }).waitFor();
}

/** The numbers of the first line: grades that are in, pupils, pupils off target. */
async function answer(page) {
  const text = await page.locator('.answer').innerText();
  const [, here, all] = /(\d+) of (\d+) grades/.exec(text);
  const off = /Nobody is off target/.test(text) ? 0 : Number(/(\d+) pupils? (?:is|are) off target/.exec(text)[1]);
  return { here: Number(here), all: Number(all), off };
}

/** Waits until the first line says so. */
async function answers(page, wanted) {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const now = await answer(page);
    if (Object.entries(wanted).every(([key, value]) => now[key] === value)) return now;
    await page.waitForTimeout(50);
  }
  assert.deepEqual({ ...(await answer(page)), ...wanted }, await answer(page));
  return wanted;
}

const columnOf = (page, name) =>
  page.evaluate((wanted) => {
    const input = [...document.querySelectorAll('[role=grid] input.cell')].find((cell) =>
      cell.ariaLabel.startsWith(`${wanted},`),
    );
    return Number(input.id.split('-')[2]);
  }, name);

journey('I answer a tracking event for my class by keyboard and see who is off target', async (tools) => {
  const { page, assertNoBarriers } = tools;
  await openOctober(tools);
  await choose(page, 'Maths', 'Year 8');
  await assertNoBarriers();
  const cell = (row, column) => page.locator(`#cell-${row}-${column}`);
  const current = await columnOf(page, 'Current');
  const belief = await columnOf(page, 'On target?');
  const status = (row) => page.locator('tbody tr').nth(row).locator('.status').innerText();
  const focused = () => page.evaluate(() => document.activeElement.id);

  // The first pupils get a grade and an answer each, so that the counts are known.
  const before = await answer(page);
  await cell(0, current).focus();
  for (const grade of ['5', '6', '7']) {
    await page.keyboard.type(grade);
    await page.keyboard.press('Enter');
  }
  assert.equal(await focused(), `cell-3-${current}`, 'Enter goes down');
  await cell(0, belief).focus();
  for (const said of ['y', 'y', 'y']) {
    await page.keyboard.type(said);
    await page.keyboard.press('ArrowDown');
  }
  const known = await answer(page);
  assert.ok(known.here >= before.here && known.all === before.all);

  // Off target: the count moves as it is typed, and so does the pupil's own status.
  assert.equal(await status(1), 'On target');
  await cell(1, belief).focus();
  await page.keyboard.type('N');
  await page.keyboard.press('Tab');
  await answers(page, { off: known.off + 1 });
  assert.equal(await status(1), 'Off target');
  assert.equal(await status(0), 'On target');
  assert.equal(await focused(), `cell-1-${belief + 1}`, 'Tab goes right');

  // Delete clears; a code counts as an answer; undo brings both back one by one.
  await cell(2, current).focus();
  await page.keyboard.press('Delete');
  await answers(page, { here: known.here - 1 });
  await page.keyboard.type('absent');
  await page.keyboard.press('Enter');
  await answers(page, { here: known.here });
  assert.equal(await cell(2, current).inputValue(), 'absent');
  await cell(2, current).focus();
  await page.keyboard.press('Control+z');
  await answers(page, { here: known.here - 1 });
  await page.keyboard.press('Control+z');
  await answers(page, { here: known.here });
  assert.equal(await cell(2, current).inputValue(), '7');

  // Home and End, arrows, F2 and Escape.
  await page.keyboard.press('Home');
  assert.equal(await focused(), 'cell-2-0');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: /Maths, .*why/ }).waitFor();
  await page.getByText('The teacher says that the pupil is on target').waitFor();
  await assertNoBarriers();
  await page.keyboard.press('Escape');
  assert.match(await focused(), /^cell-2-/, 'the focus comes back from the drawer');
  await cell(0, current).focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('9');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await focused(), `cell-0-${current}`, 'in an edited cell the arrows move in the text');
  await page.keyboard.press('Escape');
  assert.equal(await cell(0, current).inputValue(), '5');
});

journey('What is no grade is marked, told and not stored, and a pasted column is one step', async (tools) => {
  const { page, assertNoBarriers } = tools;
  await openOctober(tools);
  await choose(page, 'Maths', 'Year 8');
  const current = await columnOf(page, 'Current');
  const cell = (row, column) => page.locator(`#cell-${row}-${column}`);
  const { all } = await answer(page);
  await cell(0, current).focus();
  await page.keyboard.type('4');
  await page.keyboard.press('Enter');
  await cell(0, current).focus();
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('“12” is no grade of GCSE 9–1. Its grades are U, 1, 2').waitFor();
  assert.equal(await cell(0, current).inputValue(), '12');
  assert.equal(await cell(0, current).getAttribute('aria-invalid'), 'true');
  await assertNoBarriers();
  await cell(0, current).focus();
  await page.keyboard.press('Escape');
  assert.equal(await cell(0, current).inputValue(), '4', 'what was stored is still there');
  assert.equal(await page.locator('main').getByRole('alert').getByText('is no grade').count(), 0);

  // A column from a spreadsheet: one text is no grade, and one lies beyond the last pupil.
  const values = await page.locator(`[role=grid] tbody tr`).evaluateAll((rows) => rows.length);
  const first = values - 3;
  const held = await cell(first + 1, current).inputValue();
  await cell(first, current).focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', '6\r\nnonsense\r\n7\r\n8\r\n');
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.getByText('2 values pasted. 1 could not be read and was not stored. 1 value did not fit into the table.').waitFor();
  assert.equal(await cell(first, current).inputValue(), '6');
  assert.equal(await cell(first + 1, current).inputValue(), 'nonsense');
  assert.equal(await cell(first + 2, current).inputValue(), '7');
  await cell(first + 1, current).focus();
  await page.keyboard.press('Escape');
  assert.equal(await cell(first + 1, current).inputValue(), held);
  const pasted = await answer(page);
  assert.equal(pasted.all, all);

  // It is there after the page was loaded again.
  await page.getByRole('status', { name: 'Saved state' }).getByText('All changes saved').waitFor();
  await page.reload();
  await page.getByRole('grid').waitFor();
  await choose(page, 'Maths', 'Year 8');
  assert.equal(await cell(first, current).inputValue(), '6');
  assert.equal(await cell(first + 1, current).inputValue(), held);

  // What could not be stored is not left behind without a word.
  await cell(first + 1, current).focus();
  await page.keyboard.type('zz');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Pupils', exact: true }).click();
  await page.getByText('1 of what you typed was no grade and is not kept.').waitFor();
});

journey('I open the next event, close one, and add one of my own', async (tools) => {
  const { page, assertNoBarriers } = tools;
  await openOctober(tools);
  await page.getByRole('link', { name: 'Tracking', exact: true }).first().click();
  await page.getByRole('button', { name: 'Open December report' }).click();
  await page.getByRole('button', { name: 'Close December report' }).waitFor();
  await page.getByRole('link', { name: 'December report' }).click();
  await page.getByRole('heading', { level: 1, name: 'December report' }).waitFor();
  await choose(page, 'Maths', 'Year 8');
  const attitude = await columnOf(page, 'AtL in class');
  await page.locator(`#cell-0-${attitude}`).focus();
  await page.keyboard.type('ou');
  assert.equal(await page.locator(`#cell-0-${attitude}`).inputValue(), 'Outstanding', 'the rest is filled in');
  await page.keyboard.press('Enter');
  await page.getByRole('status', { name: 'Saved state' }).getByText('All changes saved').waitFor();

  await page.getByRole('link', { name: 'Tracking', exact: true }).first().click();
  await page.getByRole('button', { name: 'Close December report' }).click();
  await page.getByRole('button', { name: 'Reopen December report' }).waitFor();
  await page.getByRole('link', { name: 'December report' }).click();
  await page.getByText('December report is closed').waitFor();
  assert.equal(await page.locator(`#cell-0-${attitude}`).inputValue(), 'Outstanding');
  assert.equal(await page.locator(`#cell-0-${attitude}`).getAttribute('readonly'), '');
  await page.locator(`#cell-0-${attitude}`).focus();
  await page.keyboard.press('Delete');
  assert.equal(await page.locator(`#cell-0-${attitude}`).inputValue(), 'Outstanding');
  await assertNoBarriers();

  await page.getByRole('link', { name: 'Tracking', exact: true }).first().click();
  await page.getByText('Add an event of your own').click();
  await page.getByRole('button', { name: 'Add event' }).click();
  await page.getByText('Give the event a name.').waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Mock exams');
  await page.getByLabel('Opens').fill('2027-01-11');
  await page.getByLabel('Deadline').fill('2027-01-22');
  await page.getByRole('button', { name: 'Add event' }).click();
  await page.getByRole('row', { name: /Mock exams planned 11 Jan 2027 22 Jan 2027/ }).waitFor();
  await assertNoBarriers();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('link', { name: 'Mock exams' }).waitFor({ state: 'detached' });
});

journey("I set up the year's events from my policy before there is a pupil", async (tools) => {
  const { page, open, assertNoBarriers } = tools;
  await open('#/policy');
  await page.getByRole('button', { name: 'Save policy' }).click();
  await page.getByRole('combobox', { name: 'Academic year' }).waitFor();
  await page.getByRole('link', { name: 'Tracking', exact: true }).click();
  await page.getByText('has no tracking events yet').waitFor();
  await assertNoBarriers();
  await page.getByRole('button', { name: "Set up the year's events" }).click();
  const table = page.getByRole('table', { name: /Tracking events of/ });
  await table.waitFor();
  const rows = await table.locator('tbody tr').evaluateAll((all) =>
    all.map((row) => [row.cells[0].innerText, row.cells[2].innerText.replace(/ \d{4}$/, ''), row.cells[1].innerText]),
  );
  assert.deepEqual(rows, [
    ['September targets', '8 Sept', 'planned'],
    ['October', '13 Oct', 'planned'],
    ['December report', '1 Dec', 'planned'],
    ['February', '9 Feb', 'planned'],
    ['Spring report', '9 Mar', 'planned'],
    ['End of year', '1 Jun', 'planned'],
  ]);
  await page.getByText('No event is open for grades.').waitFor();
  await page.getByRole('button', { name: 'Open October' }).click();
  await page.locator('p.answer').getByText(/^October is open/).waitFor();
  await page.getByRole('link', { name: 'October' }).click();
  await page.getByText('There are no subjects yet').waitFor();
  await assertNoBarriers();
});

journey('What I am typing is kept when I go to another screen', async (tools) => {
  const { page } = tools;
  await openOctober(tools);
  await choose(page, 'Maths', 'Year 8');
  const current = await columnOf(page, 'Current');
  const cell = page.locator(`#cell-0-${current}`);
  const event = await page.evaluate(() => location.hash);
  await cell.focus();
  await page.keyboard.type('3');
  // By a link on the page the field has lost the focus before; by the address it has not.
  await page.evaluate(() => {
    location.hash = '#/pupils';
  });
  await page.getByRole('heading', { level: 1, name: 'Pupils' }).waitFor();
  await page.waitForFunction(() => document.activeElement.id === 'page-title');
  await page.evaluate((hash) => {
    location.hash = hash;
  }, event);
  await choose(page, 'Maths', 'Year 8');
  assert.equal(await cell.inputValue(), '3');
  // Nor does anything break where the school goes away under the cursor.
  await cell.focus();
  await page.keyboard.type('4');
  await page.keyboard.press('Escape');
  for (let undos = 0; undos < 2; undos += 1) await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('button', { name: 'Try the sample school' }).waitFor();
});

journey('I close the tab in the middle of a grade, am asked, and the grade is there', async (tools) => {
  const { page } = tools;
  await openOctober(tools);
  await choose(page, 'Maths', 'Year 8');
  const current = await columnOf(page, 'Current');
  const cell = page.locator(`#cell-0-${current}`);
  await cell.focus();
  const held = await cell.inputValue();
  const typed = held === '3' ? '4' : '3';
  await page.keyboard.type(typed);
  const asked = new Promise((done) => {
    page.once('dialog', (dialog) => {
      done(dialog.type());
      dialog.dismiss();
    });
  });
  await page.close({ runBeforeUnload: true });
  assert.equal(await asked, 'beforeunload');
  await page.getByRole('status', { name: 'Saved state' }).getByText('All changes saved').waitFor();
  await page.reload();
  await tools.started(page);
  await choose(page, 'Maths', 'Year 8');
  assert.equal(await cell.inputValue(), typed);
});
