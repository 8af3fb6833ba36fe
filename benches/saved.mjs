// From the keystroke to *saved*, beside the probes that its limit names, in one run and one browser: one strict
// IndexedDB transaction, and one flushed append to a file of the browser's own.
import { newProfile, openChromium } from '../tests/support/browsers.mjs';
import { started } from '../tests/support/journey.mjs';
import { folded, trySample } from '../tests/support/school.mjs';
import { serve } from '../tests/support/server.mjs';
import { DIST, finish, limit, ms } from './support/measure.mjs';

const EDITS = 300;
const FACTOR = 5;

/** Types names of the school into Settings; each time from the event of the field to the word *saved* in the page. */
const typing = async (edits) => {
  const input = [...document.querySelectorAll('label.field')]
    .find((label) => label.textContent.includes('Name of the school'))
    .querySelector('input');
  const state = document.querySelector('.saved');
  const times = [];
  for (let now = 0; now < edits; now += 1) {
    await new Promise((done) => setTimeout(done, 10));
    input.value = `School ${now}`;
    const begun = performance.now();
    // The program says *saving* at once and *saved* when both copies hold it; nothing is polled.
    const saved = new Promise((done) => {
      let saving = false;
      const watcher = new MutationObserver(() => {
        if (state.dataset.state === 'saving') saving = true;
        else if (saving) {
          watcher.disconnect();
          done(performance.now());
        }
      });
      watcher.observe(state, { attributes: true, attributeFilter: ['data-state'] });
    });
    input.dispatchEvent(new Event('change', { bubbles: true }));
    times.push((await saved) - begun);
  }
  return times;
};

/** What the limit is a multiple of: a strict transaction of a record as large as a step, and a flushed append of it. */
const probes = async ([edits, bytes]) => {
  const body = new Uint8Array(bytes).fill(97);
  const opening = indexedDB.open('probe', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('log', { keyPath: 'key' });
  const database = await new Promise((done) => (opening.onsuccess = () => done(opening.result)));
  const transactions = [];
  for (let key = 1; key <= edits; key += 1) {
    await new Promise((done) => setTimeout(done, 10));
    const begun = performance.now();
    const transaction = database.transaction('log', 'readwrite', { durability: 'strict' });
    transaction.objectStore('log').add({ key, body });
    await new Promise((done) => (transaction.oncomplete = done));
    transactions.push(performance.now() - begun);
  }
  database.close();
  const program = `
    onmessage = async ({ data: [edits, bytes] }) => {
      const root = await navigator.storage.getDirectory();
      const file = await (await root.getFileHandle('probe', { create: true })).createSyncAccessHandle();
      const body = new Uint8Array(bytes).fill(97);
      const times = [];
      for (let at = 0; at < edits; at += 1) {
        await new Promise((done) => setTimeout(done, 10));
        const begun = performance.now();
        file.write(body, { at: file.getSize() });
        file.flush();
        times.push(performance.now() - begun);
      }
      file.close();
      postMessage(times);
    };`;
  const worker = new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })));
  worker.postMessage([edits, bytes]);
  const appends = await new Promise((done) => (worker.onmessage = ({ data }) => done(data)));
  worker.terminate();
  return { transactions, appends };
};

const at = (times, share) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
const both = (times) => ({ p50_ms: at(times, 0.5), p95_ms: at(times, 0.95) });

const server = await serve(DIST);
const profile = await newProfile();
const context = await openChromium(profile);
try {
  const page = context.pages()[0];
  await page.goto(server.url);
  await started(page);
  await trySample(page);
  await folded(page);
  await page.goto(`${server.url}#/settings`);
  await page.getByLabel('Name of the school').waitFor();
  // The parts that come after the start, and the snapshot of the day, are no part of an edit.
  await page.waitForTimeout(5000);
  const bytes = 640;
  // One after the other and again, so that neither has the warmer disk.
  const typed = [];
  const probed = { transactions: [], appends: [] };
  for (let round = 0; round < 3; round += 1) {
    const found = await page.evaluate(probes, [EDITS / 3, bytes]);
    probed.transactions.push(...found.transactions);
    probed.appends.push(...found.appends);
    typed.push(...(await page.evaluate(typing, EDITS / 3)));
    await page.evaluate(() => new Promise((done) => (indexedDB.deleteDatabase('probe').onsuccess = done)));
  }
  const measured = { saved: both(typed), transaction: both(probed.transactions), append: both(probed.appends) };
  for (const [name, { p50_ms, p95_ms }] of Object.entries(measured)) {
    console.log(`${name.padEnd(14)} p50 ${ms(p50_ms).padStart(10)}   p95 ${ms(p95_ms).padStart(10)}`);
  }
  const probe = measured.transaction.p95_ms + measured.append.p95_ms;
  const times = measured.saved.p95_ms / probe;
  finish('saved', measured, [
    limit(`keystroke to saved at p95 at most ${FACTOR} times the two probes`, `${ms(measured.saved.p95_ms)}, ${times.toFixed(2)} times ${ms(probe)}`, times <= FACTOR),
  ]);
} finally {
  await context.close();
  await profile.remove();
  await server.close();
}
