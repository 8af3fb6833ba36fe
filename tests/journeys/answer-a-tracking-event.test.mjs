// A teacher answers a tracking event for a class, by keyboard, and sees at once who is off target.
import assert from 'node:assert/strict';

import { active, cellOf, columnOf, copy, goTo, paste, rowsOf, shows, textOf } from '../support/grid.mjs';
import { journey } from '../support/journey.mjs';
import { trySample } from '../support/school.mjs';

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
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const now = await answer(page);
    if (Object.entries(wanted).every(([key, value]) => now[key] === value)) return now;
    await page.waitForTimeout(50);
  }
  assert.deepEqual({ ...(await answer(page)), ...wanted }, await answer(page));
  return wanted;
}

journey('I answer a tracking event for my class by keyboard and see who is off target', async (tools) => {
  const { page, assertNoBarriers } = tools;
  await openOctober(tools);
  await choose(page, 'Maths', 'Year 8');
  await assertNoBarriers();
  const current = await columnOf(page, 'Current');
  const belief = await columnOf(page, 'On target?');
  const status = (row) => textOf(page, row, 'Status');

  // The first pupils get a grade and an answer each, so that the counts are known.
  const before = await answer(page);
  await goTo(page, 0, current);
  for (const grade of ['5', '6', '7']) {
    await page.keyboard.type(grade);
    await page.keyboard.press('Enter');
  }
  assert.deepEqual(await active(page), { row: 3, column: current, focused: true }, 'Enter goes down');
  await goTo(page, 0, belief);
  for (const said of ['y', 'y', 'y']) {
    await page.keyboard.type(said);
    await page.keyboard.press('ArrowDown');
  }
  const known = await answer(page);
  assert.ok(known.here >= before.here && known.all === before.all);

  // Off target: the count moves as it is typed, and so does the pupil's own status.
  assert.equal(await status(1), 'On target');
  await goTo(page, 1, belief);
  await page.keyboard.type('N');
  await page.keyboard.press('Tab');
  await answers(page, { off: known.off + 1 });
  assert.equal(await status(1), 'Off target');
  assert.equal(await status(0), 'On target');
  assert.deepEqual(await active(page), { row: 1, column: belief + 1, focused: true }, 'Tab goes right');

  // Delete clears; a code counts as an answer; undo brings both back one by one.
  await goTo(page, 2, current);
  await page.keyboard.press('Delete');
  await answers(page, { here: known.here - 1 });
  await page.keyboard.type('absent');
  await page.keyboard.press('Enter');
  await answers(page, { here: known.here });
  await shows(page, 2, current, 'absent');
  await goTo(page, 2, current);
  await page.keyboard.press('Control+z');
  await answers(page, { here: known.here - 1 });
  await page.keyboard.press('Control+z');
  await answers(page, { here: known.here });
  await shows(page, 2, current, '7');

  // A block is chosen with Shift, filled down, copied, and its figures are told.
  await goTo(page, 0, current);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.getByRole('status', { name: 'What is chosen' }).getByText('3 filled; 7: 1, 6: 1, 5: 1').waitFor();
  const copied = await copy(page);
  assert.equal(copied.text, '5\r\n6\r\n7');
  assert.match(copied.html, /<td>5<\/td><\/tr><tr><td>6<\/td>/);
  await page.keyboard.press('Control+d');
  await shows(page, 2, current, '5');
  await page.keyboard.press('Control+z');
  await shows(page, 2, current, '7');
  await page.keyboard.press('Escape');

  // Home and End, arrows, F2 and Escape.
  await goTo(page, 2, current);
  await page.keyboard.press('Home');
  assert.equal((await active(page)).column, 1);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: /Maths, .*why/ }).waitFor();
  await page.getByText('The teacher says that the pupil is on target').waitFor();
  await assertNoBarriers();
  await page.keyboard.press('Escape');
  const back = await active(page);
  assert.ok(back.focused && back.row === 2, 'the focus comes back from the drawer');
  await goTo(page, 0, current);
  await page.keyboard.press('F2');
  await page.keyboard.type('9');
  await page.keyboard.press('ArrowLeft');
  assert.deepEqual(await active(page), { row: 0, column: current, focused: true }, 'in an edited cell the arrows move in the text');
  await page.keyboard.press('Escape');
  assert.equal(await textOf(page, 0, current), '5');

  // What came with the sample school took nobody time; what was typed just now did.
  await page.getByText('How long entry took').first().click();
  const took = page.getByRole('table', { name: 'How long entry took' });
  await took.getByRole('row', { name: /^Maths .*(under 1 minute|\d minutes?)$/ }).waitFor();
  assert.equal(await took.getByRole('row').count(), 2);
  await assertNoBarriers();
});

