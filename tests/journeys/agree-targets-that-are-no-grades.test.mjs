// A form tutor agrees targets with each pupil that are no grades: behaviour in words, attendance in
// per cent; sees who still has none; takes a mistake back.
import assert from 'node:assert/strict';

import { journey } from '../support/journey.mjs';
import { choosePolicy, download, saved, trySample } from '../support/school.mjs';

const pick = (page, box, label) => page.getByRole('combobox', { name: box }).selectOption({ label });
const rows = (page) => page.locator('table.other-targets tbody tr');

/** Waits until the first line says what is expected, and gives what the expression found. */
async function says(page, expected) {
  const line = page.locator('p.answer').filter({ hasText: expected });
  await line.waitFor();
  return (await line.innerText()).match(expected);
}

/** Opens the other targets of a school that wants them of everyone, in one form of Year 8. */
async function form(tools) {
  const { page, server } = tools;
  await tools.open();
  await trySample(page);
  await choosePolicy(page, server, /^Secondary with personal targets/);
  await page.goto(`${server.url}#/targets`);
  await page.getByRole('navigation', { name: 'Parts of the targets' }).getByRole('link', { name: 'Other targets' }).click();
  await pick(page, 'Year group', 'Year 8');
  const classes = await page.getByRole('combobox', { name: 'Class' }).locator('option').allInnerTexts();
  await pick(page, 'Class', classes.find((name) => name.startsWith('Form 8')));
}

journey('I agree a behaviour target with each pupil of my form and see who still has none', async (tools) => {
  const { page, started } = tools;
  await form(tools);
  await pick(page, 'About', 'Behaviour');
  const [, all] = await says(page, /^Behaviour: 0 of (\d+) pupils with a target; none waits to be agreed\. \d+ pupils still have none; everyone is to have one\.$/);
  await tools.assertNoBarriers();

  // By the keyboard alone: type, Enter, type, Enter.
  const first = rows(page).first();
  const [name, second] = await rows(page).getByRole('rowheader').allInnerTexts();
  await first.getByRole('textbox', { name: `Target: behaviour of ${name}` }).focus();
  await page.keyboard.type('Puts a hand up before speaking');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Brings books to every lesson');
  await page.keyboard.press('Tab');
  await says(page, new RegExp(`^Behaviour: 2 of ${all} pupils with a target; 2 wait to be agreed`));
  const state = (of) => page.getByRole('combobox', { name: `State: behaviour of ${of}` });
  assert.equal(await state(second).inputValue(), 'set');

  await page.getByRole('button', { name: 'Agree', exact: true }).click();
  await says(page, /none waits to be agreed/);
  assert.equal(await state(name).inputValue(), 'agreed');
  await page.getByRole('textbox', { name: `The pupil’s view: behaviour of ${name}` }).fill('I forget when I am excited');
  await page.getByRole('textbox', { name: `The teacher’s view: behaviour of ${name}` }).fill('Better each week');
  await page.getByLabel(`By: behaviour of ${name}`).fill('2027-02-12');
  // The tabulator would go to the next part of the date.
  await page.keyboard.press('Enter');
  await state(second).selectOption({ label: 'met' });
  await tools.assertNoBarriers();

  await pick(page, 'Show', 'Those without a target');
  assert.equal(await rows(page).count(), Number(all) - 2);
  await pick(page, 'Show', 'Everyone');
  await saved(page);
  await page.reload();
  await started(page);
  await pick(page, 'About', 'Behaviour');
  await pick(page, 'Year group', 'Year 8');
  assert.equal(await page.getByRole('textbox', { name: `Target: behaviour of ${name}` }).inputValue(), 'Puts a hand up before speaking');
  assert.equal(await page.getByRole('textbox', { name: `The teacher’s view: behaviour of ${name}` }).inputValue(), 'Better each week');
  assert.equal(await page.getByLabel(`By: behaviour of ${name}`).inputValue(), '2027-02-12');
  assert.equal(await state(second).inputValue(), 'met');
});

journey('I set a goal for attendance from where the pupil stands, give a second one and take it away', async (tools) => {
  const { page } = tools;
  await form(tools);
  await pick(page, 'About', 'Attendance');
  await says(page, /^Attendance: 0 of/);
  const name = await rows(page).first().getByRole('rowheader').innerText();
  const row = rows(page).filter({ has: page.getByRole('link', { name, exact: true }) });
  const goal = row.first().getByRole('textbox', { name: `Goal: attendance of ${name}` });
  await goal.fill('120');
  await goal.press('Enter');
  await row.getByText('Numbers go from 0 to 100.').waitFor();
  await tools.assertNoBarriers();
  await goal.fill('100 %');
  await goal.press('Enter');
  await row.getByText('Numbers go from 0 to 100.').waitFor({ state: 'detached' });
  await says(page, /^Attendance: 1 of/);
  await row.getByText(/^(goal reached|below the goal)$/).waitFor();

  await row.getByRole('button', { name: `Set another target for attendance of ${name}` }).click();
  const text = row.last().getByRole('textbox', { name: `Target: attendance of ${name}` });
  await text.and(page.locator(':focus')).waitFor();
  await page.keyboard.type('On time on Mondays');
  await page.keyboard.press('Tab');
  await says(page, /2 wait to be agreed/);
  const list = await download(page, () => page.getByRole('button', { name: 'Export the list' }).click());
  assert.match(list.bytes.toString(), /On time on Mondays/);

  await row.last().getByRole('button', { name: `Take away the target for attendance of ${name}` }).click();
  await says(page, /1 waits to be agreed/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await says(page, /2 wait to be agreed/);
});
