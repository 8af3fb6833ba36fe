// I bring the list that my school's system gives me, see what would happen, and have it in the program.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ROOT, journey } from '../support/journey.mjs';

const DATA = join(ROOT, 'crates', 'exchange', 'tests', 'data');
const LISTS = ['pupils_mis_utf8_bom.csv', 'pupils_mis_windows1252.csv', 'pupils_mis_utf16.txt'];
const expected = JSON.parse(await readFile(join(DATA, 'expected.json'), 'utf8'));
const { results } = expected;

const IMPORT = '#/exchange/import';
const choose = (page, ...names) => page.getByLabel('Choose files').setInputFiles(names.map((name) => join(DATA, name)));
const chip = (page, name) => page.getByRole('group', { name: 'Show only' }).getByRole('button', { name, exact: true });
const apply = (page) => page.getByRole('button', { name: 'Apply import' });
const answer = (page) => page.locator('.answer');

/** The rows that a chip lists: {number, name, reasons}. */
async function listed(page, name) {
  await chip(page, name).click();
  await page.waitForFunction(
    (text) => document.querySelector('.count-chips [aria-pressed="true"]')?.textContent === text,
    name,
  );
  return page.locator('table.plan tbody tr').evaluateAll((rows) =>
    rows.map((row) => ({
      number: Number(row.querySelector('th').textContent),
      reasons: row.querySelector('td:last-child').innerText,
    })),
  );
}

