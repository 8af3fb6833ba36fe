// A full disk, two tabs, wrong clocks, and another browser.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { newProfile, openFirefox } from '../support/browsers.mjs';
import { started } from '../support/journey.mjs';
import { everything, inOnePiece, look, openApp, openBrowser, rename, schoolProfile, typing } from './harness.mjs';

const savedState = (page) => page.locator('.saved');

/**
 * The browser's share of the disk becomes too small at different moments. The state from before is unchanged, exporting
 * still works, and with room again what was typed is saved.
 */
export async function quota(server, rounds, roll, flags = []) {
  const result = { rounds, told: 0, exported: 0, intact: 0, savedLater: 0, wrong: [] };
  for (let round = 0; round < rounds; round += 1) {
    const profile = await schoolProfile(server, flags);
    const browser = await openBrowser(profile, flags);
    try {
      const { page } = browser;
      await openApp(page, server, '#/settings');
      const session = await page.context().newCDPSession(page);
      const { usage } = await session.send('Storage.getUsageAndQuota', { origin: server.origin });
      await session.send('Storage.overrideQuotaForOrigin', { origin: server.origin, quotaSize: Math.max(1, usage + roll(3000) - 2000) });
      const name = page.getByLabel('Name of the school');
      let typed = 0;
      do {
        typed += 1;
        await name.fill(`School ${typed}`);
        await name.press('Tab');
        await page.waitForFunction(() => document.querySelector('.saved').dataset.state !== 'saving');
      } while ((await savedState(page).getAttribute('data-state')) === 'saved' && typed < 400);
      const words = await savedState(page).innerText();
      const kept = typed - 1;
      if (words.startsWith('Not saved: the disk is full')) result.told += 1;
      else result.wrong.push(`round ${round}: ${words} after ${typed}`);
      // Nothing of what waits is lost for the person: the export holds it.
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export the school' }).first().click()]);
      if ((await readFile(await file.path(), 'utf8')).includes(`School ${typed}`)) result.exported += 1;
      // Another tab finds what was saved.
      const other = await page.context().newPage();
      const found = await look(other, server);
      if (found.kind === 'whole' && found.name === kept && inOnePiece(found)) result.intact += 1;
      else result.wrong.push(`round ${round}: kept ${kept}, found ${JSON.stringify(found)}`);
      await other.close();
      await session.send('Storage.overrideQuotaForOrigin', { origin: server.origin });
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.waitForFunction(() => document.querySelector('.saved').dataset.state === 'saved');
      const after = await look(page, server);
      if (after.name === typed) result.savedLater += 1;
      else result.wrong.push(`round ${round}: typed ${typed}, found ${JSON.stringify(after)}`);
    } catch (error) {
      result.wrong.push(`round ${round}: ${error.message.split('\n')[0]}`);
    } finally {
      await browser.kill();
      await profile.remove();
    }
  }
  return result;
}

/** What a page in a browser shows of being saved, and the name it gives the school. */
const standing = (page) => page.evaluate(() => [...document.querySelectorAll('.saved, .topbar .school')].map((node) => node.textContent));

