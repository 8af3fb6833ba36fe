// Reading a CSV of 2,000 rows and 80 columns in real Chromium: the import worker of the built
// program, started from a blob as the page starts it, beside PapaParse with headers in the page.
//
// Warm: one worker and one PapaParse read the file again and again. First file: each time a new
// worker (the program starts one for every file) and a PapaParse evaluated anew, as somebody meets
// both who imports one list. Parsing is from text to rows; whole is from handing over the bytes to
// having the answer in the page, decoding included, for us also the way to the worker and back. What
// both gave is compared cell by cell.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { newProfile, openChromium } from '../tests/support/browsers.mjs';
import { serve } from '../tests/support/server.mjs';
import { DIST, ROOT, finish, limit, median, row, summary } from './support/measure.mjs';

const ROWS = 2_000;
const COLUMNS = 80;
const ROUNDS = 15;
const TIMES_FASTER = 5;

/** A made-up export: who the pupils are, then four columns a subject. The same text every time. */
function madeUp() {
  let state = 20_260_209;
  const draw = (list) => {
    // Numerical Recipes' generator; its higher bits are chance enough for a list.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return list[Math.floor((state / 2 ** 32) * list.length)];
  };
  const surnames = ['García', 'O’Neill', 'Smith-Jones', 'Patel', 'Núñez', 'Brown', 'Li', 'Achebe'];
  const first = ['Ana', 'Ben', 'Chidi', 'Dolores', 'Eve', 'Fátima', 'George', 'Hana'];
  const grades = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'U', '4-', '5+', ''];
  const lines = [];
  const headers = ['Ref', 'Name', 'Form', 'Note'];
  for (let subject = 1; headers.length < COLUMNS; subject += 1) {
    headers.push(`Subject ${subject} target`, `Subject ${subject} current`, `Subject ${subject} predicted`, `Subject ${subject} AtL`);
  }
  lines.push(headers.slice(0, COLUMNS).join(','));
  for (let pupil = 1; pupil <= ROWS; pupil += 1) {
    const fields = [
      `P${String(pupil).padStart(5, '0')}`,
      `"${draw(surnames)}, ${draw(first)}"`,
      `${draw(['7', '8', '9', '10', '11'])}${draw(['A', 'B', 'C', 'D'])}`,
      draw(['', 'Glasses', '"Said ""later"", then left"']),
    ];
    while (fields.length < COLUMNS) fields.push(draw(grades));
    lines.push(fields.join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** In the page: what the rounds need, on `window.bench`. */
function prepare({ text, columns }) {
  const encoded = new TextEncoder().encode(text);
  const address = (name) => JSON.stringify(new URL(name, document.baseURI).href);
  // As src/platform/worker.rs has it.
  const bootstrap = () => `importScripts(${address('flightpath-worker.js')});
    wasm_bindgen({ module_or_path: ${address('flightpath-worker_bg.wasm')} }).catch(() => postMessage(''));`;

  const startWorker = () =>
    new Promise((done, failed) => {
      const url = URL.createObjectURL(new Blob([bootstrap()], { type: 'text/javascript' }));
      const worker = new Worker(url);
      worker.onerror = (event) => failed(new Error(`the worker did not start: ${event.message}`));
      worker.onmessage = ({ data }) => {
        URL.revokeObjectURL(url);
        if (data && JSON.parse(data).ready) done(worker);
        else failed(new Error(`the worker said ${data}`));
      };
    });
  const read = (worker) =>
    new Promise((done, failed) => {
      const buffer = encoded.slice().buffer;
      const since = performance.now();
      worker.onerror = (event) => failed(new Error(`the worker broke: ${event.message}`));
      worker.onmessage = ({ data }) => {
        const now = performance.now();
        // The table is told by its beginning: unpacking it would be part of the time.
        if (data.startsWith('{"progress"')) return;
        const reply = JSON.parse(data);
        if (!reply.table) failed(new Error(`the worker said ${Object.keys(reply)}`));
        else done({ whole_ms: now - since, parsing_ms: reply.table.reading_us / 1000, table: reply.table.table });
      };
      worker.postMessage([JSON.stringify({ id: 1, ask: { read: { options: {} } } }), buffer], [buffer]);
    });
  const papa = () => {
    const since = performance.now();
    const decoded = new TextDecoder().decode(encoded);
    const parsing = performance.now();
    const { data, errors } = window.Papa.parse(decoded, { header: true, skipEmptyLines: true });
    const now = performance.now();
    if (errors.length > 0) throw new Error(`PapaParse: ${errors[0].message}`);
    return { whole_ms: now - since, parsing_ms: now - parsing, data };
  };

  /** Our cells, taken out of the packed table: lengths in bytes, one after the other. */
  const cells = (table) => {
    const bytes = new TextEncoder().encode(table.text);
    const decoder = new TextDecoder();
    let start = 0;
    const all = table.cell_ends.map((length) => {
      const cell = decoder.decode(bytes.subarray(start, start + length));
      start += length;
      return cell;
    });
    return table.rows.map(({ first_cell }) => all.slice(first_cell, first_cell + columns));
  };
  const times = ({ whole_ms, parsing_ms }) => ({ whole_ms, parsing_ms });
  let kept;
  window.bench = {
    bytes: encoded.length,
    warm: async () => {
      kept ??= await startWorker();
      return times(await read(kept));
    },
    first: async () => {
      const since = performance.now();
      const worker = await startWorker();
      const started_ms = performance.now() - since;
      const answer = await read(worker);
      worker.terminate();
      return { ...times(answer), whole_ms: answer.whole_ms + started_ms };
    },
    papa: () => times(papa()),
    differences: async () => {
      const worker = await startWorker();
      const { table } = await read(worker);
      worker.terminate();
      const { data } = papa();
      const found = [];
      const ours = cells(table);
      if (ours.length !== data.length) found.push(`${ours.length} rows and ${data.length}`);
      data.forEach((record, at) => {
        table.headers.forEach((header, column) => {
          if (ours[at]?.[column] !== record[header]) found.push(`row ${at}, ${header}: ${ours[at]?.[column]} and ${record[header]}`);
        });
      });
      return { found: found.slice(0, 5), rows: ours.length, columns: table.headers.length };
    },
  };
}

const papaSource = await readFile(join(ROOT, 'node_modules', 'papaparse', 'papaparse.min.js'), 'utf8');
const server = await serve(DIST);
const profile = await newProfile();
let context;
try {
  context = await openChromium(profile);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(server.url);
  await page.waitForFunction(() => performance.getEntriesByName('flightpath-ran').length > 0);
  // Both go in through the debugging protocol, which the page's policy does not reach.
  const evaluatePapa = () => page.evaluate(`${papaSource};0`);
  await evaluatePapa();
  await page.evaluate(prepare, { text: madeUp(), columns: COLUMNS });
  const { found, rows, columns } = await page.evaluate(() => window.bench.differences());
  assert.deepEqual(found, [], 'the two read different cells (ours first)');
  assert.deepEqual({ rows, columns }, { rows: ROWS, columns: COLUMNS });

  const times = { warm: [], papa_warm: [], first: [], papa_first: [] };
  // Warm on both sides before anything counts.
  for (let again = 0; again < 5; again += 1) {
    await page.evaluate(() => window.bench.warm());
    await page.evaluate(() => window.bench.papa());
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    times.warm.push(await page.evaluate(() => window.bench.warm()));
    times.papa_warm.push(await page.evaluate(() => window.bench.papa()));
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    times.first.push(await page.evaluate(() => window.bench.first()));
    await evaluatePapa();
    times.papa_first.push(await page.evaluate(() => window.bench.papa()));
  }

  const bytes = await page.evaluate(() => window.bench.bytes);
  console.log(`CSV of ${ROWS} × ${COLUMNS}, ${(bytes / 1000).toFixed(0)} KB, in Chromium ${context.browser()?.version() ?? ''}`);
  const measured = { bytes };
  const names = {
    warm: 'import worker, warm',
    papa_warm: 'PapaParse with headers, warm',
    first: 'import worker, first file of a new worker',
    papa_first: 'PapaParse with headers, first file',
  };
  for (const part of ['parsing_ms', 'whole_ms']) {
    for (const [key, name] of Object.entries(names)) {
      const all = summary(times[key].map((time) => time[part]));
      measured[`${key}_${part.replace('_ms', '')}`] = all;
      row(`${name}: ${part === 'parsing_ms' ? 'parsing' : 'whole'}`, all);
    }
  }
  const ratio = (ours, rival, part) => median(times[rival].map((time) => time[part])) / median(times[ours].map((time) => time[part]));
  console.log(`whole, bytes handed over to answer in the page: warm ${ratio('warm', 'papa_warm', 'whole_ms').toFixed(1)} ×, first file ${ratio('first', 'papa_first', 'whole_ms').toFixed(1)} × (with the start of the worker; no limit)`);
  const limits = [];
  for (const [name, ours, rival] of [
    ['warm', 'warm', 'papa_warm'],
    ['first file', 'first', 'papa_first'],
  ]) {
    const faster = ratio(ours, rival, 'parsing_ms');
    limits.push(limit(`parsed at least ${TIMES_FASTER} × as fast as PapaParse with headers, ${name}`, `${faster.toFixed(1)} ×`, faster >= TIMES_FASTER));
  }
  finish('csv', measured, limits);
} finally {
  await context?.close();
  await profile.remove();
  await server.close();
}