/** Saves a file that a click hands over, as text. */
async function saved(page, click) {
  const download = page.waitForEvent('download');
  await click();
  const file = await download;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

const SAID = {
  'no name': /needs a name/,
  'UPN stands already in an earlier row, with another admission number': /UPN stands already in row 10, with another admission number/,
  'year group 15': /Year “Year 15”: There is no such year group/,
  '9 fields where the header has 16': /9 fields where the headings have 16/,
  'KS2 reading 131 is outside 80-120': /KS2 Read SS “131”: outside 80–120/,
  '31/02/2014 is no date': /DOB “31\/02\/2014”: there is no such date/,
  'UPN check letter is wrong': /check letter of the UPN is wrong/,
  'same name and date of birth as row 4 under another UPN: taken as a new pupil': /as the pupil of row 4, under another UPN/,
  'same name and date of birth as row 12 under another UPN: taken as a new pupil': /as the pupil of row 12, under another UPN/,
  'a name that looks like a formula is kept as text, and neutralised in exports': /looks like a formula/,
  'a line break inside quotes': /line break/,
};

/** What is listed under a chip is what `expected.json` says, row by row. */
async function holds(page, name, wanted) {
  const rows = await listed(page, name);
  assert.deepEqual(
    [...new Set(wanted.map((entry) => entry.data_row))].sort((a, b) => a - b),
    rows.map((row) => row.number),
    name,
  );
  for (const { data_row: number, why } of wanted) {
    assert.match(rows.find((row) => row.number === number).reasons, SAID[why]);
  }
}

for (const name of LISTS) {
  journey(`I import ${name} and see what is taken and what is not, with reasons`, async (tools) => {
    const { page } = tools;
    await tools.open(IMPORT);
    await page.getByText('In a private window the browser forgets').waitFor();
    await choose(page, name);
    await chip(page, `${expected.new} new`).waitFor();
    assert.equal(await chip(page, `${expected.rows} rows`).count(), 1);
    await holds(page, `${expected.rows_refused.length} rows refused`, expected.rows_refused);
    await holds(page, `${expected.cells_refused.length} values refused`, expected.cells_refused);
    await holds(page, `${expected.warned.length} warnings`, expected.warned);
    await holds(page, `${expected.noted.length} notes`, expected.noted);
    await apply(page).click();
    // The plan says how many are new as well, before they are in.
    await answer(page).getByText(`is in: ${expected.new} new pupils`).waitFor();
    await page.getByRole('status', { name: 'Saved state' }).getByText('All changes saved').waitFor();
    // Said once: a headless browser promises nothing.
    await page.getByText('This browser has not promised to keep what you imported').waitFor();
    // It is stored: another visit finds it, and the same file says nothing new.
    await page.reload();
    await tools.started(page);
    await choose(page, name);
    await chip(page, `${expected.new} the same`).waitFor();
    await page.getByText('its columns mean what they meant then').waitFor();
    assert.equal(await apply(page).isDisabled(), true);
    assert.equal(await page.getByText('In a private window').count(), 0);
  });
}

journey('I undo an import and do it again, and keep what was refused', async (tools) => {
  const { page } = tools;
  await tools.open(IMPORT);
  await tools.assertNoBarriers();
  await choose(page, LISTS[0]);
  await chip(page, '205 new').waitFor();
  await tools.assertNoBarriers();

  const refused = await saved(page, () => page.getByRole('button', { name: 'Save what was refused' }).click());
  assert.equal(refused.name, 'pupils_mis_utf8_bom refused.csv');
  assert.ok(refused.text.startsWith('\uFEFFRow,Because,UPN,'));
  const rows = refused.text.trimEnd().split('\r\n').slice(1);
  assert.deepEqual(
    rows.map((row) => Number(row.split(',')[0])),
    [...expected.rows_refused, ...expected.cells_refused].map((entry) => entry.data_row).sort((a, b) => a - b),
  );

  await apply(page).click();
  await answer(page).getByText('is in: 205 new pupils').waitFor();
  await tools.assertNoBarriers();
  await page.getByRole('button', { name: 'Take the import back' }).click();
  await answer(page).getByText('is undone').waitFor();
  await page.getByRole('button', { name: 'Do it again' }).click();
  await answer(page).getByText('is in: 205 new pupils').waitFor();
  await page.getByRole('link', { name: 'See the pupils' }).click();
  await page.waitForURL(/#\/pupils$/);
});

journey('I bring the results after the pupils', async (tools) => {
  const { page } = tools;
  await tools.open(IMPORT);
  // Both at once: the second waits for its turn.
  await choose(page, LISTS[0], results.file);
  await chip(page, '205 new').waitFor();
  await apply(page).click();
  await answer(page).getByText('is in: 205 new pupils').waitFor();
  await page.getByRole('button', { name: 'Go on to the next file' }).click();
  await chip(page, `${results.pupils} changed`).waitFor();
  const rows = await listed(page, `${results.of_these_unknown_grade} values refused`);
  assert.equal(rows.length, results.of_these_unknown_grade);
  for (const { reasons } of rows) assert.match(reasons, /Autumn Pred “7x”: not a grade of /);
  await page.getByText('New subjects: ').waitFor();
  await page.getByText('New tracking events: Autumn.').waitFor();
  await apply(page).click();
  await answer(page).getByText(`${results.pupils} changed`).waitFor();
});

journey('I import marks without names, on a scale that I make on the spot', async (tools) => {
  const { page } = tools;
  await tools.open(IMPORT);
  await choose(page, 'student-por.csv');
  await page.getByText('No column says who the pupils are').waitFor();
  assert.equal(await apply(page).isDisabled(), true);
  await page.getByLabel('Number the rows').check();
  await page.getByLabel('Subject of the results').fill('Portuguese');
  await page.getByLabel('Subject of the results').blur();
  await page.getByLabel('Scale of G1').selectOption('Make a scale…');
  await tools.assertNoBarriers();
  const making = page.getByRole('group', { name: 'A scale for G1' });
  await making.getByLabel('Name of the scale').fill('Portuguese marks');
  await making.getByLabel('Highest mark').fill('0');
  await making.getByRole('button', { name: 'Make the scale' }).click();
  await making.getByText('A scale cannot go from 0 to 0').waitFor();
  await making.getByLabel('Highest mark').fill('20');
  await making.getByRole('button', { name: 'Make the scale' }).click();
  for (const grade of ['G1', 'G2', 'G3']) {
    const chosen = page.getByLabel(`Scale of ${grade}`).locator('option:checked');
    assert.equal(await chosen.innerText(), 'Portuguese marks');
  }
  await chip(page, '649 new').waitFor();
  assert.equal(await page.getByRole('button', { name: /values? refused/ }).count(), 0);
  await page.getByText('New tracking events: ').waitFor();
  await apply(page).click();
  await answer(page).getByText('is in: 649 new pupils').waitFor();
});

journey('I change what was found about the file, and paste instead of choosing', async (tools) => {
  const { page } = tools;
  await tools.open(IMPORT);
  await page.getByLabel('Or paste from a spreadsheet').fill('Name\tYear\tForm\nHall, Ann\tY8\t8B\nLow, Ben\tY8\t8C\n');
  await page.getByRole('button', { name: 'Read the paste' }).click();
  await chip(page, '2 new').waitFor();
  assert.equal(await page.getByLabel('Name means').inputValue(), 'surname-first');
  // With the first row taken for data there are three pupils without a meaning for their columns.
  await page.getByLabel('Headings').selectOption('none');
  await chip(page, '3 rows').waitFor();
  await page.getByLabel('Headings').selectOption('0');
  await chip(page, '2 new').waitFor();
  // A column that is left out is left out of the plan.
  await page.getByLabel('Form means').selectOption('Leave out');
  await page.getByText('adds 3 values').first().waitFor();
  await apply(page).click();
  await answer(page).getByText('the paste is in: 2 new pupils').waitFor();
});

journey('I correct a field and press Apply straight away, and the press is not lost', async (tools) => {
  const { page } = tools;
  await tools.open(IMPORT);
  await page.getByLabel('Or paste from a spreadsheet').fill('Surname\tForename\tYear\tCurrent\nHall\tAnn\tY8\t5\n');
  await page.getByRole('button', { name: 'Read the paste' }).click();
  await page.getByLabel('Current means').selectOption('Current grade');
  await page.getByLabel('Scale of Current').selectOption({ index: 1 });
  await page.getByLabel('Event of the results').fill('Autumn');
  await page.getByLabel('Subject of the results').fill('Latin');
  await page.getByLabel('Subject of the results').blur();
  await page.getByText('New subjects: Latin').waitFor();
  // A press that meets another plan than the one that was seen carries nothing out, and says so.
  await page.getByLabel('Current means').evaluate(async (means) => {
    means.value = [...means.options].find((option) => option.text === 'Leave out').value;
    means.dispatchEvent(new Event('change', { bubbles: true }));
    await new Promise((done) => setTimeout(done));
    [...document.querySelectorAll('.apply-bar button')].at(-1).click();
  });
  await page.getByText('look at the plan again').waitFor();
  await page.getByLabel('Current means').selectOption('Current grade');
  await page.getByLabel('Scale of Current').selectOption({ index: 1 });
  await page.getByText('New subjects: Latin').waitFor();
  // Leaving the field makes the plan anew, just as the button goes down.
  await page.getByLabel('Subject of the results').fill('Greek');
  await apply(page).click();
  await answer(page).getByText('the paste is in: 1 new pupil').waitFor();
  await tools.assertNoBarriers();
});

/** A file made here: `{name, mimeType, buffer}` as Playwright takes it. */
const made = (name, ...lines) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\n')}\n`) });

journey('I am asked what a file leaves open, once, before it can be imported', async (tools) => {
  const { page } = tools;
  await tools.open(IMPORT);
  await page.getByLabel('Choose files').setInputFiles(
    made('list.csv', 'UPN,Surname,Forename,DOB,Year,PP', 'M823400121001,Hall,Ann,01/02/2012,Y9,', 'W823400222002,Khan,Ben,03/04/2012,Y9,Y'),
  );
  // Dates that read two ways, once for the column; until then nothing can be imported.
  await page.getByText('01/02/2012 can be read in two ways').waitFor();
  assert.equal(await apply(page).isDisabled(), true);
  await page.getByLabel('Dates of DOB').selectOption('Day, month, year');
  await page.getByText('1 cell is blank. It is taken as not known').waitFor();
  await page.getByLabel('Blank in PP').selectOption('Blank means no');
  await chip(page, '2 new').waitFor();
  await tools.assertNoBarriers();
  await apply(page).click();
  await answer(page).getByText('is in: 2 new pupils').waitFor();
  // Somebody of whom only the name agrees is nobody yet: I say who it is.
  await page.getByLabel('Choose files').setInputFiles(made('forms.csv', 'Surname,Forename,Year,Reg', 'Hall,Ann,Y9,9C'));
  await chip(page, '1 to ask').waitFor();
  await page.getByText('Only the name agrees').waitFor();
  await page.getByLabel('Whom row 1 means').selectOption({ label: await page.getByLabel('Whom row 1 means').locator('option', { hasText: 'It is Hall, Ann' }).innerText() });
  await chip(page, '1 changed').waitFor();
  await apply(page).click();
  await answer(page).getByText('1 changed').waitFor();
});

journey('I bring results with one row for each', async (tools) => {
  const { page } = tools;
  await tools.open(IMPORT);
  await choose(page, LISTS[0]);
  await chip(page, '205 new').waitFor();
  await apply(page).click();
  await answer(page).getByText('is in: 205 new pupils').waitFor();
  await page.getByLabel('Choose files').setInputFiles(
    made(
      'results.csv',
      'UPN;Subject;Class;Teacher;Assessment;Kind;Grade',
      'M823400121001;Maths;10/Ma1;Mr Low;October;Predicted;6+',
      'M823400121001;Maths;10/Ma1;Mr Low;October;AtL;Good',
      'W823400222002;Maths;8/Ma1;Mr Low;October;Predicted;7x',
      'W823400222002;Maths;8/Ma1;Mr Low;October;Banana;7',
    ),
  );
  await page.getByText('New tracking events: October.').waitFor();
  const [unknown] = await listed(page, '1 row refused');
  assert.equal(unknown.number, 4);
  assert.match(unknown.reasons, /Kind “Banana”: That is no kind of result/);
  const [bad] = await listed(page, '1 value refused');
  assert.match(bad.reasons, /Grade “7x”: not a grade of /);
  await apply(page).click();
  await answer(page).getByText('2 changed').waitFor();
});

journey('A file that is no list is refused with advice, and nothing changes', async (tools) => {
  const { page } = tools;
  await tools.open(IMPORT);
  const file = (name, bytes) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
  await page.getByLabel('Choose files').setInputFiles(file('marks.xlsx', 'PK\x03\x04 and so on'));
  await page.getByRole('alert').getByText('This is a workbook').waitFor();
  await tools.assertNoBarriers();
  await page.getByLabel('Choose files').setInputFiles(file('empty.csv', '  \n'));
  await page.getByRole('alert').getByText('There is nothing in it').waitFor();
  await page.getByLabel('Choose files').setInputFiles(file('heads.csv', 'UPN,Name\n'));
  await page.getByRole('alert').getByText('no row below them').waitFor();
});

/** Waits until no worker is left. */
async function ended(page) {
  // The one that keeps the second copy stays.
  for (let attempt = 0; page.workers().length > 1; attempt += 1) {
    assert.ok(attempt < 200, 'a worker outlives its reading');
    await page.waitForTimeout(100);
  }
}

/** A worker that starts and then says nothing more. */
const silent = {
  intercept: async (request, response, path) => {
    if (!path.endsWith('/flightpath-worker.js')) return false;
    const source = 'var wasm_bindgen = () => new Promise(() => {});';
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(source);
    return true;
  },
};
journey('I can stop a reading that hangs, and it is stopped without me in the end', { serving: silent }, async (tools) => {
  const { page } = tools;
  await tools.open(IMPORT);
  while (page.workers().length === 0) await page.waitForTimeout(20);
  // The worker begins once the browser has given the file's bytes.
  const began = page.waitForEvent('worker');
  await choose(page, LISTS[0]);
  await began;
  await page.getByRole('progressbar').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('drop a CSV or text file here').waitFor();
  await ended(page);
  await choose(page, LISTS[0]);
  await page.getByRole('alert').getByText('Reading took too long').waitFor({ timeout: 60_000 });
  await ended(page);
});
