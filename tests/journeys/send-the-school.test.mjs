// A teacher tries the sample school, sends it as one file, and a colleague opens it elsewhere.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { goTo, textOf } from '../support/grid.mjs';
import { journey } from '../support/journey.mjs';
import { newProfile, openChromium } from '../support/browsers.mjs';
import { trySample, damageBothCopies, folded, saved, download } from '../support/school.mjs';

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

  await elsewhere(server, file, async (there) => {
    const again = async (name) =>
      (await download(there, () => there.getByRole('button', { name, exact: true }).click())).bytes;
    assert.deepEqual(await again('Pupils'), pupils.bytes);
    assert.deepEqual(await again('Targets'), targets.bytes);
    assert.deepEqual(await again(/^Results of October/), october.bytes);
  });
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

/** Opens a file in a browser of its own, and goes on there. */
async function elsewhere(server, file, body, warnings = []) {
  const profile = await newProfile();
  const other = await openChromium(profile);
  try {
    const there = other.pages()[0] ?? (await other.newPage());
    await there.goto(`${server.url}#/exchange`);
    await there.getByLabel('Choose files').setInputFiles({ name: 'sent.json', mimeType: 'application/json', buffer: file.bytes });
    for (const warning of warnings) await there.getByRole('alert').getByText(warning).waitFor();
    await there.getByRole('button', { name: 'Open', exact: true }).click();
    await there.getByText(/values? came in|is open/).first().waitFor();
    await saved(there);
    await body(there);
  } finally {
    await other.close();
    await profile.remove();
  }
}

journey('What the rescue page saves opens as the same school', async (tools) => {
  const { page, server } = tools;
  await tools.open();
  await trySample(page);
  await folded(page);
  await page.goto(`${server.url}#/exchange`);
  const targets = await download(page, () => page.getByRole('button', { name: 'Targets', exact: true }).click());
  await page.goto(`${server.url}rescue.html`);
  const file = await download(page, () => page.getByRole('button', { name: 'Save everything as one file' }).click());
  await elsewhere(server, file, async (there) => {
    const again = await download(there, () => there.getByRole('button', { name: 'Targets', exact: true }).click());
    assert.deepEqual(again.bytes, targets.bytes);
  });
});

journey('What is left of a damaged school opens from what the rescue page saves, and says what is missing', async (tools) => {
  const { page, server } = tools;
  await tools.open();
  await trySample(page);
  await folded(page);
  await page.goto(`${server.url}rescue.html`);
  await damageBothCopies(page);
  const file = await download(page, () => page.getByRole('button', { name: 'Save everything as one file' }).click());
  const isThere = async (there) => {
    await there.goto(`${server.url}#/pupils`);
    await there.getByRole('link', { name: /,/ }).first().waitFor();
  };
  await elsewhere(server, file, isThere, [/lost a part of the school in both copies/]);
});

journey('Whoever opens my file sees who wrote what, and is warned where it is another school', async (tools) => {
  const { page, server } = tools;
  await tools.open();
  await trySample(page);
  await page.goto(`${server.url}#/settings`);
  await page.getByLabel('Your name').fill('Ms Roe');
  await page.getByLabel('Your name').press('Tab');
  await page.goto(`${server.url}#/targets`);
  await page.getByRole('combobox', { name: 'Subject' }).selectOption({ label: 'Maths' });
  await page.getByRole('combobox', { name: 'Year group' }).selectOption({ label: 'Year 8' });
  const target = await textOf(page, 0, 'Target');
  await goTo(page, 0, 'Target');
  await page.keyboard.type(target === '2' ? '3' : '2');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Long ill in spring');
  await page.keyboard.press('Enter');
  await saved(page);
  await goTo(page, 0, 'Pupil');
  await page.waitForURL(/#\/pupils\/./);
  const link = new URL(page.url()).hash;
  await page.goto(`${server.url}#/exchange`);
  const file = await download(page, () => page.getByRole('button', { name: 'Export', exact: true }).click());
  await elsewhere(server, file, async (there) => {
    await there.goto(server.url + link);
    await there.getByRole('button', { name: /^Maths: Target\b/ }).first().click();
    const drawer = there.locator('.drawer');
    await drawer.getByText(/^Ms Roe set targets/).waitFor();
    await drawer.getByText('Came when somebody opened sent.json').waitFor();
  });

  // A colleague of another school sends hers by mistake.
  await page.getByLabel('Choose files').setInputFiles({ name: 'other.json', mimeType: 'application/json', buffer: strangers(file.bytes) });
  await page.getByRole('alert').getByText("None of this file's pupils is here").waitFor();
  await tools.assertNoBarriers();
  await page.getByRole('button', { name: 'Cancel' }).click();
});

/** The file with every id changed, as a school of its own has them. */
function strangers(bytes) {
  const file = JSON.parse(bytes);
  const body = file.body;
  body.cells.rows = body.cells.rows.map((id) => id.replace(/^./, (digit) => (digit === 'f' ? 'e' : 'f')));
  const text = JSON.stringify(body);
  file.flightpath.sha256 = createHash('sha256').update(text).digest('hex');
  return Buffer.from(`{"flightpath":${JSON.stringify(file.flightpath)},"body":${text}}`);
}

journey('Home tells me how old my last file outside the browser is', async (tools) => {
  const { page, server } = tools;
  await tools.open();
  await trySample(page);
  await page.goto(server.url);
  await page.getByText('The school has not been taken out as a file yet.').waitFor();
  await download(page, () => page.getByRole('button', { name: 'Export the school' }).click());
  await page.getByText('The school was taken out as a file today.').waitFor();
  await page.evaluate(() => {
    const key = 'flightpath-preferences';
    const kept = JSON.parse(localStorage.getItem(key));
    localStorage.setItem(key, JSON.stringify({ ...kept, taken_out_ms: kept.taken_out_ms - 8 * 86_400_000 }));
  });
  await page.reload();
  await tools.started(page);
  await page.getByText('The school was taken out as a file 8 days ago. It is time for a new one.').waitFor();
  await tools.assertNoBarriers();
});
