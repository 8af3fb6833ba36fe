// Glide Data Grid, for benches/grid.mjs.
import '@glideapps/glide-data-grid/dist/index.css';

import { DataEditor, GridCellKind } from '@glideapps/glide-data-grid';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

import { FROZEN, HEAD_HEIGHT, ROW_HEIGHT, align, list, text, title, width } from './cells.js';

let properties;
/** The last row that it has asked the text of, as what it draws on a canvas is nowhere else to be read at once. */
let lastAsked = -1;

export async function prepare(rows, columns) {
  const cells = list(rows, (row) => list(columns, (column) => text(row, column)));
  properties = {
    columns: list(columns, (column) => ({ id: `c${column}`, title: title(column), width: width(column) })),
    rows,
    freezeColumns: FROZEN,
    rowHeight: ROW_HEIGHT,
    headerHeight: HEAD_HEIGHT,
    width: '100%',
    height: '100%',
    cellActivationBehavior: 'second-click',
    getCellContent: ([column, row]) => {
      lastAsked = Math.max(lastAsked, row);
      const data = cells[row][column];
      const editable = column >= FROZEN;
      return { kind: GridCellKind.Text, data, displayData: data, allowOverlay: editable, readonly: !editable, contentAlign: align(column) };
    },
    onCellEdited: ([column, row], value) => {
      cells[row][column] = value.data;
    },
  };
}

export function show(element) {
  // Where its editor is put.
  const portal = document.body.appendChild(document.createElement('div'));
  portal.id = 'portal';
  createRoot(element).render(createElement(DataEditor, properties));
}

export const isThere = () => lastAsked > 20;
export const scroller = () => document.querySelector('.dvn-scroller');
