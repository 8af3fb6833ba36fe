// The school is kept twice on one computer: what one copy loses the other gives back, and I am told.
import assert from 'node:assert/strict';

import { journey } from '../support/journey.mjs';
import { damageBothCopies, deleteDatabase, files, folded, putRecord, record, renameSchool, saved, snapshotMade, trySample, until } from '../support/school.mjs';

const banner = (page, text) => page.getByRole('alert').filter({ hasText: text });
const schoolName = (page) => page.getByRole('banner').locator('.school');

journey('The browser has lost its database, and my school is all there again', async (tools) => {
  const { page, server, open, started } = tools;
  await open();
  await trySample(page);
  await folded(page);
  await renameSchool(page, server, 'Oak Lane School');
  // From a page that does not hold it open.
  await page.goto(`${server.url}rescue.html`);
  await deleteDatabase(page);
  await open();
  await banner(page, 'It was brought back from the second copy').waitFor();
  assert.equal(await schoolName(page).innerText(), 'Oak Lane School');
  await tools.assertNoBarriers();
  await page.getByRole('button', { name: 'I have read this' }).click();
  await banner(page, 'brought back').waitFor({ state: 'detached' });
  // Its history came with it, and what I do now is kept as ever.
  await page.goto(`${server.url}#/history`);
  await page.getByRole('cell', { name: 'made up the sample school', exact: true }).waitFor();
  await renameSchool(page, server, 'Elm Lane School');
  await page.reload();
  await started(page);
  await page.getByRole('banner').getByText('Elm Lane School').waitFor();
  assert.equal(await banner(page, 'second copy').count(), 0);
});

journey('Damage in an earlier year is mended from the second copy, though the list of this year is read first', async (tools) => {
  const { page, server, open } = tools;
  await open();
  await trySample(page);
  await folded(page);
  const part = await record(page, 'state', '2025-subjects');
  part.body[part.body.length - 20] ^= 1;
  await putRecord(page, 'state', part.key, part);
  // A step that is not folded yet: it is taken in with the list, and again with what is left of all.
  await renameSchool(page, server, 'Oak Lane School');
  await page.goto(`${server.url}#/pupils`);
  await page.reload();
  await tools.started(page);
  await banner(page, 'The browser\'s data was damaged').waitFor();
  await page.getByRole('banner').getByText('Oak Lane School').waitFor();
  assert.ok((await files(page)).some(({ name }) => name.startsWith('set-aside-')), 'what was damaged is kept');
  await page.keyboard.press('Control+z');
  await page.getByRole('banner').getByText('Larkspur School').waitFor();
  await saved(page);
  await page.reload();
  await tools.started(page);
  await page.getByRole('banner').getByText('Larkspur School').waitFor();
  assert.equal(await banner(page, 'damaged').count(), 0);
});

journey('What a cut file has lost without a word comes back', async (tools) => {
  const { page, server, open } = tools;
  await open();
  await trySample(page);
  await folded(page);
  const head = await record(page, 'meta', 'log-head');
  const { number } = JSON.parse(String.fromCharCode(...head.body));
  await renameSchool(page, server, 'Oak Lane School');
  // The last transaction is gone as a whole, as when the browser's own log is cut: nothing in the database shows it.
  await page.goto(`${server.url}rescue.html`);
  await putRecord(page, 'log', number + 1, null);
  await putRecord(page, 'meta', head.key, head);
  await open();
  await banner(page, 'The browser had lost the last change').waitFor();
  await page.getByRole('banner').getByText('Oak Lane School').waitFor();
});

