// The long trial of everything that is promised about data: `cargo xtask soak [--part NAME] [--kills N] [--damages N]
// [--seed N] [--backend sqlite]`, and `--part power [--cuts N]` where a virtual machine is at hand (power.mjs). It tells
// what it did in tables, and fails where anything was lost, torn or shown as whole though it was not.
import { appendFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { damages } from './damage.mjs';
import { dice, openServer, table } from './harness.mjs';
import { kills, migrationKills } from './kills.mjs';
import { clocks, firefox, quota, tabs } from './others.mjs';
import { powerCuts } from './power.mjs';

const { values } = parseArgs({
  options: {
    part: { type: 'string', multiple: true },
    kills: { type: 'string', default: '500' },
    damages: { type: 'string', default: '204' },
    cuts: { type: 'string', default: '20' },
    seed: { type: 'string', default: '20261128' },
    backend: { type: 'string', default: 'present' },
    log: { type: 'string' },
  },
});
/** The database that Chromium is about to go over to. */
const FLAGS = values.backend === 'sqlite' ? ['--enable-features=IdbSqliteBackingStore,IdbSqliteOnDiskRollout'] : [];
const roll = dice(Number(values.seed));
const wanted = (part) => !values.part || values.part.includes(part);
/** How the kills are spread. */
const SHARES = { edits: 0.4, folding: 0.2, imports: 0.15, pastes: 0.1, migration: 0.15 };

const server = await openServer();
let failed = false;
const tell = async (text) => {
  console.log(text);
  if (values.log) await appendFile(values.log, `${text}\n`);
};
const wrongs = async (list) => {
  for (const wrong of list) await tell(`- ${wrong}`);
};

await tell(`## Soak: database ${values.backend}, seed ${values.seed}\n`);
try {
  if (wanted('kills')) {
    const rows = [];
    const wrong = [];
    for (const [kind, share] of Object.entries(SHARES)) {
      const rounds = Math.max(1, Math.round(Number(values.kills) * share));
      const result = kind === 'migration' ? await migrationKills(server, rounds, roll, FLAGS) : await kills(server, kind, rounds, roll, FLAGS);
      rows.push([kind, result.rounds, result.acknowledged, result.lost, result.torn, result.told]);
      wrong.push(...result.wrong);
      failed ||= result.lost + result.torn > 0;
      console.log(`${kind}: ${JSON.stringify({ ...result, wrong: undefined })}`);
    }
    await tell(`${table(['killed during', 'rounds', 'acknowledged', 'lost', 'torn', 'starts that told of a difference'], rows)}\n`);
    await wrongs(wrong);
  }
  if (wanted('damages')) {
    const results = await damages(server, Math.max(1, Math.round(Number(values.damages) / 3)), roll, FLAGS);
    const rows = results.map((one) => [one.places, one.rounds, one.whole, one.told, one.partly, one.silent, one.empty, one.failed ?? 0]);
    await tell(
      `${table(['damaged', 'rounds', 'all there again', 'told of it', 'a part, told so', 'a part shown as whole', 'a plain first screen', 'no answer'], rows)}\n`,
    );
    for (const one of results) {
      await wrongs(one.wrong);
      const both = one.places.includes(' and ');
      // Where one copy was left alone nothing may be missing; where both were harmed nothing may be shown as whole.
      failed ||= one.silent > 0 || (!both && one.whole < one.rounds);
    }
  }
  if (wanted('quota')) {
    const rounds = Math.max(2, Math.round(Number(values.kills) / 50));
    const one = await quota(server, rounds, roll, FLAGS);
    await tell(`${table(['full disk: rounds', 'told', 'exported', 'unchanged', 'saved later'], [[one.rounds, one.told, one.exported, one.intact, one.savedLater]])}\n`);
    await wrongs(one.wrong);
    failed ||= one.wrong.length > 0;
  }
  if (wanted('tabs')) {
    const edits = Math.max(50, Math.round(Number(values.kills) * 2));
    const one = await tabs(server, edits, FLAGS);
    const seen = [...one.seen_ms].sort((a, b) => a - b);
    await tell(
      `${table(['two tabs: edits', 'acknowledged before the crash', 'lost', 'seen in the other tab after (median, longest)'], [[one.edits, one.acknowledged, one.lost, `${seen[seen.length >> 1]} ms, ${seen.at(-1)} ms`]])}\n`,
    );
    await wrongs(one.wrong);
    failed ||= one.wrong.length > 0 || seen.at(-1) > 200;
  }
  if (wanted('clocks')) {
    const one = await clocks(server, 5, FLAGS);
    await tell(`${table(['wrong clocks: edits', 'lost'], [[one.rounds, one.lost]])}\n`);
    await wrongs(one.wrong);
    failed ||= one.wrong.length > 0;
  }
  if (wanted('firefox')) {
    const rounds = Math.max(2, Math.round(Number(values.kills) / 50));
    const one = await firefox(server, rounds);
    await tell(`${table(['Firefox: kills', 'acknowledged', 'lost', 'starts that told of a difference'], [[one.rounds, one.acknowledged, one.lost, one.told]])}\n`);
    await wrongs(one.wrong);
    failed ||= one.wrong.length > 0;
  }
  if (values.part?.includes('power')) {
    const one = await powerCuts(Number(values.cuts), roll);
    await tell(`${table(['power cut: rounds', 'acknowledged', 'lost', 'starts that told of a difference'], [[one.rounds, one.acknowledged, one.lost, one.told]])}\n`);
    await wrongs(one.wrong);
    failed ||= one.wrong.length > 0;
  }
} finally {
  await server.close();
}
process.exit(failed ? 1 : 0);