journey('I see what my department still owes an event, by class and by teacher, and go there', async (tools) => {
  const { page, assertNoBarriers } = tools;
  await openOctober(tools);
  const fold = page.locator('details').filter({ hasText: /^What is missing/ });
  await fold.locator('summary').click();
  const numbers = async (row, from) =>
    Promise.all([0, 1, 2].map(async (place) => Number((await row.locator('td').nth(from + place).innerText()).replace(/\D/g, ''))));
  const classes = fold.getByRole('table', { name: 'Grades that are missing, by class' });
  await classes.locator('tbody tr').first().waitFor();
  const mostOfClass = (await numbers(classes.locator('tbody tr').first(), 2))[2];

  await fold.getByRole('combobox', { name: 'Missing by' }).selectOption({ label: 'teacher' });
  const teachers = fold.getByRole('table', { name: 'Grades that are missing, by teacher' });
  const first = teachers.locator('tbody tr').first();
  await first.waitFor();
  const name = await first.locator('th').innerText();
  const [here, expected, missing] = await numbers(first, 1);
  assert.equal(here + missing, expected);
  assert.ok(missing >= mostOfClass, `${name} owes ${missing}, a single class ${mostOfClass}`);
  await assertNoBarriers();

  // The teacher's classes owe together what the teacher owes; each leads to its grades.
  await first.getByRole('button', { name: `Classes of ${name}` }).click();
  await classes.locator('tbody tr').first().waitFor();
  await page.waitForFunction(() => document.activeElement.id === 'missing-whose');
  const rows = await classes.locator('tbody tr').all();
  const owed = await Promise.all(rows.map(async (row) => (await numbers(row, 2))[2]));
  assert.equal(owed.reduce((sum, one) => sum + one, 0), missing);
  await assertNoBarriers();
  const chosen = await rows[0].locator('th').innerText();
  await rows[0].getByRole('button', { name: `Enter ${chosen}` }).click();
  await page.getByRole('grid', { name: new RegExp(chosen.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) }).waitFor();
});

