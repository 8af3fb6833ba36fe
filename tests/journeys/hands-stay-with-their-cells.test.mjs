// What I have chosen or am typing stays with its cells, whatever happens around it.
import assert from 'node:assert/strict';

import { cellOf, columnOf, goTo, paste, shows, textOf } from '../support/grid.mjs';
import { journey } from '../support/journey.mjs';
import { addAssessment, openClass, openDetails } from '../support/markbook.mjs';
import { saved, trySample } from '../support/school.mjs';

const field = (page) => page.locator('.sheet-field');

async function fill(page, title, marks) {
  await goTo(page, 0, title);
  await paste(page, marks.join('\n'));
  await shows(page, marks.length - 1, title, marks.at(-1));
}

async function marksOf(page, title, count) {
  return Promise.all(Array.from({ length: count }, (_, row) => textOf(page, row, title)));
}

journey('Delete empties what I chose and nothing else, though I hide a column', async (tools) => {
  const { page } = tools;
  await tools.open();
  await trySample(page);
  await openClass(page, 0);
  for (const title of ['Spelling', 'Fractions', 'Algebra']) {
    await addAssessment(page, title, '20');
    await fill(page, title, ['11', '12', '13']);
  }
  await goTo(page, 0, 'Fractions');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.getByRole('button', { name: /^Columns/ }).click();
  await page.getByRole('checkbox', { name: 'Spelling', exact: true }).uncheck();
  await page.keyboard.press('Escape');
  await page.locator('[role=grid]').focus();
  await page.keyboard.press('Delete');
  await shows(page, 0, 'Fractions', '');
  assert.deepEqual(await marksOf(page, 'Fractions', 3), ['', '12', '13']);
  assert.deepEqual(await marksOf(page, 'Algebra', 3), ['11', '12', '13']);
});

journey('I look into another window in the middle of a mark, and go on where I was', async (tools) => {
  const { page, context } = tools;
  await tools.open();
  await trySample(page);
  await openClass(page, 0);
  await addAssessment(page, 'Spelling', '20');
  // Else every page is taken to have the focus all the time.
  const browser = await context.newCDPSession(page);
  await browser.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  await goTo(page, 1, 'Spelling');
  await page.keyboard.type('1');
  const other = await context.newPage();
  await other.bringToFront();
  await page.bringToFront();
  await page.keyboard.type('4');
  await page.keyboard.press('Enter');
  await shows(page, 1, 'Spelling', '14');
});

journey('I give up filling cells by pulling, and type anew what was refused', async (tools) => {
  const { page } = tools;
  await tools.open();
  await trySample(page);
  await openClass(page, 0);
  await addAssessment(page, 'Spelling', '20');
  await fill(page, 'Spelling', ['1', '2', '4', '5']);
  await goTo(page, 0, 'Spelling');
  const middle = async (locator) => {
    const { x, y, width, height } = await locator.boundingBox();
    return [x + width / 2, y + height / 2];
  };
  await page.mouse.move(...(await middle(page.locator('.sheet-handle'))));
  await page.mouse.down();
  const [x, y] = await middle(await cellOf(page, 3, 'Spelling'));
  await page.mouse.move(x, y, { steps: 5 });
  await page.keyboard.press('Escape');
  await page.mouse.move(x, y + 2);
  await page.mouse.up();
  await saved(page);
  assert.deepEqual(await marksOf(page, 'Spelling', 4), ['1', '2', '4', '5']);

  // A highest mark that was too low: what was refused is typed already.
  await goTo(page, 0, 'Spelling');
  await page.keyboard.type('21');
  await page.keyboard.press('Enter');
  const refusal = page.getByRole('alert').filter({ hasText: '21 lies outside 0 to 20.' });
  await refusal.waitFor();
  await openDetails(page, 'Spelling');
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Save changes' }) });
  await form.getByLabel('Highest mark').fill('30');
  await form.getByRole('button', { name: 'Save changes' }).click();
  await saved(page);
  await goTo(page, 0, 'Spelling');
  await page.keyboard.press('F2');
  await page.keyboard.press('Enter');
  await refusal.waitFor({ state: 'detached' });
  await shows(page, 0, 'Spelling', '21');

  // In one cell the browser takes back what was typed there, not what was typed for the pupil before.
  await goTo(page, 1, 'Spelling');
  await page.keyboard.type('15');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Escape');
  await goTo(page, 2, 'Spelling');
  await page.keyboard.type('7');
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('Control+z');
  assert.ok(!(await field(page).inputValue()).includes('15'));
  await page.keyboard.press('Escape');
  await shows(page, 2, 'Spelling', '4');
});

journey('What came before stays what it is when somebody plans another event', async (tools) => {
  const { page, context } = tools;
  await tools.open();
  await trySample(page);
  await page.getByRole('link', { name: 'Tracking', exact: true }).first().click();
  await page.getByRole('button', { name: 'Open December report' }).click();
  await page.getByRole('button', { name: 'Close December report' }).waitFor();
  await page.getByText('Add an event of your own').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Quick look');
  await page.getByLabel('Opens').fill('2026-11-10');
  await page.getByLabel('Deadline').fill('2026-11-12');
  await page.getByRole('button', { name: 'Add event' }).click();
  await page.getByRole('link', { name: 'Quick look' }).waitFor();
  await page.getByRole('link', { name: 'December report' }).click();
  await page.locator('main').getByRole('combobox', { name: 'Subject', exact: true }).selectOption({ label: 'Maths' });
  await page.getByRole('grid', { name: /Maths/ }).waitFor();
  assert.ok((await columnOf(page, 'October')) > 0);

  // An accent or a Chinese word is composed in the field: nothing is filled in before that is done.
  const attitude = await columnOf(page, 'AtL in class');
  await goTo(page, 0, attitude);
  await page.keyboard.type('o');
  const browser = await context.newCDPSession(page);
  await browser.send('Input.imeSetComposition', { text: 'u', selectionStart: 1, selectionEnd: 1 });
  assert.equal(await field(page).inputValue(), 'Ou');
  await page.keyboard.press('Escape');
});
