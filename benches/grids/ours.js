// Our grid, for benches/grid.mjs. Its cells are made in Rust, by the formula of cells.js.
import { isShown, text } from './cells.js';

let ours;
let size;

export async function prepare(rows, columns) {
  size = { rows, columns };
  // Not bundled: wasm-bindgen's own file, beside the page.
  const { default: start, show: showOurs } = await import('./bench.js');
  const { memory } = await start();
  ours = { showOurs, memory };
}

export const show = (element) => ours.showOurs(element.id, size.rows, size.columns);
export const isThere = () => isShown('.sheet-grid .c', text(0, 0)) && isShown('.sheet-grid .c', text(5, 4));
export const scroller = () => document.querySelector('.sheet-grid');
/** Bytes of Wasm memory. */
export const wasmBytes = () => ours.memory.buffer.byteLength;
