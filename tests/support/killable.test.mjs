// The tool that journeys about lost power stand on: what is in the profile survives, the browser does not.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newProfile, openKillableChromium } from './browsers.mjs';
import { DIST } from './journey.mjs';
import { serve } from './server.mjs';

test('A killed browser is gone at once, and starts again on the same profile', { timeout: 60_000 }, async () => {
  const server = await serve(DIST);
  const profile = await newProfile();
  try {
    const first = await openKillableChromium(profile);
    await first.page.goto(`${server.url}icon.svg`);
    await first.kill();
    await assert.rejects(first.page.evaluate(() => 1));
    const second = await openKillableChromium(profile);
    await second.page.goto(`${server.url}icon.svg`);
    assert.equal(await second.page.evaluate(() => 1 + 1), 2);
    await second.kill();
  } finally {
    await profile.remove();
    await server.close();
  }
});
