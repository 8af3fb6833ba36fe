// What the rivals show: the very texts, titles and widths that benches/grid/src/page.rs makes for ours.

export const FROZEN = 2;
export const ROW_HEIGHT = 28;
export const HEAD_HEIGHT = 44;

export function text(row, column) {
  if (column === 0) return `Surname${row}, First${row % 97}`;
  if (column === 1) return `${7 + (row % 7)}${['A', 'B', 'C'][row % 3]}`;
  return String((row * 31 + column * 17) % 101);
}

export const title = (column) => `Column ${column}`;
export const width = (column) => ({ 0: 180, 1: 60 })[column] ?? 80;
export const align = (column) => (column === 0 ? 'left' : 'center');

/** A list of `length` things made from their places. */
export const list = (length, made) => Array.from({ length }, (_, place) => made(place));

/** Whether some element that this selector finds shows this text. */
export function isShown(selector, wanted) {
  return [...document.querySelectorAll(selector)].some((element) => element.textContent === wanted);
}
