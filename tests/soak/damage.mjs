// The files of a profile are damaged while the browser is away: those of the database, those of the second copy, or
// both. What either still holds has to come back, and nothing that lacks a part may be shown as whole.
import { open, readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';

import { copyOf, inOnePiece, look, openBrowser, rename, schoolProfile, openApp } from './harness.mjs';

const PLACES = {
  database: /\/(IndexedDB|Shared Dictionary\/never)\//,
  copy: /\/File System\//,
};
const HARMS = ['flip', 'truncate', 'zero', 'delete'];

async function filesOf(profile, place) {
  const found = [];
  for (const entry of await readdir(profile.path, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    // A lock holds nothing, and an empty file cannot be damaged.
    if (entry.isFile() && PLACES[place].test(path) && entry.name !== 'LOCK' && (await stat(path)).size > 0) found.push(path);
  }
  return found.sort();
}

/** Damages one file; says which and how. */
async function harm(profile, place, how, roll) {
  const files = await filesOf(profile, place);
  const path = files[roll(files.length)];
  const { size } = await stat(path);
  const at = roll(size);
  if (how === 'delete') await rm(path);
  else if (how === 'truncate') await truncate(path, at);
  else {
    const file = await open(path, 'r+');
    try {
      if (how === 'flip') {
        const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
        buffer[0] ^= 1 << roll(8);
        await file.write(buffer, 0, 1, at);
      } else {
        const length = Math.min(size - at, 1 + roll(4096));
        await file.write(Buffer.alloc(length), 0, length, at);
      }
    } finally {
      await file.close();
    }
  }
  return `${how} ${path.slice(path.indexOf('/Default/') + 9)} at ${at} of ${size}`;
}

/**
 * `rounds` damages each of the database, of the second copy, and of both. Gives a row for each: rounds, whole (all is
 * there), told (something was said), silent (a part was shown as whole), empty (a plain first screen), and for the rest
 * what a person saw.
 */
export async function damages(server, rounds, roll, flags = []) {
  const base = await schoolProfile(server, flags);
  const NAME = 5;
  const results = [];
  try {
    // Some of it folded, some of it in the log, as on any day.
    const first = await openBrowser(base, flags);
    await openApp(first.page, server);
    for (let name = 1; name <= NAME; name += 1) await rename(first.page, server, name);
    await first.close();
    for (const places of [['database'], ['copy'], ['database', 'copy']]) {
      const result = { places: places.join(' and '), rounds, whole: 0, told: 0, partly: 0, silent: 0, empty: 0, wrong: [] };
      for (let round = 0; round < rounds; round += 1) {
        const profile = await copyOf(base);
        const harms = [];
        try {
          for (const place of places) harms.push(await harm(profile, place, HARMS[round % HARMS.length], roll));
          const browser = await openBrowser(profile, flags);
          const found = await look(browser.page, server);
          const isAll = found.kind === 'whole' && found.name === NAME && inOnePiece(found);
          if (isAll) result.whole += 1;
          else if (found.kind === 'empty') result.empty += 1;
          else if (found.kind === 'whole' && found.told.length === 0) result.silent += 1;
          else result.partly += 1;
          if (found.told.length > 0) result.told += 1;
          if (!isAll) result.wrong.push(`${harms.join('; ')}: ${JSON.stringify(found)}`);
          await browser.kill();
        } catch (error) {
          result.wrong.push(`${harms.join('; ')}: ${error.message.split('\n')[0]}`);
          result.failed = (result.failed ?? 0) + 1;
        } finally {
          await profile.remove();
        }
      }
      results.push(result);
    }
  } finally {
    await base.remove();
  }
  return results;
}
