// At the end of the year I move the whole school on in one step, and take it back.
import assert from 'node:assert/strict';

import { journey } from '../support/journey.mjs';
import { saved, trySample } from '../support/school.mjs';

const answer = (page) => page.locator('.answer');
const cells = (row) => row.locator('th, td').allInnerTexts();
const year = (page) => page.getByRole('combobox', { name: 'Academic year' });
const chosen = (select) => select.evaluate((select) => select.selectedOptions[0].textContent);

/** The rows of the table of year groups: {group: [pupils, up, repeat, leave, there already]}. */
async function groups(page) {
  const rows = await page.getByRole('table', { name: /^Pupils of .* by year group$/ }).locator('tbody tr').all();
  const read = await Promise.all(rows.map(cells));
  return Object.fromEntries(read.map(([group, ...counts]) => [group, counts.map((text) => Number(text.replace(',', '')))]));
}

/** The first pupil that a search of the table finds: name, form, and the control that says what becomes of the pupil. */
async function first(page, group) {
  await page.getByRole('combobox', { name: 'Show', exact: true }).selectOption({ label: `Year ${group}` });
  const row = page.getByRole('table', { name: 'What becomes of each pupil' }).locator('tbody tr').filter({
    has: page.getByRole('cell', { name: String(group), exact: true }),
  }).first();
  const [name, , form] = await cells(row);
  return { name, form, row, way: page.getByRole('combobox', { name: `What becomes of ${name}`, exact: true }) };
}

/** Goes to a pupil by *Find*, of those whose line says so much. */
async function find(page, name, detail) {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a pupil, a class or a command' }).fill(name);
  await page.getByRole('option').filter({ hasText: name }).filter({ hasText: detail }).first().click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

journey('I begin the new school year, and undo brings the old one back', async (tools) => {
  const { page, open, server } = tools;
  await open();
  await trySample(page);
  const from = await chosen(year(page));
  const begins = Number(from.slice(0, 4)) + 1;
  const to = `${begins}/${String((begins + 1) % 100).padStart(2, '0')}`;
  await page.goto(`${server.url}#/settings`);
  await page.getByText(`The school works in ${from}.`).waitFor();
  await page.getByRole('link', { name: 'Begin a new school year' }).click();
  await page.getByRole('heading', { level: 1, name: 'New school year' }).waitFor();
  await tools.assertNoBarriers();

  // Everybody moves up but Year 13, who leave.
  const before = await groups(page);
  assert.deepEqual(Object.keys(before), ['7', '8', '9', '10', '11', '12', '13']);
  for (const [group, [all, up, repeat, leave, there]] of Object.entries(before)) {
    const leaves = group === '13';
    assert.deepEqual([up, repeat, leave, there], [leaves ? 0 : all, 0, leaves ? all : 0, 0], `Year ${group}`);
  }
  await page.getByText(/^SEN: of [\d,]+ pupils/).waitFor();
  await page.getByRole('link', { name: /^End of year \(planned\): [\d,]+ answers are missing$/ }).waitFor();

  // One repeats, one of Year 13 stays away, one leaves early.
  const repeating = await first(page, 8);
  await repeating.way.selectOption({ label: 'repeats Year 8' });
  const early = await first(page, 11);
  await early.way.selectOption({ label: 'leaves' });
  const leaver = await first(page, 13);
  assert.equal(await chosen(leaver.way), 'leaves');
  const up = await first(page, 7);
  assert.equal(await chosen(up.way), 'moves up to Year 8');
  const then = up.form.replace(/^7/, '8');
  assert.equal((await cells(up.row)).at(-1), then);
  await page.getByRole('combobox', { name: 'Show', exact: true }).selectOption({ label: 'only those marked' });
  await page.getByRole('combobox', { name: /^What becomes of/ }).nth(1).waitFor();
  assert.equal(await page.getByRole('combobox', { name: /^What becomes of/ }).count(), 2);
  assert.deepEqual((await groups(page))['8'].slice(1), [before['8'][0] - 1, 1, 0, 0]);
  assert.deepEqual((await groups(page))['11'].slice(1), [before['11'][0] - 1, 0, 1, 0]);
  await tools.assertNoBarriers();

  await page.getByRole('button', { name: `Begin ${to}` }).click();
  await page.getByRole('heading', { level: 1, name: `${to} has begun` }).waitFor();
  await page.getByText(`Done: began the school year ${to}`).waitFor();
  await saved(page);
  assert.equal(await chosen(year(page)), to);
  await tools.assertNoBarriers();

  await find(page, up.name, then);
  await answer(page).filter({ hasText: `Year 8, form ${then}` }).waitFor();
  await find(page, repeating.name, repeating.form);
  await answer(page).filter({ hasText: `Year 8, form ${repeating.form}` }).waitFor();

  // Nobody who left is on the new list; the new Year 8 are the old Year 7 and the one who repeats.
  await page.goto(`${server.url}#/pupils`);
  const narrow = page.getByRole('combobox', { name: 'Year group' });
  await narrow.waitFor();
  const options = await narrow.evaluate((select) => [...select.options].map(({ textContent }) => textContent));
  assert.deepEqual(options.slice(1, 3), ['Year 8', 'Year 9']);
  // Who left is found, with all that is known, in the last year here.
  await find(page, leaver.name, `left after ${from}`);
  assert.equal(await chosen(year(page)), from);
  await answer(page).filter({ hasText: `Year 13, form ${leaver.form}` }).waitFor();
  assert.ok((await page.getByRole('table', { name: /subjects/i }).locator('tbody tr').count()) > 0);
  await find(page, early.name, early.form);

  // It holds after a reload, and can be taken back.
  await page.goto(`${server.url}#/settings/new-year`);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'New school year' }).waitFor();
  assert.equal(await chosen(year(page)), to);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByText(`Undone: began the school year ${to}`).waitFor();
  assert.equal(await chosen(year(page)), from);
  // The year that did not begin after all cannot be chosen.
  assert.equal(await year(page).getByRole('option', { name: to, exact: true }).count(), 0);
  assert.deepEqual(await groups(page), before);
  await find(page, leaver.name, leaver.form);
  await answer(page).filter({ hasText: `Year 13, form ${leaver.form}` }).waitFor();
  await find(page, up.name, up.form);
  await answer(page).filter({ hasText: `Year 7, form ${up.form}` }).waitFor();
});
