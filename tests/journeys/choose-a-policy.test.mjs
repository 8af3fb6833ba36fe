// Somebody who answers for the school's data picks its policy and knows what that would change.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { journey } from '../support/journey.mjs';
import { saved, trySample } from '../support/school.mjs';

journey('I start a school from a policy', async (tools) => {
  const { page } = tools;
  await tools.open();
  await page.getByRole('link', { name: /^Start from a policy/ }).click();
  await page.getByRole('heading', { name: 'Policy', level: 1 }).waitFor();
  await page.getByText('No policy is chosen yet.').waitFor();
  await page.getByText('There are no pupils yet, so nothing changes for anybody.').waitFor();
  await page.getByRole('radio', { name: /^Banded secondary/ }).check();
  await page.getByRole('heading', { name: 'What Banded secondary says' }).waitFor();
  // Tables as tables, with where they come from and the year that they were made for.
  const table = page.getByRole('table', { name: /KS3 target band by KS2 scaled score, 2019\/20/ });
  await table.getByRole('row', { name: '96 100 S-' }).waitFor();
  await page.getByText('Key stage, KS3 and KS4: red in 3 or more subjects. Goes to the head of house.').waitFor();
  await tools.assertNoBarriers();
  await page.getByRole('button', { name: 'Save policy' }).click();
  await page.getByText('Banded secondary, version 3, decides').waitFor();
  await page.getByRole('link', { name: 'Import my pupils' }).waitFor();
  await saved(page);
  await page.reload();
  await tools.started(page);
  await page.getByText('Banded secondary, version 3, decides').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Save policy' }).isEnabled(), false, 'nothing new to save');
});

journey('I see what another policy would change before I save it, and can take it back', async (tools) => {
  const { page, server } = tools;
  await tools.open();
  await trySample(page);
  await page.goto(`${server.url}#/policy`);
  await page.getByText('Bilingual secondary, version 3, decides').waitFor();
  await page.getByText('This policy is in force.').waitFor();
  await page.getByRole('radio', { name: /^Banded secondary/ }).check();
  const proposals = page.getByText(/^[\d,]+ proposed targets of [\d,]+ would change\./);
  await proposals.waitFor();
  await page.getByText(/^At \w+, \d+ pupils are triggered today; it would be \d+\. \d+ pupils would come or go\./).waitFor();
  await tools.assertNoBarriers();
  await page.getByText('Bilingual secondary, version 3, decides').waitFor();

  await page.getByRole('button', { name: 'Save policy' }).click();
  await page.getByText('Banded secondary, version 3, decides').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Bilingual secondary, version 3, decides').waitFor();
  await saved(page);
});