journey('Where both copies are damaged I see what is left, and can go on with it', async (tools) => {
  const { page, context, server, open } = tools;
  await open();
  await trySample(page);
  await folded(page);
  await page.goto(`${server.url}rescue.html`);
  await damageBothCopies(page);
  await open();
  await page.getByText('Some of what is stored here is damaged').waitFor();
  await page.getByText('A part of the school is damaged in both copies').waitFor();
  // Nothing can be changed before I have said so.
  await page.keyboard.press('Control+z');
  await page.getByText('Some of what is stored here is damaged').waitFor();
  await tools.assertNoBarriers();
  const second = await context.newPage();
  await second.goto(server.url);
  await second.getByText('Some of what is stored here is damaged').waitFor();
  await page.getByRole('button', { name: 'Go on with what is left' }).click();
  await page.getByText('Some of what is stored here is damaged').waitFor({ state: 'detached' });
  await renameSchool(page, server, 'Oak Lane School');
  // The other tab does not know that I have gone on. It does not put back what I had then.
  await second.getByRole('button', { name: 'Go on with what is left' }).click();
  await second.getByText('Some of what is stored here is damaged').waitFor({ state: 'detached' });
  await second.getByRole('banner').getByText('Oak Lane School').waitFor();
  await second.close();
  await page.reload();
  await tools.started(page);
  await page.getByRole('banner').getByText('Oak Lane School').waitFor();
  assert.equal(await page.getByText('damaged').count(), 0);
});

journey('I set the school back to a snapshot, and undo that', async (tools) => {
  const { page, server, open } = tools;
  await open();
  await trySample(page);
  await folded(page);
  await renameSchool(page, server, 'Oak Lane School');
  await page.getByRole('button', { name: 'Make a snapshot now' }).click();
  await page.getByRole('cell', { name: 'On request' }).waitFor();
  await tools.assertNoBarriers();
  // Whether the first snapshot is the import's or the day's depends on which of them the start came to first.
  await page.getByRole('row', { name: /After an import|First of the day/ }).last().getByRole('button').click();
  const question = page.getByRole('dialog');
  await question.getByText('1 value would become what it was then').waitFor();
  await question.getByRole('button', { name: 'Set back', exact: true }).click();
  await page.getByRole('banner').getByText('Larkspur School').waitFor();
  await saved(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('banner').getByText('Oak Lane School').waitFor();
  // Where nothing has changed since there is nothing to set back.
  await page.getByRole('row', { name: /On request/ }).getByRole('button').click();
  await question.getByText('there is nothing to set back').waitFor();
  await page.keyboard.press('Escape');
  // Whoever uses the keyboard is where she was.
  await page.waitForFunction(() => document.activeElement?.textContent === 'Set back to this');
  await page.goto(`${server.url}#/history`);
  await page.getByRole('cell', { name: /^set everything back to/ }).waitFor();
});

journey(
  'Where the second copy cannot be kept it says so, and saves all the same',
  { allow: (kind, text) => /split_keeping|Failed to load resource|404|HTTP status code is not ok/.test(text) },
  async (tools) => {
    const { page, context, server, open } = tools;
    await context.route(/split_keeping/, (route) => route.fulfill({ status: 404, body: '' }));
    await open();
    await page.getByRole('button', { name: 'Try the sample school' }).click();
    await page.getByText('This school was made up by the program').waitFor({ timeout: 60_000 });
    const state = page.getByRole('status', { name: 'Saved state' });
    await state.getByText('All changes saved, without a second copy').waitFor({ timeout: 60_000 });
    await context.unroute(/split_keeping/);
    await open();
    await state.getByText('All changes saved', { exact: true }).waitFor();
    await until(page, async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('flightpath', { create: true });
      for await (const name of folder.keys()) if (name.startsWith('log-')) return true;
      return false;
    });
    await renameSchool(page, server, 'Oak Lane School');
  },
);

