// Every change stands in the history, and any of them can be undone there.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { journey } from '../support/journey.mjs';
import { folded, keys, putRecord, record, saved, trySample } from '../support/school.mjs';

async function rename(page, name) {
  await page.getByLabel('Name of the school').fill(name);
  await page.getByLabel('Name of the school').press('Tab');
}

journey('I see who changed what, and undo any step', async (tools) => {
  const { page, open, server } = tools;
  await open();
  await trySample(page);
  const go = (route) => page.goto(server.url + route);

  await go('#/settings');
  await page.getByLabel('Your name').fill('Ms Roe');
  await page.getByLabel('Your name').press('Tab');
  await rename(page, 'Oak School');
  await rename(page, 'Elm School');

  await go('#/history');
  await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
  const rows = page.getByRole('region', { name: 'Steps, the latest first' }).locator('tbody tr');
  assert.equal(await rows.count(), 3);
  assert.match(await rows.nth(0).innerText(), /Ms Roe\s+changed the settings\s+1\s+Holds/);
  assert.match(await rows.nth(2).innerText(), /made up the sample school/);
  await tools.assertNoBarriers();

  const drawer = page.locator('.drawer');
  await rows.nth(0).getByRole('button', { name: /^Details/ }).click();
  const cell = drawer.locator('tbody tr');
  assert.match(await cell.innerText(), /The school\s+School name: Oak School → Elm School/);
  await tools.assertNoBarriers();
  await page.keyboard.press('Escape');

  // A big step shows the first of its cells only.
  await rows.nth(2).getByRole('button', { name: /^Details/ }).click();
  await drawer.locator('p', { hasText: /^The first 50 of [\d,]+ values:$/ }).waitFor();
  assert.equal(await cell.count(), 50);
  await page.keyboard.press('Escape');

  // What was changed since is not taken away from whoever changed it.
  await rows.nth(1).getByRole('button', { name: /^Undo/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('there is nothing left to undo').waitFor();
  await tools.assertNoBarriers();
  await dialog.getByRole('button', { name: 'Leave it' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await rows.count(), 3);

  await rows.nth(0).getByRole('button', { name: /^Undo/ }).click();
  await page.getByText('Undone: changed the settings').waitFor();
  assert.match(await rows.nth(0).innerText(), /undid: changed the settings/);
  assert.match(await rows.nth(1).innerText(), /Undone/);
  await page.locator('.topbar').getByText('Oak School').waitFor();

  // And done again by the key.
  await page.locator('h1').focus();
  await page.keyboard.press('Control+Shift+z');
  await page.locator('.topbar').getByText('Elm School').waitFor();
  assert.match(await rows.nth(0).innerText(), /did again: changed the settings/);

  await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Imports and opened files' });
  assert.equal(await rows.count(), 1);
  await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'All' });
  await page.getByRole('combobox', { name: 'Person' }).selectOption({ label: 'Ms Roe' });
  assert.equal(await rows.count(), 4);
  await page.getByText(/^4 of 5 steps are shown\.$/).waitFor();

  // It is all there after the tab was closed.
  await saved(page);
  await page.reload();
  await tools.started(page);
  await page.getByText(/^5 steps are kept/).waitFor();
  assert.equal(await rows.count(), 5);
});

journey('I undo everything, come back the next day, and still get it back', async (tools) => {
  const { page, open, server } = tools;
  await open();
  await trySample(page);
  // By then its steps are in the history, which a start does not read.
  await folded(page);
  await page.reload();
  await tools.started(page);

  await page.goto(`${server.url}#/history`);
  const rows = page.getByRole('region', { name: 'Steps, the latest first' }).locator('tbody tr');
  await rows.nth(0).getByRole('button', { name: /^Undo/ }).click();
  // So much is asked about.
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/values go back to what they were/).waitFor();
  await dialog.getByRole('button', { name: 'Undo it' }).click();
  await page.getByText('Undone: made up the sample school').waitFor();
  await saved(page);
  await folded(page);
  await page.reload();
  await tools.started(page);

  await page.goto(server.url);
  await page.getByText('All that was here has been undone.').waitFor();
  await tools.assertNoBarriers();
  await page.getByRole('link', { name: 'History', exact: true }).last().click();
  assert.match(await rows.nth(1).innerText(), /made up the sample school\s+[\d,]+\s+Undone/);
  await page.locator('.topbar').getByRole('button', { name: 'Redo' }).click();
  await page.getByText('Done again: made up the sample school').waitFor();
  // What holds again can be undone again, and the history says what was done again.
  assert.match(await rows.nth(0).innerText(), /did again: made up the sample school/);
  assert.match(await rows.nth(2).innerText(), /made up the sample school\s+[\d,]+\s+Holds/);
  await rows.nth(2).getByRole('button', { name: /^Undo/ }).waitFor();
  await page.goto(`${server.url}#/pupils`);
  await page.getByText(/^1,\d{3} pupils/).first().waitFor();
});

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

/** Writes a history record anew with a text replaced, its entries linked and sealed as the store does it. */
function forged(key, body, from, to) {
  const [first] = body.split('\n', 1);
  let number = Number(first.split(' ')[1]);
  let link = first.split(' ')[3].replace('-', '');
  let text = '';
  for (let rest = body; rest; number += 1) {
    const line = rest.split('\n', 1)[0];
    const length = Number(line.split(' ')[2]);
    const step = rest.slice(line.length + 1, line.length + 1 + length).replaceAll(from, to);
    rest = rest.slice(line.length + 1 + length + 1);
    const next = sha256(link, '\n', sha256(`log\n${number}\n${number - 1}\n`, Buffer.from(step, 'latin1')));
    text += `entry ${number} ${step.length} ${link || '-'} ${next}\n${step}\n`;
    link = next;
  }
  const bytes = Buffer.from(text, 'latin1');
  return { body: [...bytes], hash: sha256(`history\n${key}\n\n`, bytes) };
}

journey('Somebody rewrites a step behind the program, seals and all, and the history says which', async (tools) => {
  const { page, open, server } = tools;
  await open();
  await trySample(page);
  await folded(page);
  await page.goto(`${server.url}#/settings`);
  await page.getByLabel('Your name').fill('Ms Roe');
  await page.getByLabel('Your name').press('Tab');
  await rename(page, 'Oak School');
  await rename(page, 'Elm School');
  await page.getByRole('button', { name: 'Make a snapshot now' }).click();
  await page.getByRole('cell', { name: 'On request' }).waitFor();
  await folded(page);

  await page.goto(`${server.url}rescue.html`);
  const key = (await keys(page, 'history')).at(-1);
  const was = await record(page, 'history', key);
  const text = Buffer.from(was.body).toString('latin1');
  assert.deepEqual(forged(key, text, 'Oak School', 'Oak School').body, was.body, 'the store would have written the same');
  await putRecord(page, 'history', key, { ...was, ...forged(key, text, 'Oak School', 'Yew School') });

  await page.goto(`${server.url}#/history`);
  await page.getByRole('alert').filter({ hasText: 'something other than Flightpath has changed the history' }).waitFor();
  const rows = page.getByRole('region', { name: 'Steps, the latest first' }).locator('tbody tr');
  assert.deepEqual(await rows.locator('td:nth-child(5)').allInnerTexts(), ['Not as it was written', 'Not as it was written', 'Holds']);
  await tools.assertNoBarriers();
});
