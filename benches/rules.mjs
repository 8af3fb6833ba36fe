// The rules of a whole tracking event: 2,000 pupils with 12 subjects each under the bilingual
// policy, every judgement and every rule, reasons off; natively, and in Chromium as Wasm that is
// compiled as the program is. Beside it json-rules-engine, in the same page, and the GoRules Zen
// engine (Rust, native in Node) do one of the rules, the subject trigger, on the same cells, with
// everything that the rule compares prepared for them. Zen is asked one cell after the other and,
// as suits it better, for all cells at once, which takes every core; its ready-made engine is had
// for Linux on x64 alone, so elsewhere its rows are left out. All take turns.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { newProfile, openChromium } from '../tests/support/browsers.mjs';
import { serve } from '../tests/support/server.mjs';
import { collect, inPage } from './support/commonjs.mjs';
import { nativeProgram, wasmProgram } from './support/compile.mjs';
import { finish, limit, median, row, summary } from './support/measure.mjs';

const PACKAGE = 'flightpath-bench-rules';
const PUPILS = 2_000;
const ROUNDS = 7;
/** Of ours in each round: 56 runs in all. */
const RUNS_A_ROUND = 8;
const TIMES_FASTER = 40;
const PARTS_OF_EVENT = 100;

/** Off target and two grades below, or below the floor. */
const RULE = {
  conditions: {
    any: [
      {
        all: [
          { fact: 'off_target', operator: 'equal', value: true },
          { fact: 'below', operator: 'greaterThanInclusive', value: 2 },
        ],
      },
      { fact: 'current', operator: 'lessThan', value: { fact: 'floor' } },
    ],
  },
  event: { type: 'subject' },
};

/** The same rule as a decision table, which is how Zen's own editor writes it. */
const TABLE = {
  nodes: [
    { id: 'in', type: 'inputNode', name: 'cell', position: { x: 0, y: 0 } },
    {
      id: 'table',
      type: 'decisionTableNode',
      name: 'subject trigger',
      position: { x: 0, y: 0 },
      content: {
        hitPolicy: 'first',
        inputs: [
          { id: 'off', name: 'off target', field: 'off_target' },
          { id: 'below', name: 'grades below', field: 'below' },
          { id: 'above_floor', name: 'above the floor', field: 'current - floor' },
        ],
        outputs: [{ id: 'fires', name: 'fires', field: 'fires' }],
        rules: [
          { _id: 'below', off: 'true', below: '>= 2', above_floor: '', fires: 'true' },
          { _id: 'floor', off: '', below: '', above_floor: '< 0', fires: 'true' },
          { _id: 'else', off: '', below: '', above_floor: '', fires: 'false' },
        ],
      },
    },
    { id: 'out', type: 'outputNode', name: 'answer', position: { x: 0, y: 0 } },
  ],
  edges: [
    { id: '1', type: 'edge', sourceId: 'in', targetId: 'table' },
    { id: '2', type: 'edge', sourceId: 'table', targetId: 'out' },
  ],
};

function zenDecision() {
  let zen;
  try {
    zen = createRequire(import.meta.url)('@gorules/zen-engine-linux-x64-gnu');
  } catch {
    return null;
  }
  return new zen.ZenEngine().createDecision(new zen.ZenDecisionContent(TABLE));
}

/** In the page: both, warm, on `window.bench`; whether they agree with the native program. */
async function prepare({ cells, rule, warm }) {
  const { default: start, Rules } = await import('./bench.js');
  await start();
  const ours = Rules.made_up();
  const engine = new window.rival.Engine([rule]);
  const ask = async () => {
    const fires = [];
    for (const cell of cells) fires.push((await engine.run(cell)).events.length > 0);
    return fires;
  };
  window.bench = { ours, ask, pupils: Rules.pupils() };
  for (let time = 0; time < warm; time += 1) {
    ours.whole();
    ours.one_by_one();
  }
  return { fired: ours.fired(), fires: await ask(), pupils: Rules.pupils() };
}

/** In the page: `runs` times of one of the two, in milliseconds. */
async function timed({ what, runs }) {
  const { ours, ask } = window.bench;
  const work = { whole: () => ours.whole(), pupil: () => ours.one_by_one(), rival: ask }[what];
  const times_ms = [];
  for (let run = 0; run < runs; run += 1) {
    const since = performance.now();
    await work();
    times_ms.push(performance.now() - since);
  }
  return times_ms;
}

