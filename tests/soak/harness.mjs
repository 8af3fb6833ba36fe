// What the parts of the soak share: a school in a profile that outlives its browsers, what the person was told, and
// what is really there.
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { newProfile, openKillableChromium } from '../support/browsers.mjs';
import { DIST, started } from '../support/journey.mjs';
import { saved } from '../support/school.mjs';
import { serve } from '../support/server.mjs';

const PUPILS = 60;

/** A random whole number below this one; the seed is told, so that a run can be repeated as far as a browser allows. */
export function dice(seed) {
  let state = seed >>> 0;
  return (below) => {
    // xorshift32: quick, and good enough to spread blows.
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

/** A list of pupils who are all in one house: an import that was torn leaves two. */
export function list(house) {
  const rows = ['Admission number,Surname,Forename,Year group,House'];
  for (let number = 1; number <= PUPILS; number += 1) rows.push(`${1000 + number},Surname${number},Forename${number},${7 + (number % 5)},H${house}`);
  return `${rows.join('\r\n')}\r\n`;
}

/** The server that stays for the whole run: the address of a school is part of where a browser keeps it. */
export const openServer = () => serve(process.env.FLIGHTPATH_DIST || DIST);

/** Chromium on a profile, with a page that is told to be patient. */
export async function openBrowser(profile, flags = []) {
  const browser = await openKillableChromium(profile, ['--window-size=1366,768', ...flags]);
  browser.page.setDefaultTimeout(30_000);
  return browser;
}

/** Opens the program anew, whatever the page shows now. */
export async function openApp(page, server, route = '') {
  await page.goto('about:blank');
  await page.goto(server.url + route);
  await started(page);
}

/** Imports a list through the page, as a file or as a paste. */
export async function importList(page, server, house, how = 'file') {
  await openApp(page, server, '#/exchange/import');
  if (how === 'file') {
    await page.getByLabel('Choose files').setInputFiles({ name: 'pupils.csv', mimeType: 'text/csv', buffer: Buffer.from(list(house)) });
  } else {
    await page.getByLabel('Or paste from a spreadsheet').fill(list(house).replaceAll(',', '\t'));
    await page.getByRole('button', { name: 'Read the paste' }).click();
  }
  await page.getByRole('button', { name: 'Apply import' }).click();
}

/** A profile with a small school in it, ended as a person ends it. */
export async function schoolProfile(server, flags) {
  const profile = await newProfile();
  const browser = await openBrowser(profile, flags);
  await openApp(browser.page, server);
  await importList(browser.page, server, 0);
  await browser.page.getByRole('banner').getByRole('button', { name: 'Undo' }).waitFor();
  await saved(browser.page);
  await rename(browser.page, server, 0);
  // What is folded and copied in the background comes to its end.
  await browser.page.waitForTimeout(1500);
  await browser.close();
  return profile;
}

/** A copy of a profile, to be harmed. */
export async function copyOf(profile) {
  const path = await mkdtemp(join(tmpdir(), 'flightpath-profile-'));
  await cp(profile.path, path, { recursive: true });
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }) };
}

/** Gives the school another number in its name. */
export async function rename(page, server, number) {
  await page.goto(`${server.url}#/settings`);
  const name = page.getByLabel('Name of the school');
  await name.fill(`School ${number}`);
  await name.press('Tab');
  await page.getByRole('banner').getByText(`School ${number}`, { exact: true }).waitFor();
  await saved(page);
}

/**
 * In the page, at Settings: types names of the school, each once the one before is saved, and tells of each; with
 * `fold` it folds now and then.
 */
export const typing = async ({ name, from = 1, to = Infinity, fold = false }) => {
  for (let now = from; now <= to; now += 1) {
    const input = [...document.querySelectorAll('label.field')]
      .find((label) => label.textContent.includes('Name of the school'))
      .querySelector('input');
    await window.typed?.(name, now);
    input.value = `${name}${now}`;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
    // The screen follows in the next task: only then does it speak of this edit.
    do await new Promise((done) => setTimeout(done, 0));
    while (document.querySelector('.saved').dataset.state !== 'saved');
    await window.acknowledge(name, now);
    if (fold && now % 3 === 0) {
      [...document.querySelectorAll('button')].find((button) => button.textContent.includes('Make a snapshot now'))?.click();
    }
  }
};

/** What the page says of its work, as it reaches this process. */
export async function listen(page, told) {
  await page.exposeFunction('acknowledge', (_, now) => {
    told.acknowledged = Math.max(told.acknowledged, now);
    told.acknowledgements += 1;
    told.each?.push(now);
  });
  await page.exposeFunction('typed', (_, now) => {
    told.typed = Math.max(told.typed, now);
  });
}

