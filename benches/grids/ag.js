// AG Grid Community, for benches/grid.mjs, with no more of its modules than the task wants.
import { ClientSideRowModelModule, ModuleRegistry, TextEditorModule, createGrid, themeQuartz } from 'ag-grid-community';

import { FROZEN, HEAD_HEIGHT, ROW_HEIGHT, isShown, list, text, title, width } from './cells.js';

let options;

export async function prepare(rows, columns) {
  ModuleRegistry.registerModules([ClientSideRowModelModule, TextEditorModule]);
  options = {
    theme: themeQuartz,
    rowHeight: ROW_HEIGHT,
    headerHeight: HEAD_HEIGHT,
    animateRows: false,
    rowData: list(rows, (row) => Object.fromEntries(list(columns, (column) => [`c${column}`, text(row, column)]))),
    columnDefs: list(columns, (column) => ({
      field: `c${column}`,
      headerName: title(column),
      width: width(column),
      pinned: column < FROZEN ? 'left' : null,
      editable: column >= FROZEN,
      // Else it looks through the rows for what type the column has.
      cellDataType: false,
    })),
  };
}

export function show(element) {
  createGrid(element, options);
}

export const isThere = () => isShown('.ag-cell', text(0, 0)) && isShown('.ag-cell', text(5, 4));
export const scroller = () => document.querySelector('.ag-grid-viewport');
