// Our grid beside AG Grid Community, Glide Data Grid and jspreadsheet CE, all with the same 2,000 × 80 cells, of which two
// columns never scroll, in the same Chromium: how soon it is there, how soon a key is seen, how it scrolls on a slow
// computer, and what it leaves in the page. Each time in a fresh page; all take turns, each round another first.
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'esbuild';

import { newProfile, openChromium } from '../tests/support/browsers.mjs';
import { serve } from '../tests/support/server.mjs';
import { wasmProgram } from './support/compile.mjs';
import { ROOT, finish, limit, median, row, summary } from './support/measure.mjs';

const ROWS = 2_000;
const COLUMNS = 80;
/** Fewer rounds and grids can be asked for, by number and by names with commas. */
const ROUNDS = Number(process.env.ROUNDS || 7);
/** jspreadsheet takes more than a minute for each, and is far behind. */
const ROUNDS_OF_SLOWEST = 2;
const KEYS = 8;
/** A computer of a school. */
const TIMES_SLOWER = 4;
const FRAMES = 90;
/** Three rows, and half a column. */
const PIXELS = { down: 84, across: 40 };
/** Longer than this, and a frame has been left out. */
const LONG_FRAME_MS = 33;
const MOST_ELEMENTS = 1_500;

const GRIDS = { ours: 'ours', ag: 'AG Grid Community', glide: 'Glide Data Grid', jspreadsheet: 'jspreadsheet CE' };
/** The program's style sheets: what it starts with, and what its screens need. */
const LISTS_OF_SHEETS = ['flightpath.css', 'screens.css'];
const NAMES = process.env.GRIDS?.split(',') ?? Object.keys(GRIDS);