const run = promisify(execFile);
const native = await nativeProgram(PACKAGE);
const ask = async (what) => JSON.parse((await run(native, [what], { maxBuffer: 1 << 28 })).stdout);
const facts = await ask('facts');
const cells = facts.map(({ off_target, below, current, floor }) => ({ off_target, below, current, floor }));
const expected = facts.map(({ fires }) => fires);
const fired = expected.filter(Boolean).length;

const zen = zenDecision();
const zenOneByOne = async () => {
  const fires = [];
  for (const cell of cells) fires.push((await zen.evaluate(cell)).result.fires);
  return fires;
};
const zenAtOnce = async () => {
  const answers = await Promise.all(cells.map((cell) => zen.evaluate(cell)));
  return answers.map(({ result }) => result.fires);
};
const zens = zen ? [['zen', zenOneByOne], ['zen_at_once', zenAtOnce]] : [];

const wasm = await wasmProgram(PACKAGE, { target: 'web', kind: '--lib' });
await writeFile(join(wasm.folder, 'index.html'), '<!doctype html><title>Rules</title>');
const server = await serve(wasm.folder);
const profile = await newProfile();
const browser = await openChromium(profile);
try {
  const page = browser.pages()[0] ?? (await browser.newPage());
  await page.goto(server.url);
  await page.evaluate(`window.rival = (${inPage})(${JSON.stringify(collect('json-rules-engine'))})`);

  // All must have done the work: the same cells, none more and none fewer. It warms them, too.
  const answers = await page.evaluate(prepare, { cells, rule: RULE, warm: RUNS_A_ROUND });
  assert.equal(answers.pupils, PUPILS);
  assert.equal(answers.fired, fired, 'Wasm disagrees');
  assert.deepEqual(answers.fires, expected, 'json-rules-engine disagrees');
  for (const [name, work] of zens) assert.deepEqual(await work(), expected, `${name} disagrees`);

  const times = { native: [], native_pupil: [], wasm: [], wasm_pupil: [], rival: [] };
  for (const [name] of zens) times[name] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    times.rival.push(...(await page.evaluate(timed, { what: 'rival', runs: 1 })));
    for (const [name, work] of zens) {
      const since = performance.now();
      await work();
      times[name].push(performance.now() - since);
    }
    times.wasm.push(...(await page.evaluate(timed, { what: 'whole', runs: RUNS_A_ROUND })));
    const pupils = await page.evaluate(timed, { what: 'pupil', runs: RUNS_A_ROUND });
    times.wasm_pupil.push(...pupils.map((all) => all / PUPILS));
    const answer = await ask(String(RUNS_A_ROUND));
    assert.equal(answer.fired, fired, 'the native run disagrees');
    times.native.push(...answer.whole_ms);
    times.native_pupil.push(...answer.pupil_ms);
  }

  console.log(`2,000 pupils × 12 subjects, bilingual policy; the subject trigger fires in ${fired} of ${facts.length} cells`);
  const measured = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, summary(all)]));
  row('whole event, all rules, native', measured.native);
  row('whole event, all rules, Wasm in Chromium', measured.wasm);
  row('json-rules-engine, one rule, Chromium', measured.rival);
  if (zen) {
    row('Zen, one rule, native, cell by cell', measured.zen);
    row('Zen, one rule, native, all at once', measured.zen_at_once);
  }
  row('one pupil (mean of all 2,000), native', measured.native_pupil);
  row('one pupil (mean of all 2,000), Wasm in Chromium', measured.wasm_pupil);
  const limits = [];
  for (const [name, whole, pupil] of [
    ['native', times.native, times.native_pupil],
    ['Wasm', times.wasm, times.wasm_pupil],
  ]) {
    const faster = median(times.rival) / median(whole);
    limits.push(limit(`${name}: at least ${TIMES_FASTER} × as fast as json-rules-engine`, `${faster.toFixed(0)} ×`, faster >= TIMES_FASTER));
    if (zen) {
      const times_zen = Math.min(median(times.zen), median(times.zen_at_once)) / median(whole);
      limits.push(limit(`${name}: faster than Zen, however it is asked`, `${times_zen.toFixed(0)} ×`, times_zen > 1));
    }
    const part = median(whole) / median(pupil);
    limits.push(limit(`${name}: a keystroke in at most 1/${PARTS_OF_EVENT} of the event`, `1/${part.toFixed(0)}`, part >= PARTS_OF_EVENT));
  }
  finish('rules', measured, limits);
} finally {
  await browser.close();
  await profile.remove();
  await server.close();
  await wasm.remove();
}
