// The browser is killed (SIGKILL to all its processes) at random moments of several kinds of work. What was shown as
// saved has to be there afterwards, an import as a whole or not at all.
import { setTimeout as sleep } from 'node:timers/promises';

import { started } from '../support/journey.mjs';
import { copyOf, importList, inOnePiece, listen, look, openApp, openBrowser, rename, schoolProfile, typing } from './harness.mjs';

/** Each kind of work goes on from what `told` says, until the browser is gone. */
const WORK = {
  edits: async (page, server, told) => {
    await openApp(page, server, '#/settings');
    await page.getByLabel('Name of the school').waitFor();
    await page.evaluate(typing, { name: 'School ', from: told.typed + 1 });
  },
  folding: async (page, server, told) => {
    await openApp(page, server, '#/settings');
    await page.getByRole('button', { name: 'Make a snapshot now' }).waitFor();
    await page.evaluate(typing, { name: 'School ', from: told.typed + 1, fold: true });
  },
  imports: (page, server, told) => imports(page, server, told, 'file'),
  pastes: (page, server, told) => imports(page, server, told, 'paste'),
};

async function imports(page, server, told, how) {
  for (;;) {
    told.typed += 1;
    const house = told.typed;
    await importList(page, server, house, how);
    await page.getByRole('button', { name: 'Apply import' }).waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.querySelector('.saved').dataset.state === 'saved');
    told.acknowledged = house;
    told.acknowledgements += 1;
  }
}

/**
 * `rounds` kills of one kind of work on one profile. Gives rounds, acknowledged, lost, torn, told (rounds after which
 * something was said of the two copies), and what went wrong.
 */
export async function kills(server, kind, rounds, roll, flags = []) {
  const profile = await schoolProfile(server, flags);
  const told = { typed: 0, acknowledged: 0, acknowledgements: 0 };
  const result = { rounds, acknowledged: 0, lost: 0, torn: 0, told: 0, wrong: [] };
  const isImport = kind === 'imports' || kind === 'pastes';
  try {
    for (let round = 0; round < rounds; round += 1) {
      const browser = await openBrowser(profile, flags);
      const { page } = browser;
      await listen(page, told);
      const before = told.acknowledged;
      const working = WORK[kind](page, server, told).catch(() => {});
      const until = performance.now() + 15_000;
      while (told.acknowledged === before && performance.now() < until) await sleep(2);
      await sleep(roll(isImport ? 900 : 400));
      await browser.kill();
      await working;
      const again = await openBrowser(profile, flags);
      const found = await look(again.page, server);
      await again.kill();
      const value = isImport ? Math.min(...found.houses) : found.name;
      if (found.kind !== 'whole' || value < told.acknowledged || value > told.typed) {
        result.lost += 1;
        result.wrong.push(`${kind} ${round}: acknowledged ${told.acknowledged}, found ${JSON.stringify(found)}`);
        told.acknowledged = Number.isFinite(value) ? value : 0;
      }
      if (!inOnePiece(found)) {
        result.torn += 1;
        result.wrong.push(`${kind} ${round}: torn ${JSON.stringify(found)}`);
      }
      if (found.told.length > 0) result.told += 1;
    }
  } finally {
    result.acknowledged = told.acknowledgements;
    await profile.remove();
  }
  return result;
}

/** In the rescue page, which holds nothing open: makes of the database one of schema 2, which had no second copy. */
const toSchema2 = async () => {
  const answer = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = request.onblocked = () => failed(request.error ?? new Error('blocked'));
  });
  const stores = ['meta', 'state', 'log', 'history'];
  const now = await answer(indexedDB.open('flightpath'));
  const records = await Promise.all(stores.map((name) => answer(now.transaction(name).objectStore(name).getAll())));
  now.close();
  await answer(indexedDB.deleteDatabase('flightpath'));
  const opening = indexedDB.open('flightpath', 2);
  opening.onupgradeneeded = () => stores.forEach((name) => opening.result.createObjectStore(name, { keyPath: 'key' }));
  const old = await answer(opening);
  const writing = old.transaction(stores, 'readwrite');
  stores.forEach((name, at) => records[at].forEach((record) => writing.objectStore(name).put(record)));
  await new Promise((done) => (writing.oncomplete = done));
  old.close();
  const root = await navigator.storage.getDirectory();
  await root.removeEntry('flightpath', { recursive: true }).catch(() => {});
};

/** Kills while a database of the schema before is upgraded and its second copy is made. */
export async function migrationKills(server, rounds, roll, flags = []) {
  const base = await schoolProfile(server, flags);
  const result = { rounds, acknowledged: 0, lost: 0, torn: 0, told: 0, wrong: [] };
  try {
    const first = await openBrowser(base, flags);
    await openApp(first.page, server);
    await rename(first.page, server, 7);
    await first.page.goto(`${server.url}rescue.html`);
    await first.page.evaluate(toSchema2);
    await first.close();
    for (let round = 0; round < rounds; round += 1) {
      const profile = await copyOf(base);
      try {
        const browser = await openBrowser(profile, flags);
        const going = browser.page.goto(server.url).then(() => started(browser.page)).catch(() => {});
        await sleep(20 + roll(500));
        await browser.kill();
        await going;
        const again = await openBrowser(profile, flags);
        const found = await look(again.page, server);
        await again.kill();
        result.acknowledged += 1;
        if (found.kind !== 'whole' || found.name !== 7) {
          result.lost += 1;
          result.wrong.push(`migration ${round}: ${JSON.stringify(found)}`);
        } else if (!inOnePiece(found)) {
          result.torn += 1;
          result.wrong.push(`migration ${round}: torn ${JSON.stringify(found)}`);
        }
        if (found.told.length > 0) result.told += 1;
      } finally {
        await profile.remove();
      }
    }
  } finally {
    await base.remove();
  }
  return result;
}
