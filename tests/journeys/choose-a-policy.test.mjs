// Somebody who answers for the school's data picks its policy and knows what that would change.
import assert from 'node:assert/strict';

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
  await page.getByText('Banded secondary, version 2, decides').waitFor();
  await page.getByRole('link', { name: 'Import my pupils' }).waitFor();
  await saved(page);
  await page.reload();
  await tools.started(page);
  await page.getByText('Banded secondary, version 2, decides').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Save policy' }).isEnabled(), false, 'nothing new to save');
});

journey('I see what another policy would change before I save it, and can take it back', async (tools) => {
  const { page, server } = tools;
  await tools.open();
  await trySample(page);
  await page.goto(`${server.url}#/policy`);
  await page.getByText('Bilingual secondary, version 2, decides').waitFor();
  await page.getByText('This policy is in force.').waitFor();
  await page.getByRole('radio', { name: /^Banded secondary/ }).check();
  const proposals = page.getByText(/^[\d,]+ proposed targets of [\d,]+ would change\./);
  await proposals.waitFor();
  await page.getByText(/^At \w+, \d+ pupils are triggered today; it would be \d+\. \d+ pupils would come or go\.$/).waitFor();
  await tools.assertNoBarriers();
  await page.getByText('Bilingual secondary, version 2, decides').waitFor();

  await page.getByRole('button', { name: 'Save policy' }).click();
  await page.getByText('Banded secondary, version 2, decides').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Bilingual secondary, version 2, decides').waitFor();
  await saved(page);
});
