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