journey('I sort the class, look only at some pupils, and hide a column, with the keys alone', async (tools) => {
  const { page, assertNoBarriers } = tools;
  await openOctober(tools);
  await choose(page, 'Maths', 'Year 8');
  const names = async () => {
    const rows = await rowsOf(page);
    return Promise.all(Array.from({ length: Math.min(rows, 10) }, (_, row) => textOf(page, row, 1)));
  };
  const asCame = await names();
  await goTo(page, 0, 'Current');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const menu = page.getByRole('dialog', { name: 'Pupil' });
  await menu.getByRole('button', { name: 'Sort upwards' }).waitFor();
  await assertNoBarriers();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await menu.waitFor({ state: 'detached' });
  const turned = await names();
  assert.deepEqual(turned, [...turned].sort().reverse());
  assert.notDeepEqual(turned, asCame);
  assert.equal(await page.locator('[role=columnheader]').first().getAttribute('aria-sort'), 'descending');

  // Only those whose name holds what is typed.
  const wanted = asCame[0].split(',')[0];
  await page.keyboard.press('Enter');
  await menu.getByRole('searchbox', { name: 'Show rows that hold' }).fill(wanted);
  await page.keyboard.press('Escape');
  for (const name of await names()) assert.ok(name.includes(wanted));
  await page.getByRole('button', { name: 'Show all rows again' }).click();
  assert.equal((await names()).length, asCame.length);

  // A hidden column is hidden the next time as well, and comes back.
  await goTo(page, 0, 'On target?');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  const column = await columnOf(page, 'On target?');
  for (let right = 1; right < column; right += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'On target?' }).getByRole('button', { name: 'Hide' }).click();
  await page.getByText('Columns (1 hidden)').waitFor();
  await page.reload();
  await page.getByText('Columns (1 hidden)').click();
  await page.getByRole('button', { name: 'As it was at first' }).click();
  await page.getByRole('button', { name: 'Columns', exact: true }).waitFor();
  assert.equal(await columnOf(page, 'On target?'), column);
  // A tick keeps the focus; Escape closes the list and leads back to its button, and so does a click elsewhere.
  const columns = page.getByRole('button', { name: /^Columns/ });
  const list = page.getByRole('group', { name: 'Columns' });
  const tick = list.getByRole('checkbox', { name: 'On target?' });
  await page.keyboard.press('Escape');
  await columns.focus();
  await page.keyboard.press('Enter');
  await tick.focus();
  for (const name of ['Columns (1 hidden)', 'Columns']) {
    await page.keyboard.press('Space');
    await page.getByRole('button', { name, exact: true }).waitFor();
    assert.ok(await tick.evaluate((tick) => tick === document.activeElement), 'the tick keeps the focus');
  }
  await tools.assertNoBarriers();
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  assert.ok(await columns.evaluate((button) => button === document.activeElement), 'the button has the focus again');
  await page.keyboard.press('Enter');
  await list.waitFor();
  await page.locator('h1').click();
  await list.waitFor({ state: 'hidden' });
});