/** The files that those lists name, in their order. */
async function sheets() {
  const names = [];
  for (const list of LISTS_OF_SHEETS) {
    const lines = await readFile(join(ROOT, 'style', list), 'utf8');
    names.push(...[...lines.matchAll(/^@import "([^"]+)"/gm)].map(([, name]) => name));
  }
  return names;
}

/** Puts a page for each grid into a folder: `<name>.html` with its script and styles. */
async function makePages(folder) {
  await cp(join(ROOT, 'style'), join(folder, 'style'), { recursive: true });
  const program = (await sheets()).map((name) => `style/${name}`);
  for (const name of NAMES) {
    const { outputFiles } = await build({
      stdin: {
        contents: `import * as grid from './${name}.js'; import { bench } from './page.js'; bench(grid);`,
        resolveDir: join(ROOT, 'benches', 'grids'),
      },
      bundle: true,
      minify: true,
      format: 'esm',
      external: ['./bench.js'],
      define: { 'process.env.NODE_ENV': '"production"' },
      loader: { '.svg': 'dataurl', '.png': 'dataurl' },
      outfile: join(folder, `${name}.js`),
      write: false,
    });
    for (const { path, contents } of outputFiles) await writeFile(path, contents);
    const styled = outputFiles.some(({ path }) => path.endsWith('.css'));
    const linked = name === 'ours' ? program : styled ? [`${name}.css`] : [];
    const links = linked.map((sheet) => `<link rel="stylesheet" href="${sheet}">`).join('\n');
    await writeFile(
      join(folder, `${name}.html`),
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>${GRIDS[name]}</title>
${links}
<style>html, body { height: 100%; margin: 0 } #grid { height: 100vh }</style>
<body><div id="grid"></div><script type="module" src="${name}.js"></script></body></html>`,
    );
  }
}

/** Counts of Chromium's own, such as TaskDuration in seconds. */
async function counts(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** Presses digits in a cell, each from anew; the times of those that were seen. */
async function keystrokes(page) {
  // The third column that is seen and the sixth row, wherever a grid has its header.
  await page.mouse.click(310, 200);
  const times = [];
  for (let digit = 0; digit < KEYS; digit += 1) {
    await page.waitForTimeout(100);
    await page.evaluate(() => window.bench.listen());
    await page.keyboard.press(String(digit));
    times.push(await page.evaluate(() => window.bench.seen()));
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
  }
  return times;
}

async function scrolled(page, session) {
  await session.send('Emulation.setCPUThrottlingRate', { rate: TIMES_SLOWER });
  const times_ms = [];
  const came = {};
  const before = await counts(session);
  for (const [way, pixels] of Object.entries(PIXELS)) {
    const { times_ms: times, moved } = await page.evaluate(
      ([way, frames, pixels]) => window.bench.scroll(way, frames, pixels),
      [way, FRAMES, pixels],
    );
    came[way] = moved;
    times_ms.push(...times);
  }
  const after = await counts(session);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return {
    ...came,
    frame_ms: median(times_ms),
    long_frames: times_ms.filter((time) => time > LONG_FRAME_MS).length,
    task_ms: ((after.TaskDuration - before.TaskDuration) * 1000) / times_ms.length,
  };
}

/** All that is measured of a grid in a page of its own. */
async function measure(browser, url, name) {
  const page = await browser.newPage();
  try {
    page.on('pageerror', (error) => console.error(`${GRIDS[name]}: ${error}`));
    const session = await browser.newCDPSession(page);
    await session.send('Performance.enable');
    await page.goto(`${url}${name}.html`);
    await page.waitForFunction(() => window.bench);
    await page.evaluate(([rows, columns]) => window.bench.prepare(rows, columns), [ROWS, COLUMNS]);
    const mounted = await page.evaluate(() => window.bench.mount());
    const held = await page.evaluate(() => window.bench.held());
    const keys = await keystrokes(page);
    const scroll = await scrolled(page, session);
    const elements_after = await page.evaluate(() => window.bench.elements());
    return { ...mounted, ...held, keys, ...scroll, elements_after };
  } finally {
    await page.close();
  }
}

/** Median, lowest and highest of something that is no time. */
function spread(numbers) {
  return { median: median(numbers), lowest: Math.min(...numbers), highest: Math.max(...numbers), runs: numbers.length };
}

function line(name, { median: middle, lowest, highest, runs }, digits = 0) {
  const [shown, low, high] = [middle, lowest, highest].map((number) => number.toLocaleString('en-GB', { maximumFractionDigits: digits }));
  console.log(`${name.padEnd(52)} ${shown.padStart(11)}   (${low} to ${high}, ${runs} runs)`);
}

/** The table, by what was measured, and the limits. */
function report(found) {
  const measured = {};
  const each = (what, print, values) => {
    console.log(`\n${what}`);
    for (const name of NAMES) {
      const result = values(found[name]);
      measured[name] = { ...measured[name], [what]: result };
      print(`  ${GRIDS[name]}`, result);
    }
  };
  const of = (key) => (runs) => runs.map((run) => run[key]);
  const keys = (runs) => runs.flatMap((run) => run.keys).filter(Boolean);
  each('from the call to the second frame with the cells', row, (runs) => summary(of('mount_ms')(runs)));
  each('of that, the call itself', row, (runs) => summary(of('call_ms')(runs)));
  each('a key to its character on screen', row, (runs) => summary(keys(runs).map(({ key_ms }) => key_ms)));
  each('frames of that', line, (runs) => spread(keys(runs).map(({ frames }) => frames)));
  each(`scrolled on a computer ${TIMES_SLOWER} × slower: a frame`, row, (runs) => summary(of('frame_ms')(runs)));
  each(`frames of ${2 * FRAMES} longer than ${LONG_FRAME_MS} ms`, line, (runs) => spread(of('long_frames')(runs)));
  each('main thread busy for a frame', row, (runs) => summary(of('task_ms')(runs)));
  each('of the way down, pixels that it came along', line, (runs) => spread(of('down')(runs)));
  each('elements', line, (runs) => spread(of('elements')(runs)));
  each('elements after scrolling', line, (runs) => spread(of('elements_after')(runs)));
  each('KiB, beyond code and data', line, (runs) => spread(runs.map(({ bytes }) => bytes / 1024)));
  console.log('');

  const middle = (name, key) => median(of(key)(found[name]));
  const keystrokes = found.ours.flatMap((run) => run.keys);
  const soon = keystrokes.filter((key) => key?.frames === 1).length;
  const most = Math.max(...found.ours.map((run) => Math.max(run.elements, run.elements_after)));
  const limits = [
    limit('every key is seen in the next frame', `${soon} of ${keystrokes.length}`, soon === keystrokes.length),
    limit(`at most ${MOST_ELEMENTS} elements`, String(most), most <= MOST_ELEMENTS),
  ];
  const rivals = NAMES.filter((name) => name !== 'ours');
  if (rivals.includes('glide')) {
    const part = middle('ours', 'mount_ms') / middle('glide', 'mount_ms');
    limits.push(limit('there sooner than Glide', `${part.toFixed(2)} of its time`, part < 1));
  }
  if (rivals.length > 0) {
    const own = middle('ours', 'long_frames');
    const best = Math.min(...rivals.map((name) => middle(name, 'long_frames')));
    limits.push(limit('no more long frames than the best rival', `${own} beside ${best}`, own <= best));
  }
  finish('grid', measured, limits);
}

const wasm = await wasmProgram('flightpath-bench-grid', { target: 'web', kind: '--lib' });
// Memory can be measured only in a page that shares it with no other.
const isolate = (_, response) => {
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
};
const server = await serve(wasm.folder, { intercept: isolate });
const profile = await newProfile();
// Else each measurement of memory waits for the next time that Chromium tidies up, up to a minute.
const browser = await openChromium(profile, { args: ['--enable-blink-features=ForceEagerMeasureMemory'] });
try {
  await makePages(wasm.folder);
  const found = Object.fromEntries(NAMES.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    const first = round % NAMES.length;
    for (const name of [...NAMES.slice(first), ...NAMES.slice(0, first)]) {
      if (name === 'jspreadsheet' && round >= ROUNDS_OF_SLOWEST) continue;
      found[name].push(await measure(browser, server.url, name));
    }
  }
  report(found);
} finally {
  await browser.close();
  await profile.remove();
  await server.close();
  await wasm.remove();
}
