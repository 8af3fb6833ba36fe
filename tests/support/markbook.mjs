// What many journeys do with a markbook.
import assert from 'node:assert/strict';

import { active, columnOf } from './grid.mjs';
import { saved } from './school.mjs';

/** Opens the markbook of a class in Maths, by its place in the list; gives its name. */
export async function openClass(page, place) {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Classes' }).click();
  await page.locator('main .toolbar').getByRole('combobox', { name: 'Subject' }).last().selectOption({ label: 'Maths' });
  await page.locator('main tbody tr').nth(place).getByRole('link').click();
  await page.getByRole('grid', { name: /^Marks of / }).waitFor();
  return page.getByRole('heading', { level: 1 }).innerText();
}

/** Adds an assessment to the markbook that is open; its column is gone to. */
export async function addAssessment(page, title, most, kind = 'Test', isPrivate = false) {
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Add the assessment' }) });
  if (!(await form.isVisible())) await page.getByText('New assessment').click();
  await form.getByLabel('Title').fill(title);
  await form.getByLabel('Kind').selectOption({ label: kind });
  await form.getByLabel('Highest mark').fill(most);
  await form.getByRole('checkbox', { name: 'For my own eyes: not in files or reports' }).setChecked(isPrivate);
  await form.getByRole('button', { name: 'Add the assessment' }).click();
  // Its column is gone to, wherever it stands, so that marks can be typed at once.
  await page.getByRole('columnheader', { name: new RegExp(`^${title}`) }).waitFor();
  const { row, column, focused } = await active(page);
  assert.deepEqual({ row, column, focused }, { row: 0, column: await columnOf(page, title), focused: true });
  await saved(page);
}

/** Opens what can be changed of an assessment, by its header; it is gone to, though it stands below the grid. */
export async function openDetails(page, title) {
  await page.locator('[role=columnheader]').filter({ hasText: title }).click();
  await page.getByRole('dialog', { name: title }).getByRole('button', { name: 'Change, boundaries, summary' }).click();
  await page.waitForFunction((title) => {
    const { tagName, innerText } = document.activeElement;
    const { top } = document.activeElement.getBoundingClientRect();
    return tagName === 'H2' && innerText === title && top >= 0 && top < 0.5 * innerHeight;
  }, title);
}
