// What many journeys do with a school.
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

/** What a click hands over: the file's name and bytes. */
export async function download(page, click) {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** Waits until all that was saved is folded into the state: nothing is left in the log. */
export async function folded(page) {
  await saved(page);
  await page.waitForFunction(
    () =>
      new Promise((done, failed) => {
        const opening = indexedDB.open('flightpath');
        opening.onerror = () => failed(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const counting = database.transaction('log').objectStore('log').count();
          counting.onsuccess = () => {
            database.close();
            done(counting.result === 0);
          };
        };
      }),
    undefined,
    { polling: 250, timeout: 60_000 },
  );
}
