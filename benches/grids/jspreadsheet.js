// jspreadsheet CE, for benches/grid.mjs. Of the rows it makes the first hundred, and more when they are scrolled to; of
// columns all.
import 'jspreadsheet-ce/dist/jspreadsheet.css';
import 'jsuites/dist/jsuites.css';

import jspreadsheet from 'jspreadsheet-ce';

import { FROZEN, ROW_HEIGHT, align, isShown, list, text, title, width } from './cells.js';

let sheet;

export async function prepare(rows, columns) {
  sheet = {
    data: list(rows, (row) => list(columns, (column) => text(row, column))),
    columns: list(columns, (column) => ({
      type: 'text',
      title: title(column),
      width: width(column),
      align: align(column),
      readOnly: column < FROZEN,
    })),
    freezeColumns: FROZEN,
    defaultRowHeight: ROW_HEIGHT,
    tableOverflow: true,
    lazyLoading: true,
  };
}

export function show(element) {
  const { clientWidth, clientHeight } = element;
  const size = { tableWidth: `${clientWidth}px`, tableHeight: `${clientHeight}px` };
  jspreadsheet(element, { worksheets: [{ ...sheet, ...size }] });
}

export const isThere = () => isShown('.jss_worksheet td', text(0, 0)) && isShown('.jss_worksheet td', text(5, 4));
export const scroller = () => document.querySelector('.jss_content');