/** The file of a year as the Department for Education publishes it, made of the figures that ship. */
async function published(year) {
  const text = await readFile(new URL('../../crates/school/figures/gcse-2024.json', import.meta.url), 'utf8');
  const { subjects, bands_in_hundredths: bands, grades } = JSON.parse(text);
  const score = (hundredths) => String(hundredths / 100);
  const band = ([from, to]) => (from === 0 ? `Less than ${score(to + 50)}` : `${score(from)} - ${score(to)}`);
  const head = ['breakdown', 'subject', ...grades.map((grade) => `num_${grade}`), 'num_11', 'ks2_scaled_score_group', 'time_period'];
  const lines = [head.join(',')];
  for (const [subject, rows] of Object.entries(subjects)) {
    rows.forEach((counts, at) => {
      if (counts.length === 0) return;
      for (const breakdown of ['Girls', 'Total']) lines.push([breakdown, `"${subject}"`, ...counts, 'z', band(bands[at]), year].join(','));
    });
  }
  return { name: `ks4 transition matrices ${year}.csv`, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n')) };
}

journey('I load the national figures of a newer year as they are published, and can go back to the older ones', async (tools) => {
  const { page, server, started } = tools;
  await tools.open();
  await trySample(page);
  await page.goto(`${server.url}#/policy`);
  const section = page.getByRole('region', { name: 'National figures' });
  await section.getByText(/^GCSEs 2024, comes with the program/).waitFor();
  const choose = section.getByLabel('Load another year');

  // A file of something else takes nothing, and says what it lacks.
  await choose.setInputFiles({ name: 'pupils.csv', mimeType: 'text/csv', buffer: Buffer.from('surname,forename\nAchterberg,Ada\n') });
  await section.getByText('Nothing was taken').waitFor();
  await section.getByText(/^It has neither a column “ks2_scaled_score_group”.* nor “prior_attainment_band”/).waitFor();
  await tools.assertNoBarriers();
  const spoilt = await published('202425');
  await choose.setInputFiles({ ...spoilt, buffer: Buffer.from(String(spoilt.buffer).replace(/(Total,"History",)\d+/, '$1many')) });
  await section.getByText(/^Line \d+, column “num_U”: “many” is no number of pupils\.$/).waitFor();
  await section.getByText(/^GCSEs 2024, comes with the program/).waitFor();

  await choose.setInputFiles(await published('202425'));
  await section.getByText('The figures of 2025 are loaded, and targets go by them from now on.').waitFor();
  const year = section.getByRole('combobox', { name: 'GCSEs' });
  await year.getByText('2025, loaded by the school').waitFor({ state: 'attached' });
  await section.getByText(/key stage 4 transition matrices, 2025; Open Government Licence/).waitFor();
  await saved(page);
  await tools.assertNoBarriers();

  await page.reload();
  await started(page);
  await section.getByText(/key stage 4 transition matrices, 2025; Open Government Licence/).waitFor();
  await year.selectOption({ label: '2024, comes with the program' });
  await section.getByRole('listitem').filter({ has: page.getByRole('combobox', { name: 'GCSEs' }) }).getByText(/revised, 2024; Open Government Licence/).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await section.getByText(/key stage 4 transition matrices, 2025; Open Government Licence/).waitFor();
  await page.goto(`${server.url}#/history`);
  await page.getByRole('cell', { name: 'loaded national figures from ks4 transition matrices 202425.csv', exact: true }).waitFor();
});

/** The published file of A and AS levels, made of the figures that ship; its name alone says the year. */
async function publishedALevels(year) {
  const lines = ['grade,count,subject_name,qualification_name,qualification_code,size,prior_attainment_band'];
  const levels = [['a-level-2025', '"GCE A level",111,1'], ['as-level-2025', '"GCE AS level",121,0.5']];
  for (const [document, level] of levels) {
    const text = await readFile(new URL(`../../crates/school/figures/${document}.json`, import.meta.url), 'utf8');
    const { subjects, bands_in_hundredths: bands, grades } = JSON.parse(text);
    const band = ([from, to]) => (from === 0 ? '<1' : to === 1000 ? '9>=' : `${from / 100}-<${to / 100}`);
    for (const [subject, rows] of Object.entries(subjects)) {
      const add = (grade, count, at) => lines.push(`${grade},${count},"${subject}",${level},${at}`);
      rows.forEach((counts, at) => counts.forEach((count, place) => count > 0 && add(grades[place], count, band(bands[at]))));
      add('A', 1000, 'All');
      add('No result', 4, 'Unknown prior');
    }
  }
  return { name: `tm_numbers_percentages_${year}.csv`, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n')) };
}

journey('I load the A and AS levels of a newer year as they are published, and am told what they leave out', async (tools) => {
  const { page, server, started } = tools;
  await tools.open();
  await trySample(page);
  await page.goto(`${server.url}#/policy`);
  const section = page.getByRole('region', { name: 'National figures' });
  await section.getByText(/^A levels 2025, comes with the program/).waitFor();
  const choose = section.getByLabel('Load another year');

  // Under another name nothing says the year.
  const file = await publishedALevels('2026A');
  await choose.setInputFiles({ ...file, name: 'a levels.csv' });
  await section.getByText(/^The name “a levels\.csv” does not say the year of the results/).waitFor();
  await section.getByText(/^A levels 2025, comes with the program/).waitFor();
  await tools.assertNoBarriers();

  await choose.setInputFiles(file);
  await section.getByText('The figures of 2026 are loaded, and targets go by them from now on.').waitFor();
  const line = (name) => section.getByRole('listitem').filter({ has: page.getByRole('combobox', { name, exact: true }) });
  const ofALevels = line('A levels');
  await ofALevels.getByText(/16 to 18 transition matrices, amended, 2026; Open Government Licence/).waitFor();
  const leftOut = page.getByText('Its file holds no value added: the expected points of the school benchmark remain those of 2025.');
  await ofALevels.filter({ has: leftOut }).waitFor();
  await line('AS levels').getByText(/amended, 2026; Open Government Licence/).waitFor();
  // AS levels have no school benchmark, so nothing of it is left out.
  assert.equal(await leftOut.count(), 1);
  await saved(page);
  await tools.assertNoBarriers();

  await page.reload();
  await started(page);
  await ofALevels.filter({ has: leftOut }).waitFor();
  await page.getByRole('combobox', { name: 'A levels', exact: true }).selectOption({ label: '2025, comes with the program' });
  await ofALevels.getByText(/transition matrices and value added, 2025; Open Government Licence/).waitFor();
  await leftOut.waitFor({ state: 'detached' });
});
