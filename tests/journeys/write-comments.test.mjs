// A teacher writes the comments of a report from the department's phrases, pupil after pupil.
import assert from 'node:assert/strict';

import { goTo, shows, textOf } from '../support/grid.mjs';
import { journey } from '../support/journey.mjs';
import { saved, trySample } from '../support/school.mjs';

journey('I write comments from the bank of phrases, with each pupil’s own name and grade in them', async (tools) => {
  const { page, open, assertNoBarriers } = tools;
  await open();
  await trySample(page);
  await page.getByRole('link', { name: 'Tracking', exact: true }).first().click();
  await page.getByText('Add an event of your own').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Report');
  await page.getByLabel('Opens').fill('2027-01-11');
  await page.getByLabel('Deadline').fill('2027-01-22');
  await page.getByRole('checkbox', { name: 'Comment' }).check();
  await page.getByRole('button', { name: 'Add event' }).click();
  await page.getByRole('button', { name: 'Open Report' }).click();
  await page.getByRole('link', { name: 'Report', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Report' }).waitFor();
  const box = (name) => page.locator('main').getByRole('combobox', { name, exact: true });
  await box('Subject').selectOption({ label: 'Maths' });
  await box('Year group').selectOption({ label: 'Year 8' });
  await page.getByRole('grid', { name: /Maths/ }).waitFor();
  const forename = async (row) => (await textOf(page, row, 'Pupil')).split(', ')[1];

  // The second pupil has a grade at this event, the first has none.
  await goTo(page, 1, 'Current');
  await page.keyboard.type('6');
  await page.keyboard.press('Enter');
  await goTo(page, 0, 'Comment');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('dialog', { name: 'Comment' }).getByRole('button', { name: 'Phrases…' }).press('Enter');
  const beside = page.getByRole('complementary', { name: 'Phrases for comments' });
  await beside.getByRole('button', { name: 'Begin with 18 phrases' }).click();
  const first = await forename(0);
  await beside.getByRole('button', { name: `${first} works hard in every lesson.` }).waitFor();
  await assertNoBarriers();
  const needs = beside.getByRole('listitem').filter({ hasText: '{Forename} could reach more than {current}' });
  await needs.getByText('needs a grade at this event').waitFor();
  assert.ok(await needs.getByRole('button').isDisabled());

  // A few letters and Enter, twice; then the next pupil, who has what the other phrase needs.
  const find = beside.getByRole('searchbox', { name: 'Find a phrase' });
  await find.fill('works hard');
  await find.press('Enter');
  await find.fill('on time and');
  await find.press('Enter');
  await beside.getByText(`${first} works hard in every lesson. Home learning is always on time`).waitFor();
  await beside.getByRole('button', { name: 'Next pupil' }).click();
  const second = await forename(1);
  await find.fill('could reach more');
  await find.press('Enter');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement.getAttribute('role') === 'grid');
  await shows(page, 0, 'Comment', `${first} works hard in every lesson. Home learning is always on time and done with care.`);
  await shows(page, 1, 'Comment', `With more effort in lessons, ${second} could reach more than 6.`);
  await page.keyboard.press('Control+z');
  await shows(page, 1, 'Comment', '');

  // The department's own phrase; what has a place that nobody knows is refused whole.
  await goTo(page, 1, 'Comment');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('button', { name: 'Phrases…' }).click();
  await beside.getByText('Change the bank').click();
  const lines = beside.getByRole('textbox', { name: 'Phrases, one on each line' });
  await beside.getByRole('textbox', { name: 'Heading' }).fill('Maths');
  await lines.fill('{They} shows {their} working.\n{Forename} likes {sport}.');
  await beside.getByRole('combobox', { name: 'For' }).selectOption({ label: 'Maths' });
  await beside.getByRole('button', { name: 'Add to the bank' }).click();
  await beside.getByRole('alert').getByText('has a place that nobody knows: sport').waitFor();
  await lines.fill('{They} shows {their} working.');
  await beside.getByRole('button', { name: 'Add to the bank' }).click();
  await beside.getByRole('button', { name: /^(She shows her|He shows his|They shows their) working\.$/ }).click();
  await assertNoBarriers();
  await page.keyboard.press('Escape');
  assert.match(await textOf(page, 1, 'Comment'), /^(She shows her|He shows his|They shows their) working\.$/);
  await saved(page);

  // It is there tomorrow, and not offered in another subject.
  await page.reload();
  await page.getByRole('grid').waitFor();
  await box('Subject').selectOption({ label: 'English' });
  await page.getByRole('grid', { name: /English/ }).waitFor();
  await goTo(page, 0, 'Comment');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('button', { name: 'Phrases…' }).click();
  await find.fill('working');
  await beside.getByText('No phrase fits.').waitFor();
  await find.fill('maths');
  await beside.getByText('No phrase fits.').waitFor();
  await page.keyboard.press('Escape');

  // The next pupil is the next one that I see, however the grid is sorted.
  const next = await textOf(page, 1, 'Pupil');
  await goTo(page, 0, 'Comment');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Pupil' }).getByRole('button', { name: 'Sort downwards' }).click();
  const turned = await textOf(page, 1, 'Pupil');
  assert.notEqual(turned, next);
  await goTo(page, 0, 'Comment');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('button', { name: 'Phrases…' }).click();
  await beside.getByRole('button', { name: 'Next pupil' }).click();
  await beside.getByRole('heading', { name: turned }).waitFor();
});
