// The list of pupils and one pupil: who is here, where the pupil stands and why, and who set what.
import assert from 'node:assert/strict';

import { journey } from '../support/journey.mjs';
import { download, trySample } from '../support/school.mjs';

/** The sample school, open at a route. */
async function sample({ page, server, open }, route) {
  await open();
  await trySample(page);
  await page.goto(server.url + route);
}

const numberIn = (text, pattern) => Number(pattern.exec(text)?.[1].replaceAll(',', ''));

journey('I find my pupils by group and take the list away', async (tools) => {
  const { page } = tools;
  await sample(tools, '#/pupils');
  await page.getByRole('heading', { level: 1, name: 'Pupils' }).waitFor();
  const answer = page.locator('.answer');
  const rows = page.locator('.table-frame tbody tr');
  const all = numberIn(await answer.innerText(), /^([\d,]+) pupils in \d{4}\/\d\d\.$/);
  assert.ok(all > 1000, await answer.innerText());
  // The first rows are there at once, the others of the first hundred follow.
  await rows.nth(99).waitFor();
  assert.equal(await rows.count(), 100);
  await tools.assertNoBarriers();

  await page.getByRole('button', { name: /^Show 100 more/ }).click();
  assert.equal(await rows.count(), 200);

  await page.getByRole('combobox', { name: 'Year group' }).selectOption({ label: 'Year 8' });
  const years = await rows.locator('td:nth-child(3)').allInnerTexts();
  assert.ok(years.length > 50 && years.every((year) => year === '8'), String(years.slice(0, 5)));
  const inYear = numberIn(await answer.innerText(), /; ([\d,]+) shown\.$/);

  await page.getByRole('combobox', { name: 'Class' }).selectOption({ index: 1 });
  const forms = new Set(await rows.locator('td:nth-child(2)').allInnerTexts());
  assert.equal(forms.size, 1, [...forms].join());
  await page.getByRole('combobox', { name: 'Class' }).selectOption({ index: 0 });
  await page.getByRole('combobox', { name: 'SEN' }).selectOption({ label: 'Any SEN' });
  const sen = numberIn(await answer.innerText(), /; ([\d,]+) shown\.$/);
  assert.ok(sen > 0 && sen < inYear, `${sen} of ${inYear}`);

  // Sorted up, then down; who has no number stands last both ways.
  const attendance = page.getByRole('columnheader', { name: /^Attendance/ });
  const column = page.locator('.table-frame tbody tr td:nth-child(12)');
  for (const [way, sign] of [['ascending', 1], ['descending', -1]]) {
    await attendance.getByRole('button').click();
    await page.locator(`th[aria-sort="${way}"]`).waitFor();
    const numbers = (await column.allInnerTexts()).filter(Boolean).map(Number);
    assert.ok(numbers.length > 5);
    assert.deepEqual(numbers, [...numbers].sort((a, b) => sign * (a - b)));
  }

  const file = await download(page, () => page.getByRole('button', { name: 'Export this table' }).click());
  assert.equal(file.name, 'pupils.csv');
  const csv = file.bytes.toString('utf8');
  assert.ok(csv.startsWith('\uFEFFPupil,Form,Year,'), csv.slice(0, 40));
  assert.equal(csv.trim().split('\r\n').length, sen + 1);

  await page.getByRole('searchbox', { name: 'Search' }).fill('nobody is called this');
  await page.getByText('No pupil fits these filters.').waitFor();
  await page.getByRole('button', { name: 'Clear the filters' }).first().click();
  assert.equal(numberIn(await answer.innerText(), /^([\d,]+) pupils/), all);
});

journey('I look at a pupil: every subject, why, the flight path and who set what', async (tools) => {
  const { page } = tools;
  await sample(tools, '#/pupils');
  await page.getByRole('combobox', { name: 'Year group' }).selectOption({ label: 'Year 9' });
  const first = page.locator('.table-frame tbody tr').first();
  // The counts follow the names.
  await first.locator('td').nth(11).getByText(/\d/).waitFor();
  await page.getByRole('columnheader', { name: /^Off target/ }).getByRole('button').click();
  const name = await first.getByRole('link').innerText();
  const off = Number.parseInt(await first.locator('td').nth(11).innerText(), 10);
  await first.getByRole('link').click();
  await page.getByRole('heading', { level: 1, name }).waitFor();

  // The page says the same as the list.
  assert.match(await page.locator('.answer').innerText(), new RegExp(`off target in ${off} of \\d+ subjects`));
  const table = page.getByRole('region', { name: /^Subjects of/ });
  assert.equal(await table.locator('.status[data-on="no"]').count(), off);
  await page.getByRole('region', { name: /^Rules that fire/ }).waitFor();
  await tools.assertNoBarriers();

  const drawer = page.locator('.drawer');
  await table.getByRole('button', { name: 'why?' }).first().click();
  await drawer.getByText('Policy').first().waitFor();
  await tools.assertNoBarriers();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => document.activeElement.className), 'why');

  await table.getByRole('button', { name: /: Target: .* Show its history$/ }).first().click();
  await drawer.getByText('made up the sample school').waitFor();
  await drawer.getByText('first set to').waitFor();
  await tools.assertNoBarriers();
  await page.keyboard.press('Escape');

  const plots = page.locator('.plots').getByRole('img');
  const count = await plots.count();
  assert.ok(count > 5, String(count));
  assert.match(await plots.first().getAttribute('aria-label'), /: target .+, .*\d/);
  await page.getByRole('button', { name: 'Show the figures' }).click();
  assert.equal(await page.getByRole('region', { name: /figures of the flight path$/ }).count(), count);
  assert.equal(await plots.count(), 0);
  await tools.assertNoBarriers();

  const next = page.getByRole('link', { name: /^Next: / });
  const neighbour = (await next.getAttribute('aria-label')).replace('Next: ', '');
  await next.click();
  await page.getByRole('heading', { level: 1, name: neighbour }).waitFor();
  await page.getByRole('link', { name: `Previous: ${name}` }).waitFor();
});