/** Waits for work that goes on in these pages; tells what they show where it does not come to its end. */
async function within(limit_ms, work, pages) {
  const late = new AbortController();
  const tooLate = sleep(limit_ms, undefined, { signal: late.signal }).then(async () => {
    const shown = await Promise.all(pages.map((page) => Promise.race([standing(page), sleep(1000, 'no answer')])));
    throw new Error(`not done after ${limit_ms / 1000} s: ${JSON.stringify(shown)}`);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    late.abort();
    tooLate.catch(() => {});
  }
}

/** Two tabs type at once, then the browser is killed: nothing that was acknowledged is missing in the history. */
export async function tabs(server, edits, flags = []) {
  const profile = await schoolProfile(server, flags);
  const acknowledged = { a: 0, b: 0 };
  let isNear;
  // The last tenth is cut off by the crash.
  const nearTheEnd = new Promise((done) => (isNear = done));
  const result = { edits: 2 * edits, acknowledged: 0, lost: 0, seen_ms: [], wrong: [] };
  let browser = await openBrowser(profile, flags);
  try {
    const { page, context } = browser;
    const other = await context.newPage();
    for (const tab of [page, other]) {
      await tab.exposeFunction('acknowledge', (letter, now) => {
        acknowledged[letter] = now;
        if (Math.min(acknowledged.a, acknowledged.b) >= edits * 0.9) isNear();
      });
      await openApp(tab, server, '#/settings');
      await tab.getByLabel('Name of the school').waitFor();
    }
    // How soon one tab shows what the other has saved.
    for (let round = 1; round <= 10; round += 1) {
      const name = `Seen ${round}`;
      const shown = other.evaluate(
        (name) =>
          new Promise((done) => {
            const look = () => {
              if (document.querySelector('.topbar .school').textContent === name) done(Date.now());
              else setTimeout(look, 1);
            };
            look();
          }),
        name,
      );
      await page.evaluate((name) => {
        const input = [...document.querySelectorAll('label.field')].find((label) => label.textContent.includes('Name of the school')).querySelector('input');
        input.value = name;
        window.editedAt = Date.now();
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }, name);
      const shownAt = await within(20_000, shown, [page, other]);
      result.seen_ms.push(shownAt - (await page.evaluate(() => window.editedAt)));
    }
    const both = Promise.all([page.evaluate(typing, { name: 'a', to: edits }), other.evaluate(typing, { name: 'b', to: edits })]);
    await within(30_000 + edits * 200, Promise.race([nearTheEnd, both]), [page, other]);
    await browser.kill();
    await both.catch(() => {});
    browser = await openBrowser(profile, flags);
    await openApp(browser.page, server);
    await browser.page.waitForTimeout(1500);
    const text = await browser.page.evaluate(everything);
    for (const letter of ['a', 'b']) {
      for (let now = 1; now <= acknowledged[letter]; now += 1) {
        if (!text.includes(`"${letter}${now}"`)) {
          result.lost += 1;
          result.wrong.push(`${letter}${now} was acknowledged and is in no step`);
        }
      }
    }
    result.acknowledged = acknowledged.a + acknowledged.b;
    const found = await look(browser.page, server);
    if (found.kind !== 'whole' || !inOnePiece(found)) result.wrong.push(JSON.stringify(found));
  } finally {
    await browser.kill();
    await profile.remove();
  }
  return result;
}

const YEARS_MS = 10 * 365.25 * 86_400_000;

/** The clock of the computer is wrong by years and jumps: no edit is refused, and the last one is what stands there. */
export async function clocks(server, edits, flags = []) {
  const result = { rounds: 0, lost: 0, wrong: [] };
  const profile = await schoolProfile(server, flags);
  try {
    let name = 0;
    for (const offset of [0, YEARS_MS, -YEARS_MS, 3_600_000, -3_600_000, YEARS_MS, 0]) {
      const browser = await openBrowser(profile, flags);
      await browser.page.addInitScript((offset) => {
        const Real = Date;
        // Both what the program asks for now, and what it makes of it.
        globalThis.Date = class extends Real {
          constructor(...parts) {
            if (parts.length === 0) super(Real.now() + offset);
            else super(...parts);
          }
          static now() {
            return Real.now() + offset;
          }
        };
      }, offset);
      for (let edit = 0; edit < edits; edit += 1) {
        result.rounds += 1;
        name += 1;
        await openApp(browser.page, server);
        await rename(browser.page, server, name);
        const found = await look(browser.page, server);
        if (found.kind !== 'whole' || found.name !== name || found.told.length > 0) {
          result.lost += 1;
          result.wrong.push(`clock ${offset}: typed ${name}, found ${JSON.stringify(found)}`);
        }
      }
      await openApp(browser.page, server, '#/settings');
      await browser.page.getByRole('button', { name: 'Make a snapshot now' }).click();
      await browser.page.getByRole('cell', { name: 'On request' }).first().waitFor();
      await browser.close();
    }
  } finally {
    await profile.remove();
  }
  return result;
}

/** Firefox: edits, a kill, and the second copy alone. */
export async function firefox(server, kills) {
  const result = { rounds: kills, acknowledged: 0, lost: 0, told: 0, wrong: [] };
  const profile = await newProfile();
  let saved = 0;
  try {
    for (let round = 0; round <= kills; round += 1) {
      const browser = await openFirefox(profile);
      try {
        const page = await browser.newPage();
        page.setDefaultTimeout(30_000);
        await page.goto(server.url);
        await started(page);
        if (round === 0) {
          const button = await page.waitForSelector('::-p-text(Try the sample school)');
          await button.click();
        }
        await page.waitForSelector('.topbar-actions');
        await page.goto(`${server.url}#/settings`);
        const input = await page.waitForSelector('label.field ::-p-text(Name of the school)').then((label) => label.evaluateHandle((node) => node.closest('label').querySelector('input')));
        await sleep(500);
        const found = await input.evaluate((node) => node.value);
        if (round > 0 && found !== `School ${saved}`) {
          result.lost += 1;
          result.wrong.push(`round ${round}: saved ${saved}, found ${found}`);
        }
        result.told += await page.evaluate(() => document.body.innerText.includes('second copy of your school') || document.body.innerText.includes('brought back'));
        if (round === kills) break;
        for (let edit = 0; edit < 10; edit += 1) {
          const next = saved + 1;
          await input.evaluate(async (node, name) => {
            node.value = name;
            node.dispatchEvent(new Event('change', { bubbles: true }));
            do await new Promise((done) => setTimeout(done, 0));
            while (document.querySelector('.saved').dataset.state !== 'saved');
          }, `School ${next}`);
          saved = next;
          result.acknowledged += 1;
        }
        result.state = await page.evaluate(() => document.querySelector('.saved').textContent);
        browser.process().kill('SIGKILL');
        await sleep(1000);
      } finally {
        await browser.close().catch(() => {});
      }
    }
  } finally {
    await profile.remove();
  }
  return result;
}

