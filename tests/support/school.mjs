// What many journeys do with a school.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

/** Makes up the sample school and waits until it is stored. */
export async function trySample(page) {
  await page.getByRole('button', { name: 'Try the sample school' }).click();
  await page.getByText('This school was made up by the program').waitFor({ timeout: 60_000 });
  await saved(page);
}

/** Waits until *Saved state* says that everything is stored. */
export async function saved(page) {
  await page.getByRole('status', { name: 'Saved state' }).getByText('All changes saved').waitFor({ timeout: 60_000 });
}

/** Has the school go by another of the policies that ship, and waits until that is stored. */
export async function choosePolicy(page, server, name) {
  await page.goto(`${server.url}#/policy`);
  await page.getByRole('radio', { name }).check();
  await page.getByRole('button', { name: 'Save policy' }).click();
  await page.getByText(/, version \d+, decides/).filter({ hasText: name }).waitFor();
  await saved(page);
}

/** What a click hands over: the file's name and bytes. */
export async function download(page, click) {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/**
 * Waits until all that was saved is folded into the state and the second copy is level with it: nothing is left in the
 * log, and nobody is at it or waits to be. Without the latter a snapshot that is still to come would take in what is
 * done next.
 */
export async function folded(page) {
  await saved(page);
  await until(page, async () => {
    const { held, pending } = await navigator.locks.query();
    if ([...held, ...pending].some(({ name }) => name === 'flightpath-writer')) return false;
    const answer = (request) =>
      new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
    const database = await answer(indexedDB.open('flightpath'));
    const entries = await answer(database.transaction('log').objectStore('log').count());
    database.close();
    return entries === 0;
  });
}

/** Waits until what `test` promises in the page is true. Playwright's own wait takes the promise itself for true. */
export async function until(page, test) {
  const latest = Date.now() + 60_000;
  while (!(await page.evaluate(test))) {
    assert.ok(Date.now() < latest, `never came true: ${test}`);
    await page.waitForTimeout(100);
  }
}

/** Gives the school another name in Settings, and waits until it is stored. */
export async function renameSchool(page, server, to) {
  await page.goto(`${server.url}#/settings`);
  const name = page.getByLabel('Name of the school');
  await name.fill(to);
  await name.press('Tab');
  await page.getByRole('banner').getByText(to).waitFor();
  await saved(page);
}

/** Deletes the database behind the program's back; from a page that does not hold it open. */
export function deleteDatabase(page) {
  return page.evaluate(
    () =>
      new Promise((done, failed) => {
        const request = indexedDB.deleteDatabase('flightpath');
        request.onsuccess = () => done();
        request.onerror = request.onblocked = () => failed(new Error('the database was not deleted'));
      }),
  );
}

/** One record of the database, its body as an array of bytes. */
export function record(page, store, key) {
  return page.evaluate(
    async ([store, key]) => {
      const answer = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
      const database = await answer(indexedDB.open('flightpath'));
      const found = await answer(database.transaction(store).objectStore(store).get(key));
      database.close();
      return { ...found, body: Array.from(found.body) };
    },
    [store, key],
  );
}

/** The keys of a store of the database. */
export function keys(page, store) {
  return page.evaluate(async (store) => {
    const answer = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
    const database = await answer(indexedDB.open('flightpath'));
    const found = await answer(database.transaction(store).objectStore(store).getAllKeys());
    database.close();
    return found;
  }, store);
}

/** Puts a record into the database past every rule, or takes one away, as damage does. */
export function putRecord(page, store, key, put) {
  return page.evaluate(
    async ([store, key, put]) => {
      const answer = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
      const database = await answer(indexedDB.open('flightpath'));
      const records = database.transaction(store, 'readwrite').objectStore(store);
      await answer(put ? records.put({ ...put, body: Uint8Array.from(put.body) }) : records.delete(key));
      database.close();
    },
    [store, key, put],
  );
}

/**
 * Takes a part of the state and of the history out of the database, and the whole second copy away; from a page that
 * holds neither.
 */
export async function damageBothCopies(page) {
  await putRecord(page, 'state', '2025-subjects', null);
  await putRecord(page, 'history', (await keys(page, 'history'))[0], null);
  await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('flightpath');
    for await (const name of folder.keys()) await folder.removeEntry(name);
  });
}

/** Waits until what follows from making up the school has come to its end; its snapshot. */
export async function snapshotMade(page) {
  let newest;
  while (!(newest = (await files(page)).findLast(({ name }) => name.startsWith('snapshot-')))) await page.waitForTimeout(50);
  await page.waitForTimeout(1000);
  return newest;
}

/** Names and sizes of the files of the second copy. */
export function files(page) {
  return page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('flightpath', { create: true });
    const found = [];
    for await (const [name, file] of folder.entries()) found.push({ name, bytes: (await file.getFile()).size });
    return found;
  });
}