journey('What is no grade is marked, told and not stored, and a pasted column is one step', async (tools) => {
  const { page, assertNoBarriers } = tools;
  await openOctober(tools);
  await choose(page, 'Maths', 'Year 8');
  const current = await columnOf(page, 'Current');
  const { all } = await answer(page);
  await goTo(page, 0, current);
  await page.keyboard.type('4');
  await page.keyboard.press('Enter');
  await goTo(page, 0, current);
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('“12” is no grade of GCSE 9–1. Its grades are U, 1, 2').waitFor();
  await shows(page, 0, current, '12');
  assert.equal(await (await cellOf(page, 0, current)).getAttribute('aria-invalid'), 'true');
  await assertNoBarriers();
  await goTo(page, 0, current);
  await page.keyboard.press('Escape');
  await shows(page, 0, current, '4');
  assert.equal(await page.locator('main').getByRole('alert').getByText('is no grade').count(), 0);

  // A column from a spreadsheet: one text is no grade, and one lies beyond the last pupil. It says so before anything
  // is done.
  const first = (await rowsOf(page)) - 3;
  await goTo(page, 0, current);
  await page.keyboard.press('Control+End');
  for (let up = 0; up < 2; up += 1) await page.keyboard.press('ArrowUp');
  await goTo(page, first, current);
  const held = await textOf(page, first + 1, current);
  const stood = await textOf(page, first, current);
  await paste(page, '6\r\nnonsense\r\n7\r\n8\r\n');
  const asks = page.getByRole('alertdialog', { name: 'Not everything that you paste fits' });
  await asks.getByText('1 value lies beyond the last row or column.').waitFor();
  await asks.getByText('“nonsense” is no grade of GCSE 9–1').waitFor();
  await assertNoBarriers();
  await asks.getByRole('button', { name: 'Paste nothing' }).click();
  await asks.waitFor({ state: 'detached' });
  assert.equal(await textOf(page, first, current), stood);
  // What was chosen is still chosen, and no more: a key that follows speaks to it alone.
  await page.keyboard.press('Delete');
  await shows(page, first, current, '');
  assert.equal(await textOf(page, first + 1, current), held);
  await page.keyboard.press('Control+z');
  await shows(page, first, current, stood);
  await goTo(page, first, current);
  await paste(page, '6\r\nnonsense\r\n7\r\n8\r\n');
  await asks.getByRole('button', { name: 'Paste the 2 that fit' }).click();
  await shows(page, first, current, '6');
  await shows(page, first + 1, current, held);
  await shows(page, first + 2, current, '7');
  await page.keyboard.press('Control+z');
  await shows(page, first, current, stood);
  await page.keyboard.press('Control+y');
  await shows(page, first, current, '6');
  const pasted = await answer(page);
  assert.equal(pasted.all, all);

  // It is there after the page was loaded again.
  await page.getByRole('status', { name: 'Saved state' }).getByText('All changes saved').waitFor();
  await page.reload();
  await page.getByRole('grid').waitFor();
  await choose(page, 'Maths', 'Year 8');
  await goTo(page, 0, current);
  await page.keyboard.press('Control+End');
  await shows(page, first, current, '6');
  await shows(page, first + 1, current, held);

  // What could not be stored is not left behind without a word.
  await goTo(page, first + 1, current);
  await page.keyboard.type('zz');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Pupils', exact: true }).click();
  await page.getByText('What you typed into 1 cell could not be stored, and was left behind.').waitFor();
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
  await goTo(page, 0, attitude);
  await page.keyboard.type('ou');
  assert.equal(await page.locator('.sheet-field').inputValue(), 'Outstanding', 'the rest is filled in');
  await page.keyboard.press('Enter');
  await shows(page, 0, attitude, 'Outstanding');
  await page.getByRole('status', { name: 'Saved state' }).getByText('All changes saved').waitFor();

  await page.getByRole('link', { name: 'Tracking', exact: true }).first().click();
  await page.getByRole('button', { name: 'Close December report' }).click();
  await page.getByRole('button', { name: 'Reopen December report' }).waitFor();
  await page.getByRole('link', { name: 'December report' }).click();
  await page.getByText('December report is closed').waitFor();
  await shows(page, 0, attitude, 'Outstanding');
  assert.equal(await (await cellOf(page, 0, attitude)).getAttribute('aria-readonly'), 'true');
  await goTo(page, 0, attitude);
  await page.keyboard.press('Delete');
  await page.keyboard.type('g');
  assert.equal(await textOf(page, 0, attitude), 'Outstanding');
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

journey('I see on Home what comes next, and on Tracking the diary of the year', async (tools) => {
  const { page, open, assertNoBarriers } = tools;
  await open();
  await trySample(page);
  await page.getByRole('link', { name: 'Tracking', exact: true }).first().click();
  const diary = page.getByRole('table', { name: /^Diary of / });
  await page.getByText('The diary of the year').click();
  // A duty of the policy, counted from the October event's own deadline.
  await diary.getByRole('row', { name: /October: analyse the results subject leader/i }).waitFor();
  assert.equal(await diary.getByRole('row', { name: /read the master tracking file/i }).count(), 11);

  const tomorrow = await page.evaluate(() => {
    const day = new Date();
    day.setDate(day.getDate() + 1);
    return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  });
  await page.getByText('Add an event of your own').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Mock exams');
  await page.getByLabel('Opens').fill(tomorrow);
  await page.getByLabel('Deadline').fill(tomorrow);
  await page.getByRole('button', { name: 'Add event' }).click();
  await diary.getByRole('row', { name: /Mock exams: grades are due/ }).waitFor();
  await assertNoBarriers();

  await page.getByRole('link', { name: 'Home', exact: true }).click();
  const coming = page.getByRole('region', { name: 'Coming up' });
  await coming.getByRole('listitem').filter({ hasText: 'Mock exams: entry opens' }).getByText('tomorrow').waitFor();
  await assertNoBarriers();
});

journey('What I am typing is kept when I go to another screen', async (tools) => {
  const { page } = tools;
  await openOctober(tools);
  await choose(page, 'Maths', 'Year 8');
  const current = await columnOf(page, 'Current');
  const event = await page.evaluate(() => location.hash);
  await goTo(page, 0, current);
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
  await shows(page, 0, current, '3');
  // Nor does anything break where the school goes away under the cursor.
  await goTo(page, 0, current);
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
  await goTo(page, 0, current);
  const held = await textOf(page, 0, current);
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
  await shows(page, 0, current, typed);
});
