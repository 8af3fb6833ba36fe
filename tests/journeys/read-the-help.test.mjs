// A tired teacher on a Sunday night wants to know where a number comes from, and reads it up.
import { journey } from '../support/journey.mjs';

journey('I read how a policy comes to its targets, with examples, before I have a school', async (tools) => {
  const { page } = tools;
  await tools.open();
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Help' }).click();
  await page.getByRole('heading', { name: 'Help', level: 1 }).waitFor();
  await tools.assertNoBarriers();

  await page.getByRole('link', { name: 'Banded secondary' }).click();
  await page.getByRole('heading', { name: 'How “Banded secondary” works', level: 1 }).waitFor();
  const targets = page.getByRole('region', { name: 'Where a target comes from' });
  const example = targets.getByRole('table', { name: 'Way 1 at work (Years 7 and 8): a pupil in Year 7' });
  // What the engine makes of reading 97 and maths 104, and why.
  const row = (subject) => example.getByRole('row', { name: new RegExp(`^${subject} KS2 reading: 97; KS2 maths: 104`) });
  await row('English').getByText('S-', { exact: true }).waitFor();
  await row('English').getByText('KS2 scaled score 97 lies in the row 96 to 100: S-.').waitFor();
  await row('Maths').getByText('S+', { exact: true }).waitFor();
  await row('History').getByText('The mean of 97 and 104 is 100.5, rounded up to 101.').waitFor();
  const ladder = page.getByRole('table', { name: 'KS3 and KS4: what follows, by the number of subjects' });
  await ladder.getByRole('row', { name: '2 Nobody is named.' }).waitFor();
  await ladder.getByRole('row', { name: '3 Key stage: Goes to the head of house.' }).waitFor();
  await tools.assertNoBarriers();
});

journey('I come from the policy of my school to how it works', async (tools) => {
  const { page } = tools;
  await tools.open('#/policy');
  await page.getByRole('radio', { name: /^Bilingual secondary/ }).check();
  await page.getByRole('link', { name: 'How this policy works, with examples' }).click();
  await page.getByRole('heading', { name: 'How “Bilingual secondary” works', level: 1 }).waitFor();
  // The tutor has one and then two or three subjects; four are the coordinator's, and the head is told.
  const ladder = page.getByRole('table', { name: 'KS3 and KS4: what follows, by the number of subjects' });
  await ladder.getByRole('row', { name: '1 Tutor: Goes to the form tutor, level 1.' }).waitFor();
  await ladder.getByRole('row', { name: /^3 Tutor: Goes to the form tutor, level 2\. Told as well: parents\./ }).waitFor();
  await ladder.getByRole('row', { name: /^4 .*Head: .*Told as well: head of the school\./ }).waitFor();
  await tools.assertNoBarriers();
  await page.getByRole('link', { name: 'All policies' }).click();
  await page.getByRole('heading', { name: 'Help', level: 1 }).waitFor();
});
