// A Head of Department takes the master tracking file into Excel, and what are numbers there can be computed with.
import assert from 'node:assert/strict';

import { readSheet } from 'read-excel-file/node';

import { cellOf, columnOf, goTo, textOf } from '../support/grid.mjs';
import { journey } from '../support/journey.mjs';
import { download, trySample } from '../support/school.mjs';

const WORKER = '/flightpath-workbook.js';
/** What becomes of the worker: at first the host has lost it, then it takes its time. */
const host = { lost: true, slow: null };
const serving = {
  intercept: async (request, response, path) => {
    if (!path.endsWith(WORKER)) return false;
    if (host.lost) {
      response.writeHead(404).end();
      return true;
    }
    await host.slow;
    return false;
  },
};
/** A worker that the host has lost is told of by the browser as well. */
const allow = (kind, text) => text.includes('404') || text.includes('importScripts');

journey('I take the master file into Excel', { serving, allow }, async (tools) => {
  const { page, server } = tools;
  // The sample school is as far in its year as the day is; in this week marks are there.
  await page.clock.setFixedTime(new Date('2026-11-25T09:00:00Z'));
  await tools.open();
  await trySample(page);
  await page.goto(`${server.url}#/master`);
  await page.locator('main .toolbar').getByRole('combobox', { name: 'Subject' }).selectOption({ label: 'Maths' });
  await page.getByRole('grid', { name: 'Master tracking file of Maths' }).waitFor();
  const pupil = await textOf(page, 0, 'Pupil');
  const group = await textOf(page, 0, 'Class');
  const target = await (await cellOf(page, 0, await columnOf(page, 'Target'))).innerText();
  assert.ok(pupil.includes(', ') && group && target, `${pupil} ${group} ${target}`);

  // Why a grade has its colour stands beside it, by the menu of its cell.
  await goTo(page, 0, 'October');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('dialog', { name: 'October' }).getByRole('button', { name: 'Why?' }).press('Enter');
  await page.getByRole('complementary', { name: new RegExp(`Maths.*${pupil}|${pupil}.*Maths`) }).getByText(/[Oo]n target|[Oo]ff target/).first().waitFor();
  await tools.assertNoBarriers();
  await page.keyboard.press('Escape');

  // Who needs no workbook has fetched nothing of it. Where it cannot be fetched, a sentence says what to do.
  assert.deepEqual(server.requests.filter((path) => path.includes('workbook')), []);
  const workbook = page.getByRole('button', { name: 'Export as Excel workbook (.xlsx)' });
  await workbook.click();
  await page.getByRole('alert').filter({ hasText: 'could not be loaded' }).filter({ hasText: 'export as CSV' }).waitFor();
  await tools.assertNoBarriers();
  const csv = await download(page, () => page.getByRole('button', { name: 'Export as CSV' }).click());
  assert.equal(csv.name, 'Master tracking file of Maths.csv');
  assert.equal(await page.getByRole('alert').count(), 0);

  // While it is written the button says so, and a second press asks for no second one.
  host.lost = false;
  let goOn;
  host.slow = new Promise((done) => {
    goOn = done;
  });
  const file = await download(page, async () => {
    await workbook.click();
    const busy = page.getByRole('button', { name: 'Writing the workbook…' });
    await busy.waitFor();
    assert.equal(await busy.getAttribute('aria-disabled'), 'true');
    await busy.click({ force: true });
    goOn();
  });
  await workbook.waitFor();
  assert.equal(file.name, 'Master tracking file of Maths.xlsx');
  assert.equal(server.requests.filter((path) => path.endsWith(WORKER)).length, 2, 'the lost one and this one');

  const [titles, ...rows] = await readSheet(file.bytes);
  const lines = csv.bytes.toString('utf8').trimEnd().split('\r\n');
  assert.equal(rows.length, lines.length - 1, 'as many pupils as in the CSV');
  assert.deepEqual(titles.slice(0, 3), ['Pupil', 'Class', 'SEN']);
  // Why there is no mark is said in words.
  const words = new Set(rows.flat());
  assert.ok(words.has('not handed in') && !words.has('not-handed-in'));
  const row = rows.find(([name]) => name === pupil);
  assert.ok(row, `${pupil} is in the workbook`);
  assert.equal(row[1], group);
  assert.equal(row[titles.indexOf('Target')], target, 'a grade is a text, though it is written with a digit');
  const marks = titles.flatMap((title, column) => (titles.includes(`${title} grade`) ? [row[column]] : [])).filter((mark) => mark !== null);
  assert.ok(marks.length > 0 && marks.every((mark) => typeof mark === 'number'), `marks are numbers: ${marks}`);
});
