// The rules of a whole tracking event: 2,000 pupils with 12 subjects each under the bilingual
// policy, every judgement and every rule, reasons off; natively, and in Wasm compiled as the program
// is. Beside it json-rules-engine and the GoRules Zen engine (Rust, native) doing one of the rules, the
// subject trigger, on the same cells, with everything that the rule compares prepared for them. Zen is
// asked one cell after the other and, as suits it better, for all cells at once, which takes every core;
// its ready-made engine is had for Linux on x64 alone, so elsewhere its rows are left out.
// Wasm and rivals run in Node's V8, the engine of Chromium, in turns; the native runs lie between them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { Engine } from 'json-rules-engine';

import { nativeProgram, wasmProgram } from './support/compile.mjs';
import { finish, limit, median, row, summary } from './support/measure.mjs';

const PACKAGE = 'flightpath-bench-rules';
const ROUNDS = 7;
/** Of ours in each round: 56 runs in all. */
const RUNS_A_ROUND = 8;
const TIMES_FASTER = 40;
const PARTS_OF_EVENT = 100;

/** The subject trigger as a decision table, which is how Zen's own editor writes a rule. */
function zenDecision() {
  let zen;
  try {
    zen = createRequire(import.meta.url)('@gorules/zen-engine-linux-x64-gnu');
  } catch {
    return null;
  }
  const content = {
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
  return new zen.ZenEngine().createDecision(new zen.ZenDecisionContent(content));
}

const run = promisify(execFile);
const native = await nativeProgram(PACKAGE);
const ask = async (what) => JSON.parse((await run(native, [what], { maxBuffer: 1 << 28 })).stdout);
const facts = await ask('facts');
const wasm = await wasmProgram(PACKAGE, { target: 'nodejs', kind: '--lib' });
try {
  const { Rules } = createRequire(import.meta.url)(join(wasm.folder, wasm.script));
  const ours = Rules.made_up();
  assert.ok(ours, 'the event cannot be made up');

  // Off target and two grades below, or below the floor.
  const rule = {
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
  const rival = new Engine([rule]);
  const rivalRun = async () => {
    const fires = [];
    for (const { off_target, below, current, floor } of facts) {
      const { events } = await rival.run({ off_target, below, current, floor });
      fires.push(events.length > 0);
    }
    return fires;
  };

  const zen = zenDecision();
  const cells = facts.map(({ off_target, below, current, floor }) => ({ off_target, below, current, floor }));
  const zenOneByOne = async () => {
    const fires = [];
    for (const cell of cells) fires.push((await zen.evaluate(cell)).result.fires);
    return fires;
  };
  const zenAtOnce = async () => {
    const answers = await Promise.all(cells.map((cell) => zen.evaluate(cell)));
    return answers.map(({ result }) => result.fires);
  };

  // All must have done the work: the same cells, none more and none fewer. It warms them, too.
  const expected = facts.map(({ fires }) => fires);
  assert.deepEqual(await rivalRun(), expected, 'json-rules-engine disagrees');
  const rivals = [['rival', rivalRun]];
  if (zen) {
    assert.deepEqual(await zenOneByOne(), expected, 'Zen disagrees');
    assert.deepEqual(await zenAtOnce(), expected, 'Zen, all at once, disagrees');
    rivals.push(['zen', zenOneByOne], ['zen_at_once', zenAtOnce]);
  }
  for (let warm = 0; warm < RUNS_A_ROUND; warm += 1) ours.whole();
  for (let warm = 0; warm < RUNS_A_ROUND; warm += 1) ours.one_by_one();
  const fired = facts.filter(({ fires }) => fires).length;
  assert.equal(ours.fired(), fired, 'Wasm disagrees');

  const times = { native: [], native_pupil: [], wasm: [], wasm_pupil: [], ...Object.fromEntries(rivals.map(([name]) => [name, []])) };
  const timed = (work) => {
    const since = performance.now();
    work();
    return performance.now() - since;
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, work] of rivals) {
      const since = performance.now();
      await work();
      times[name].push(performance.now() - since);
    }
    for (let again = 0; again < RUNS_A_ROUND; again += 1) times.wasm.push(timed(() => ours.whole()));
    for (let again = 0; again < RUNS_A_ROUND; again += 1) {
      times.wasm_pupil.push(timed(() => ours.one_by_one()) / Rules.pupils());
    }
    const answer = await ask(String(RUNS_A_ROUND));
    assert.equal(answer.fired, fired, 'the native run disagrees');
    times.native.push(...answer.whole_ms);
    times.native_pupil.push(...answer.pupil_ms);
  }

  console.log(`2,000 pupils × 12 subjects, bilingual policy; the subject trigger fires in ${fired} of ${facts.length} cells`);
  const measured = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, summary(all)]));
  row('whole event, all rules, native', measured.native);
  row('whole event, all rules, Wasm in Node', measured.wasm);
  row('json-rules-engine, the subject trigger alone, Node', measured.rival);
  if (zen) {
    row('Zen, the subject trigger alone, cell by cell', measured.zen);
    row('Zen, the subject trigger alone, all at once', measured.zen_at_once);
  }
  row('one pupil (mean of all 2,000), native', measured.native_pupil);
  row('one pupil (mean of all 2,000), Wasm in Node', measured.wasm_pupil);
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
  await wasm.remove();
}
