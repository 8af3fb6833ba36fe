// The frame of a journey: the built program on a server, a browser with a fresh profile, the canary,
// and a picture of the screen in test-results/ when it goes wrong.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { barriers } from './accessible.mjs';
import { newProfile, openChromium, openFirefox } from './browsers.mjs';
import { openCanary, watch } from './canary.mjs';
import { serve } from './server.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const DIST = join(ROOT, 'dist');
const TIMEOUT_MS = 120_000;
/** For one wait inside a journey: long enough for a busy machine, short enough to be told which wait it was. */
const WAIT_MS = 20_000;

/**
 * A journey in Chromium, named after what the person wants.
 *
 * `body` gets { page, context, server, canary, open, started, assertNoBarriers }. It fails also
 * when anything asked for a foreign address, broke the page's policy or wrote an error to the
 * console. Options: `allow(kind, text)` for reports that the journey provokes; `serving` for the
 * server, `browser` for Playwright.
 */
export function journey(name, options, body) {
  if (typeof options === 'function') return journey(name, {}, options);
  const { allow, serving, browser, timeout = TIMEOUT_MS } = options;
  return test(name, { timeout }, async () => {
    const server = await serve(DIST, serving);
    const canary = await openCanary();
    const profile = await newProfile();
    let context;
    try {
      context = await openChromium(profile, browser);
      context.setDefaultTimeout(WAIT_MS);
      const misdeeds = await watch(context, server.origin, allow);
      const page = context.pages()[0] ?? (await context.newPage());
      page.on('crash', () => misdeeds.push('crash: the first tab'));
      const tools = {
        page,
        context,
        server,
        canary,
        /** Opens a route such as '#/pupils' and waits until the program is on screen. */
        open: async (route = '') => {
          await page.goto(server.url + route);
          await started(page);
        },
        started,
        assertNoBarriers: async (where = page) => assert.deepEqual(await barriers(where), []),
      };
      try {
        await body(tools);
        assert.deepEqual(misdeeds, [], 'what the canary saw');
        assert.deepEqual(canary.calls, [], 'calls to the listening canary');
      } catch (error) {
        await picture(context, name);
        throw error;
      }
    } finally {
      await context?.close();
      await profile.remove();
      await canary.close();
      await server.close();
    }
  });
}

/** The same program in Firefox, driven by Puppeteer; `body` gets { page, browser, server }. */
export function firefoxJourney(name, body) {
  return test(name, { timeout: 2 * TIMEOUT_MS }, async () => {
    const server = await serve(DIST);
    const profile = await newProfile();
    let browser;
    try {
      browser = await openFirefox(profile);
      const page = await browser.newPage();
      page.setDefaultTimeout(WAIT_MS);
      const misdeeds = [];
      page.on('request', (request) => {
        const address = request.url();
        if (!address.startsWith(server.origin) && !/^(data|blob|about):/.test(address)) {
          misdeeds.push(`foreign request: ${address}`);
        }
      });
      page.on('console', (message) => {
        if (message.type() === 'error') misdeeds.push(`console error: ${message.text()}`);
      });
      page.on('pageerror', (error) => misdeeds.push(`uncaught error: ${error}`));
      await body({ page, browser, server });
      assert.deepEqual(misdeeds, [], 'what the canary saw');
    } finally {
      await browser?.close();
      await profile.remove();
      await server.close();
    }
  });
}

const START_MS = 20_000;

/** Waits until the program has put its first thing on screen; fails at once when it could not. */
export async function started(page) {
  const until = performance.now() + START_MS;
  let state;
  do {
    // Asked again and again from here: what waits in the page is made there of text, which the
    // page's policy forbids and Firefox (140.10) does not exempt.
    state = await page.evaluate(() => document.documentElement.dataset.state);
    if (state === 'started' || state === 'failed') break;
    await sleep(20);
  } while (performance.now() < until);
  assert.equal(state, 'started', 'the program did not start');
}

/** Waits until the program's main function has come back, whether or not it shows anything. */
export async function ran(page) {
  await page.waitForFunction(() => performance.getEntriesByName('flightpath-ran').length > 0);
}

async function picture(context, name) {
  const folder = join(ROOT, 'test-results');
  await mkdir(folder, { recursive: true });
  const file = name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase();
  for (const [index, page] of context.pages().entries()) {
    // A tab that is gone has no picture, and the journey's own error matters more.
    await page.screenshot({ path: join(folder, `${file}-${index}.png`) }).catch(() => {});
  }
}
