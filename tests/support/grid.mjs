// The grids of the program as a test sees them: by the title of a column and the place of a row, counted from 0 as they
// are seen. Only what is in view is in the page; a cell is scrolled to by going there with the keys.

import assert from 'node:assert/strict';

const GRID = '[role=grid]';
const exactly = (text) => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);

/** The number that a column has in the grid, from 1. */
export async function columnOf(page, title) {
  const head = page.locator(`${GRID} [role=columnheader]`).filter({
    has: page.locator('.title', { hasText: exactly(title) }),
  });
  return Number(await head.first().getAttribute('aria-colindex'));
}

/** A cell; the column is its title or its number. */
export async function cellOf(page, row, column) {
  const number = typeof column === 'number' ? column : await columnOf(page, column);
  return page.locator(`${GRID} [aria-rowindex="${row + 2}"] > [aria-colindex="${number}"]`);
}

/** What a cell shows. */
export const textOf = async (page, row, column) => (await cellOf(page, row, column)).innerText();

/** Waits until a cell shows this text. */
export async function shows(page, row, column, text) {
  const cell = await cellOf(page, row, column);
  // As long as any other wait: what comes from another tab takes its time on a busy machine.
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if ((await cell.innerText()) === text) return;
    await page.waitForTimeout(50);
  }
  assert.equal(await cell.innerText(), text);
}

/** Chooses a cell with the mouse. */
export async function goTo(page, row, column) {
  await (await cellOf(page, row, column)).click();
}

/** Row (from 0) and column (from 1) of the active cell. */
export async function active(page) {
  return page.evaluate(() => {
    const grid = document.querySelector('[role=grid]');
    const cell = document.getElementById(grid.getAttribute('aria-activedescendant'));
    if (!cell) return null;
    const row = cell.closest('[role=row]').getAttribute('aria-rowindex');
    return { row: Number(row) - 2, column: Number(cell.getAttribute('aria-colindex')), focused: grid.contains(document.activeElement) };
  });
}

/** How many rows the grid has. */
export const rowsOf = async (page) => Number(await page.locator(GRID).getAttribute('aria-rowcount')) - 1;

/** Pastes a text as a spreadsheet gives it. */
export async function paste(page, text) {
  await page.evaluate((plain) => {
    const data = new DataTransfer();
    data.setData('text/plain', plain);
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

/** Copies the chosen cells; gives what a spreadsheet would get. */
export const copy = (page) =>
  page.evaluate(() => {
    const data = new DataTransfer();
    document.activeElement.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
    return { text: data.getData('text/plain'), html: data.getData('text/html') };
  });
