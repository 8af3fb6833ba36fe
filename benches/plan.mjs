// Planning an import of 2,000 rows and 80 columns in real Chromium: how long it takes, and how long
// the page hears nothing meanwhile.
//
// A heartbeat in the page (a message to itself, again and again) notes the longest time between two
// beats from the choice that makes a plan necessary until the plan is there. The probe is the same
// page left alone for as long.
import { newProfile, openChromium } from '../tests/support/browsers.mjs';
import { serve } from '../tests/support/server.mjs';
import { DIST, finish, limit, median, ms, row, summary } from './support/measure.mjs';

const PUPILS = 2_000;
const SUBJECTS = 26;
const ROUNDS = 7;
/** What browsers call a long task: from then on a key press is felt to wait. */
const LONGEST_SILENCE_MS = 50;
const WAIT_MS = 60_000;

const pupilNumbers = Array.from({ length: PUPILS }, (_, index) => index + 1);
const lines = (all) => `${all.map((fields) => fields.join(',')).join('\r\n')}\r\n`;

function list() {
  const rows = pupilNumbers.map((number) => [number, `Surname${number}`, `Forename${number % 97}`, 7 + (number % 5)]);
  return lines([['Admission number', 'Surname', 'Forename', 'Year group'], ...rows]);
}

/** Two columns that say who it is, and three of each subject: 80. */
function results() {
  const subjects = Array.from({ length: SUBJECTS }, (_, index) => `Subject ${String.fromCharCode(65 + index)}`);
  const headers = subjects.flatMap((subject) => [`${subject} target`, `${subject} predicted`, `${subject} AtL`]);
  const rows = pupilNumbers.map((number) => [
    number,
    `Surname${number}`,
    ...headers.map((_, column) => (column % 3 === 2 ? 1 + ((number + column) % 5) : 1 + ((number * 7 + column * 3) % 9))),
  ]);
  return lines([['Admission number', 'Surname', ...headers], ...rows]);
}

const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

/** In the page: beats until `until` holds or the time is over; the longest silence. */
function heartbeat() {
  window.beats = (until, most_ms) =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      const since = performance.now();
      let last = since;
      let longest_ms = 0;
      port1.onmessage = () => {
        const now = performance.now();
        longest_ms = Math.max(longest_ms, now - last);
        last = now;
        if (until() || now - since > most_ms) done({ longest_ms, took_ms: now - since });
        else port2.postMessage(0);
      };
      port2.postMessage(0);
    });
  const busy = () => document.querySelector('section[aria-busy="true"]') !== null;
  /** Says of another event that the results are of, and waits for the plan. */
  window.planAnew = async (event) => {
    const input = document.querySelector('input[list="import-events"]');
    input.value = event;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    let begun = false;
    return window.beats(() => {
      begun ||= busy();
      return begun && !busy();
    }, 60_000);
  };
}

const server = await serve(DIST);
const profile = await newProfile();
let context;
try {
  context = await openChromium(profile);
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(WAIT_MS);
  await page.goto(`${server.url}#/exchange/import`);
  const choose = (...chosen) => page.getByLabel('Choose files').setInputFiles(file(...chosen));
  await choose('pupils.csv', list());
  await page.getByRole('button', { name: 'Apply import' }).click();
  await page.getByText(/pupils\.csv is in: /).waitFor();
  await choose('results.csv', results());
  await page.getByText(/results\.csv, 2000 rows/).waitFor();
  await page.evaluate(heartbeat);

  const times = { planned: [], silence: [], left_alone: [] };
  // Once unmeasured, so that the program is compiled.
  await page.evaluate(() => window.planAnew('Trial'));
  for (let round = 0; round < ROUNDS; round += 1) {
    const { longest_ms, took_ms } = await page.evaluate((event) => window.planAnew(event), `Event ${round}`);
    times.planned.push(took_ms);
    times.silence.push(longest_ms);
    const alone = await page.evaluate((most_ms) => window.beats(() => false, most_ms), took_ms);
    times.left_alone.push(alone.longest_ms);
  }
  // What was planned is what a person would see: every pupil changes in every column.
  await page.getByText(`results.csv, ${PUPILS} rows: 0 new pupils, ${PUPILS} changed; 0 rows the same, 0 refused.`).waitFor();

  const measured = {};
  for (const [name, all] of Object.entries(times)) measured[name] = summary(all);
  row(`plan of ${PUPILS} × ${2 + 3 * SUBJECTS}`, measured.planned);
  row('longest time the page heard nothing meanwhile', measured.silence);
  row('probe: the same page left alone', measured.left_alone);
  const silence = median(times.silence);
  finish('plan', measured, [
    limit(`planned with the page responsive: no silence over ${LONGEST_SILENCE_MS} ms`, ms(silence), silence <= LONGEST_SILENCE_MS),
  ]);
} finally {
  await context?.close();
  await profile.remove();
  await server.close();
}
