// The start with a stored school, in real Chromium: from the beginning of the navigation to the
// first pupil's row on screen, at #/pupils, in a browser opened anew each time on the profile that
// holds the sample school.
//
// Two probes in the same rounds say what this machine takes at least: an empty page of the framework,
// from the beginning of its navigation to its paragraph on screen, and a page without a program
// that opens the same database and reads the same records, from the call of `open` alone (the
// stricter reading: the navigation is in the first probe already).
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { newProfile, openChromium } from '../tests/support/browsers.mjs';
import { trySample } from '../tests/support/school.mjs';
import { serve } from '../tests/support/server.mjs';
import { wasmProgram } from './support/compile.mjs';
import { DIST, finish, limit, median, ms, row, summary } from './support/measure.mjs';

const ROUNDS = 7;
const TIMES_THE_PROBES = 2;
const WAIT_MS = 60_000;
const PROBE_PAGE = '<!DOCTYPE html><meta charset="utf-8"><title>Probe</title>';
/** As our page brings its program: a script of its own, program and Wasm loaded ahead. */
const EMPTY_PAGE = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Empty</title>
<link rel="modulepreload" href="./bench.js"><link rel="preload" href="./bench_bg.wasm" as="fetch" type="application/wasm" crossorigin="anonymous">
<script defer src="./empty-boot.js"></script></head><body><div id="app"></div></body></html>`;
const EMPTY_BOOT = `(async () => {
  const [{ default: init }, response] = await Promise.all([
    import(new URL('./bench.js', document.baseURI).href),
    fetch('./bench_bg.wasm', { credentials: 'same-origin' }),
  ]);
  await init({ module_or_path: response });
})();`;

/**
 * In the page, before anything of its own: notes when something is in the document and when the
 * browser has put it on screen, and says so on the console. Nothing else is asked of the page until
 * then: whoever asks puts scripts into it, which run where its own ought to.
 */
function noteWhenSeen([selector, word]) {
  let there_ms;
  const watcher = new MutationObserver(() => {
    const element = document.querySelector(selector);
    if (!element) return;
    watcher.disconnect();
    there_ms = performance.now();
    element.setAttribute('elementtiming', word);
  });
  watcher.observe(document, { childList: true, subtree: true });
  new PerformanceObserver((list) => {
    const [entry] = list.getEntries().filter(({ identifier }) => identifier === word);
    if (!entry) return;
    window.seen = { there_ms, shown_ms: entry.renderTime };
    console.info(word);
  }).observe({ type: 'element', buffered: true });
}

/** In the page: opens the database and reads what a start reads before the first screen: some parts of the state, or all. */
async function readDatabase(parts) {
  const result = (request) =>
    new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  const since = performance.now();
  const database = await result(indexedDB.open('flightpath'));
  const transaction = database.transaction([...database.objectStoreNames], 'readonly');
  const shelves = ['meta', 'state', 'log'];
  const all = (shelf) => result(transaction.objectStore(shelf).getAll());
  const some = () => Promise.all(parts.map((key) => result(transaction.objectStore('state').get(key))));
  const read = await Promise.all(shelves.map((shelf) => (shelf === 'state' && parts ? some() : all(shelf))));
  const history = await result(transaction.objectStore('history').count());
  const took_ms = performance.now() - since;
  database.close();
  const found = { history };
  let bytes = 0;
  shelves.forEach((shelf, at) => {
    found[shelf] = read[at].length;
    for (const { body } of read[at]) bytes += body.byteLength;
  });
  return { took_ms, bytes, found };
}

/** A browser opened for one page and closed again. */
async function inNewBrowser(profile, body) {
  const context = await openChromium(profile);
  try {
    context.setDefaultTimeout(WAIT_MS);
    return await body(context.pages()[0] ?? (await context.newPage()), context);
  } finally {
    await context.close();
  }
}

function shown(profile, url, selector) {
  return inNewBrowser(profile, async (page, context) => {
    const word = 'seen by the benchmark';
    await context.addInitScript(noteWhenSeen, [selector, word]);
    const said = page.waitForEvent('console', (message) => message.text() === word);
    await page.goto(url, { waitUntil: 'commit' });
    await said;
    const { there_ms, shown_ms } = await page.evaluate(() => window.seen);
    const ran_ms = await page.evaluate(() => performance.getEntriesByName('flightpath-ran')[0]?.startTime ?? null);
    return { there_ms, shown_ms, ran_ms };
  });
}

const intercept = async (request, response, path) => {
  if (path !== '/probe.html') return false;
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(PROBE_PAGE);
  return true;
};
const empty = await wasmProgram('flightpath-bench-empty-page', { target: 'web', kind: '--bins' });
await writeFile(join(empty.folder, 'index.html'), EMPTY_PAGE);
await writeFile(join(empty.folder, 'empty-boot.js'), EMPTY_BOOT);
const server = await serve(DIST, { intercept });
const emptyServer = await serve(empty.folder);
const profile = await newProfile();
/** The keys of the parts that a start reads before all else, as the program notes them. */
let parts;
try {
  await inNewBrowser(profile, async (page) => {
    await page.goto(server.url);
    await trySample(page);
    // The log is folded into the state after it was saved; a later start finds it so.
    const until = performance.now() + WAIT_MS;
    let last;
    do {
      await page.waitForTimeout(250);
      last = await page.evaluate(readDatabase);
    } while ((last.found.log > 0 || last.found.state === 0) && performance.now() < until);
    parts = await page.evaluate(() => localStorage.getItem('flightpath.school-exists').split(','));
    if (last.found.log > 0) throw new Error(`the log was not folded: ${JSON.stringify(last.found)}`);
  });

  const probeDatabase = () =>
    inNewBrowser(profile, async (page) => {
      await page.goto(`${server.url}probe.html`);
      return page.evaluate(readDatabase, parts);
    });
  const openSchool = () => shown(profile, `${server.url}#/pupils`, '.table-frame tbody tr td');
  const openEmpty = () => shown(profile, emptyServer.url, '#app p');

  // Once unmeasured: the disk's cache holds the browser and the files from then on.
  await openEmpty();
  await probeDatabase();
  await openSchool();
  const times = { school: [], school_ran: [], school_there: [], empty: [], database: [] };
  let stored;
  for (let round = 0; round < ROUNDS; round += 1) {
    times.empty.push((await openEmpty()).shown_ms);
    stored = await probeDatabase();
    times.database.push(stored.took_ms);
    const school = await openSchool();
    times.school.push(school.shown_ms);
    times.school_there.push(school.there_ms);
    // The row can be there before the program's main function was noted to have come back.
    if (school.ran_ms !== null) times.school_ran.push(school.ran_ms);
  }

  const { bytes, found } = stored;
  console.log(`sample school stored in ${found.state} parts, ${(bytes / 1e6).toFixed(2)} MB read at the start (log: ${found.log} steps)`);
  const measured = { bytes, records: found };
  for (const [name, all] of Object.entries(times)) if (all.length > 0) measured[name] = summary(all);
  row('stored school, first pupil’s row on screen', measured.school);
  row('  of it until the row is in the document', measured.school_there);
  if (measured.school_ran) row('  of it until the program runs', measured.school_ran);
  row('probe: empty page of the framework on screen', measured.empty);
  row('probe: open the database and read as many bytes', measured.database);
  const probes = median(times.empty) + median(times.database);
  const ratio = median(times.school) / probes;
  const limits = [
    limit(`start at most ${TIMES_THE_PROBES} × the sum of the probes (${ms(probes)})`, `${ratio.toFixed(2)} ×`, ratio <= TIMES_THE_PROBES),
  ];
  finish('start', measured, limits);
} finally {
  await profile.remove();
  await emptyServer.close();
  await server.close();
  await empty.remove();
}
