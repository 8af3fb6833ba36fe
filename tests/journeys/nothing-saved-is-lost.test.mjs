// The browser is killed while edits stream in: what was shown as saved is there afterwards.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { newProfile, openKillableChromium } from '../support/browsers.mjs';
import { DIST, started } from '../support/journey.mjs';
import { trySample } from '../support/school.mjs';
import { serve } from '../support/server.mjs';

const KILLS = 10;

test('Nothing that was shown as saved is lost when the browser is killed', { timeout: 600_000 }, async () => {
  const server = await serve(DIST);
  const profile = await newProfile();
  let acknowledged = 0;
  let number = 0;
  const rounds = [];
  try {
    for (let round = 0; round <= KILLS; round += 1) {
      const browser = await openKillableChromium(profile);
      const { page } = browser;
      page.setDefaultTimeout(60_000);
      await page.goto(server.url);
      await started(page);
      if (round === 0) await trySample(page);
      await page.goto(`${server.url}#/settings`);
      const name = page.getByLabel('Name of the school');
      await name.waitFor();
      if (round > 0) {
        const found = Number((await name.inputValue()).replace('School ', ''));
        rounds.push({ round, acknowledged, found });
        assert.ok(found >= acknowledged, `saved up to ${acknowledged}, found ${found} after kill ${round}`);
        assert.ok(found <= number, `never typed more than ${number}, found ${found}`);
      }
      if (round === KILLS) {
        await browser.kill();
        break;
      }
      // The page itself types and watches, so that no message between processes can be late.
      await page.exposeFunction('acknowledge', (shown) => {
        acknowledged = Math.max(acknowledged, shown);
      });
      await page.exposeFunction('typed', (now) => {
        number = Math.max(number, now);
      });
      const first = number + 1;
      const stream = page
        .evaluate(async (from) => {
          const input = [...document.querySelectorAll('label.field')]
            .find((label) => label.textContent.includes('Name of the school'))
            .querySelector('input');
          const state = document.querySelector('.saved');
          for (let now = from; ; now += 1) {
            await window.typed(now);
            input.value = `School ${now}`;
            input.dispatchEvent(new Event('input', { bubbles: true }));
            input.dispatchEvent(new Event('change', { bubbles: true }));
            // The screen follows in the next task: only then does it speak of this edit.
            do {
              await new Promise((done) => setTimeout(done, 0));
            } while (state.dataset.state !== 'saved');
            await window.acknowledge(now);
          }
        }, first)
        .catch(() => {});
      while (acknowledged < first) await sleep(5);
      await sleep(100 + Math.random() * 900);
      await browser.kill();
      await stream;
    }
    console.log(rounds.map(({ acknowledged: saved, found }) => `${saved}→${found}`).join(' '));
    assert.ok(acknowledged > KILLS, 'edits did stream in');
  } finally {
    await profile.remove();
    await server.close();
  }
});