journey('A second copy that failed is made up for by itself', { browser: { bypassCSP: true } }, async (tools) => {
  const { page, context, server, open } = tools;
  await open();
  await trySample(page);
  await folded(page);
  // Somebody else holds the file that comes next, as a virus scanner may.
  const newest = await snapshotMade(page);
  const next = newest.name.replaceAll(/\d{12}/g, (number) => String(Number(number) + 1).padStart(12, '0'));
  const other = await context.newPage();
  await other.goto(`${server.url}rescue.html`);
  const answer = await other.evaluate((name) => {
    const hold = `(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('flightpath');
      const file = await (await folder.getFileHandle(${JSON.stringify(name)}, { create: true })).createSyncAccessHandle();
      onmessage = () => { file.close(); postMessage('let go'); };
      return 'held';
    })().catch(String).then(postMessage)`;
    window.holder = new Worker(URL.createObjectURL(new Blob([hold])));
    return new Promise((done) => (window.holder.onmessage = ({ data }) => done(data)));
  }, next);
  assert.equal(answer, 'held');
  await renameSchool(page, server, 'Elm Lane School');
  await page.getByRole('button', { name: 'Make a snapshot now' }).click();
  const state = page.getByRole('status', { name: 'Saved state' });
  await state.getByText('All changes saved, without a second copy').waitFor();
  await page.getByLabel('Name of the school').fill('Oak Lane School');
  await page.keyboard.press('Tab');
  await page.getByRole('banner').getByText('Oak Lane School').waitFor();
  await other.evaluate(() => window.holder.postMessage('let go'));
  await state.getByText('All changes saved', { exact: true }).waitFor();
  // What was typed meanwhile is in it as well.
  await page.goto(`${server.url}rescue.html`);
  await deleteDatabase(page);
  await open();
  await banner(page, 'It was brought back from the second copy').waitFor();
  await page.getByRole('banner').getByText('Oak Lane School').waitFor();
});

journey('The program puts a backup into a folder that I chose, each day and after each import', async (tools) => {
  const { page, context, server, open } = tools;
  // Choosing is the person's part, in a window of the system's; any folder of the browser's own stands for hers.
  await context.addInitScript(() => {
    window.showDirectoryPicker = async () =>
      (await navigator.storage.getDirectory()).getDirectoryHandle('Head of Department', { create: true });
    const query = FileSystemHandle.prototype.queryPermission;
    FileSystemHandle.prototype.queryPermission = function (how) {
      return sessionStorage.getItem('forgot') ? Promise.resolve('prompt') : query.call(this, how);
    };
    FileSystemHandle.prototype.requestPermission = async () => {
      sessionStorage.removeItem('forgot');
      return 'granted';
    };
  });
  const backups = () =>
    page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('Head of Department', { create: true });
      const found = [];
      for await (const [name, file] of folder.entries()) {
        // The file that the browser writes before it puts it in its place comes and goes.
        const text = await file.getFile().then((file) => file.text()).catch(() => null);
        if (name.endsWith('.json') && text !== null) found.push({ name, text });
      }
      return found;
    });
  await open();
  await trySample(page);
  await folded(page);
  await page.goto(`${server.url}#/settings`);
  // Nothing but the choice writes the first backup.
  await snapshotMade(page);
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await page.getByText('A backup goes into the folder “Head of Department”').waitFor();
  const [first, ...others] = await backups();
  assert.match(first.name, /^flightpath-backup-\d{4}-\d\d-\d\d-\d{6}\.json$/);
  assert.equal(others.length, 0);
  assert.equal(JSON.parse(first.text).flightpath.school, 'Larkspur School (made up)');
  await tools.assertNoBarriers();
  // By itself from then on, also after the program was started anew.
  await page.reload();
  await tools.started(page);
  await renameSchool(page, server, 'Oak Lane School');
  await page.getByRole('button', { name: 'Make a snapshot now' }).click();
  await page.getByRole('cell', { name: 'On request' }).waitFor();
  let kept;
  do kept = await backups();
  while (!kept.some(({ text }) => text.includes('Oak Lane School')));
  // The browser forgets that it may, and I am told where I begin.
  await page.evaluate(() => sessionStorage.setItem('forgot', 'yes'));
  await page.goto(`${server.url}#/`);
  await page.reload();
  await page.getByText('Backups do not go into your folder').waitFor();
  await page.getByRole('main').getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Allow it' }).click();
  await page.getByText('A backup goes into the folder “Head of Department”').waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Flightpath can also put a backup into a folder').waitFor();
});