/** Every step that the database holds, as one text. */
export const everything = () =>
  new Promise((done, failed) => {
    const opening = indexedDB.open('flightpath');
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const reading = database.transaction(['log', 'history']);
      const found = {};
      for (const name of ['log', 'history']) reading.objectStore(name).getAll().onsuccess = ({ target }) => (found[name] = target.result);
      reading.oncomplete = () => {
        database.close();
        const decoder = new TextDecoder();
        done(Object.values(found).flat().map(({ body }) => decoder.decode(body)).join('\n'));
      };
    };
  });

/**
 * What a person finds: `kind` is whole, damaged (a part, and told so), shut, vanished (empty, and told so) or empty;
 * with the number in the school's name, the houses, and what was said.
 */
export async function look(page, server) {
  const found = await lookOver(page, server);
  if (found.kind !== 'whole') return found;
  await page.goto(`${server.url}#/exchange`);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Pupils', exact: true }).click()]);
  const [head, ...rows] = (await readFile(await file.path(), 'utf8')).trim().split(/\r?\n/);
  const column = head.split(',').indexOf('house');
  found.pupils = rows.length;
  found.houses = [...new Set(rows.map((row) => Number(row.split(',')[column].replace('H', ''))))];
  return found;
}

/** As `look`, without the pupils; with `patience_ms` so long for the comparing, where the computer is very slow. */
export async function lookOver(page, server, patience_ms = 0) {
  await openApp(page, server);
  const kind = await page
    .waitForFunction(
      () => {
        const text = document.body.innerText;
        if (text.includes('Some of what is stored here is damaged')) return 'damaged';
        if (text.includes('A school was kept in this browser, and it is gone')) return 'vanished';
        if (text.includes('The browser cannot read what it keeps') || text.includes('This browser keeps no data')) return 'shut';
        // The first screen may stand for a moment before the second copy was asked.
        if (document.querySelector('.offers')) return 'empty';
        if (document.querySelector('.topbar-choices')) return 'whole';
        return false;
      },
      undefined,
      { polling: 50 },
    )
    .then((handle) => handle.jsonValue());
  if (kind === 'empty') {
    // Give the comparing its time: what it brings back replaces this screen.
    await page.waitForTimeout(1200);
    if (await page.locator('.topbar-choices').count()) return lookOver(page, server);
  }
  // The browser cannot read its database at all: what a person does then.
  const goOn = page.getByRole('button', { name: 'Go on with the second copy' });
  if (kind === 'shut' && (await goOn.waitFor({ timeout: 3000 }).then(() => true, () => false))) {
    await goOn.click();
    const stuck = page.getByText('The browser cannot take it away either');
    const gone = page.locator('.topbar-choices').or(page.getByText('Some of what is stored here is damaged'));
    await stuck.or(gone).first().waitFor();
    const told = ['The browser cannot read what it keeps'];
    if (await stuck.count()) told.push(...(await throughAFile(page, server)));
    const found = await lookOver(page, server);
    return { ...found, told: [...told, ...found.told] };
  }
  // The comparing goes on behind the screen.
  await page.waitForFunction(() => !document.querySelector('.saved:is([data-state="saving"], [data-state="comparing"])'));
  if (patience_ms > 0) {
    const level = page.getByRole('status', { name: 'Saved state' }).getByText('All changes saved', { exact: true });
    await level.waitFor({ timeout: patience_ms }).catch(() => {});
  }
  await page.waitForTimeout(300);
  const told = (await page.locator('.banner').allInnerTexts()).map((text) => text.split('\n')[0]);
  const found = { kind, told, name: NaN, houses: [] };
  if (kind === 'whole') found.name = Number((await page.locator('.topbar .school').innerText()).replace('School ', ''));
  return found;
}

/** What the page tells a person to do whose browser can neither read nor remove the database; what she is told then. */
async function throughAFile(page, server) {
  await page.goto(`${server.url}rescue.html`);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save everything as one file' }).click()]);
  const path = await file.path();
  await page.goto('about:blank');
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: server.origin, storageTypes: 'all' });
  await openApp(page, server, '#/exchange');
  await page.getByLabel('Choose files').setInputFiles(path);
  const open = page.getByRole('button', { name: 'Open', exact: true });
  await open.waitFor();
  const told = await page.getByRole('main').getByRole('alert').allInnerTexts();
  await open.click();
  await page.locator('.topbar-choices').waitFor();
  await saved(page);
  return told;
}

/** Whether all pupils are there, and none of them apart from the others: nothing was torn. */
export const inOnePiece = ({ pupils, houses }) => pupils === PUPILS && houses.length === 1;

/** A table in Markdown. */
export function table(heads, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
