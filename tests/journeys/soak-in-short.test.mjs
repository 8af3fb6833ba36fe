// A few rounds of the long trial (`cargo xtask soak`), so that a change that breaks a promise shows at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { damages } from '../soak/damage.mjs';
import { dice, openServer } from '../soak/harness.mjs';
import { kills, migrationKills } from '../soak/kills.mjs';
import { clocks, quota, tabs } from '../soak/others.mjs';

/** The same blows each time, as far as a browser allows: others are the long trial's, or another seed's. */
const SEED = Number(process.env.SOAK_SEED ?? 20_261_128);

const soak = (name, body) =>
  test(name, { timeout: 300_000 }, async (context) => {
    context.diagnostic(`SOAK_SEED=${SEED}`);
    const server = await openServer();
    try {
      await body(server, dice(SEED));
    } finally {
      await server.close();
    }
  });

for (const [kind, rounds] of [['edits', 5], ['folding', 4], ['imports', 3], ['pastes', 2]]) {
  soak(`Nothing that was shown as saved is lost when the browser is killed: ${kind}`, async (server, roll) => {
    const result = await kills(server, kind, rounds, roll);
    assert.deepEqual(result.wrong, []);
    assert.ok(result.acknowledged >= rounds / 2, `work did stream in: ${result.acknowledged}`);
  });
}

soak('A school of the release before is there, also when the browser is killed while it is taken over', async (server, roll) => {
  assert.deepEqual((await migrationKills(server, 4, roll)).wrong, []);
});

soak('Damage to the files of either copy costs nothing, to both is never shown as whole', async (server, roll) => {
  for (const result of await damages(server, 4, roll)) {
    assert.equal(result.silent, 0, result.wrong.join('\n'));
    if (!result.places.includes(' and ')) assert.equal(result.whole, result.rounds, result.wrong.join('\n'));
  }
});

soak('A full disk damages nothing, and I can take my work out', async (server, roll) => {
  assert.deepEqual((await quota(server, 2, roll)).wrong, []);
});

soak('Two tabs type at once and crash: nothing that was saved is missing', async (server) => {
  const result = await tabs(server, 60);
  assert.deepEqual(result.wrong, []);
  // Five times the promise, because a busy machine is no proof; the long trial holds it to 200 ms.
  assert.ok(Math.max(...result.seen_ms) < 1000, `seen after ${result.seen_ms} ms`);
});

soak('A clock that is wrong by years keeps nobody from working', async (server) => {
  assert.deepEqual((await clocks(server, 1)).wrong, []);
});
