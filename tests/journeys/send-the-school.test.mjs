// A teacher tries the sample school, sends it as one file, and a colleague opens it elsewhere.
import assert from 'node:assert/strict';
import { readFile, writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { journey } from '../support/journey.mjs';
import { newProfile, openChromium } from '../support/browsers.mjs';
import { trySample, saved, download } from '../support/school.mjs';

journey('I send my school and a colleague has the same to the last grade', async (tools) => {
  const { page, server } = tools;
  await tools.open();
  await trySample(page);
  await page.goto(`${server.url}#/exchange`);
  await page.getByRole('heading', { name: 'Import and export' }).waitFor();
  await tools.assertNoBarriers();
  const file = await download(page, () => page.getByRole('button', { name: 'Export', exact: true }).click());
  const pupils = await download(page, () => page.getByRole('button', { name: 'Pupils', exact: true }).click());
  const targets = await download(page, () => page.getByRole('button', { name: 'Targets', exact: true }).click());
  const october = await download(page, () => page.getByRole('button', { name: /^Results of October/ }).click());
  for (const table of [pupils, targets, october]) {
    assert.equal(table.bytes.subarray(0, 3).toString('hex'), 'efbbbf', 'a mark that spreadsheets know');
    assert.doesNotMatch(table.bytes.toString('utf8'), /(^|,|\n)"?[=@]/, 'no cell starts a formula');
  }

  const profile = await newProfile();
  const other = await openChromium(profile);
  const folder = await mkdtemp(join(tmpdir(), 'flightpath-'));
  try {
    const there = other.pages()[0] ?? (await other.newPage());
    await there.goto(`${server.url}#/exchange`);
    const path = join(folder, 'school.json');
    await writeFile(path, file.bytes);
    await there.getByLabel('Choose files').setInputFiles(path);
    await there.getByRole('button', { name: 'Open', exact: true }).click();
    await saved(there);
    const again = async (name) =>
      (await download(there, () => there.getByRole('button', { name, exact: true }).click())).bytes;
    assert.deepEqual(await again('Pupils'), pupils.bytes);
    assert.deepEqual(await again('Targets'), targets.bytes);
    assert.deepEqual(await again(/^Results of October/), october.bytes);
  } finally {
    await other.close();
    await profile.remove();
    await rm(folder, { recursive: true });
  }
});

journey('A file that is damaged, cut, foreign or newer says so and changes nothing', async (tools) => {
  const { page, server } = tools;
  await tools.open();
  await trySample(page);
  await page.goto(`${server.url}#/exchange`);
  const file = await download(page, () => page.getByRole('button', { name: 'Export', exact: true }).click());
  const before = await download(page, () => page.getByRole('button', { name: 'Targets', exact: true }).click());
  const damaged = Buffer.from(file.bytes);
  const digit = damaged.indexOf('"values":[') + 12;
  damaged.write(damaged.toString('latin1', digit, digit + 1) === 'a' ? 'b' : 'a', digit, 'latin1');
  const newer = Buffer.from('{"flightpath":{"format":99},"body":{"tomorrow":true}}');
  for (const [name, bytes, words] of [
    ['cut.json', file.bytes.subarray(0, file.bytes.length - 100), /breaks off or is garbled/],
    ['damaged.json', damaged, /changed or damaged|garbled/],
    ['list.json', await readFile(new URL('../../package.json', import.meta.url)), /not a Flightpath file/],
    ['newer.json', newer, /newer Flightpath/],
  ]) {
    await page.getByLabel('Choose files').setInputFiles({ name, mimeType: 'application/json', buffer: bytes });
    const said = page.getByRole('alert').filter({ hasText: name });
    await said.waitFor();
    assert.match(await said.innerText(), words);
    assert.match(await said.innerText(), /Nothing was changed/);
  }
  const after = await download(page, () => page.getByRole('button', { name: 'Targets', exact: true }).click());
  assert.deepEqual(after.bytes, before.bytes);
});
