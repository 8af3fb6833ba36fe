// An old Flightpath in one tab and a new one in another, and an old one that comes back to a newer one's data.
import assert from 'node:assert/strict';

import { journey } from '../support/journey.mjs';
import { keys, renameSchool, trySample } from '../support/school.mjs';

/** The database's version in a Flightpath of tomorrow, however long today's goes on. */
const TOMORROW = 1000;

/** What that one does to the database when it opens it. */
const upgradeTo = (version) =>
  new Promise((done, failed) => {
    const opening = indexedDB.open('flightpath', version);
    opening.onupgradeneeded = () => opening.result.createObjectStore('tomorrow');
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      opening.result.close();
      done();
    };
  });

journey('A newer Flightpath in another tab stops this one, and its data is left alone', async (tools) => {
  const { page, context, server, started } = tools;
  await tools.open();
  await trySample(page);
  await renameSchool(page, server, 'Oak Lane School');
  const other = await context.newPage();
  await other.goto(`${server.url}rescue.html`);
  await other.evaluate(upgradeTo, TOMORROW);
  await page.getByText('A newer Flightpath was opened in another tab').waitFor();
  // What I still type is not called saved, and I can take it out.
  const name = page.getByLabel('Name of the school');
  await name.fill('Elm Lane School');
  await name.press('Tab');
  const state = page.getByRole('status', { name: 'Saved state' });
  await state.getByText(/^Not saved/).waitFor();
  await tools.assertNoBarriers();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export the school' }).first().click()]);
  assert.match(file.suggestedFilename(), /^flightpath-.*\.json$/);

  // This older one is opened again: it refuses, says why, and changes nothing.
  const before = await keys(other, 'state');
  await page.goto('about:blank');
  await page.goto(server.url);
  await started(page);
  await page.getByText('This older one leaves it alone').waitFor();
  await state.getByText('No school is open', { exact: true }).waitFor();
  assert.deepEqual(await keys(other, 'state'), before);
  const version = await other.evaluate(() => indexedDB.databases().then((all) => all.find(({ name }) => name === 'flightpath').version));
  assert.equal(version, TOMORROW);
});

journey('An older Flightpath in another tab is waited for, and then this one goes on by itself', async (tools) => {
  const { page, context, server } = tools;
  const older = await context.newPage();
  await older.goto(`${server.url}rescue.html`);
  // One that does not let go by itself: it hangs.
  await older.evaluate(
    () =>
      new Promise((done) => {
        const opening = indexedDB.open('flightpath', 1);
        opening.onupgradeneeded = () => {
          for (const name of ['meta', 'state', 'log', 'history']) opening.result.createObjectStore(name, { keyPath: 'key' });
        };
        opening.onsuccess = () => done((window.held = opening.result).version);
      }),
  );
  await page.goto(server.url);
  await tools.started(page);
  await page.getByText('Another tab holds an older Flightpath open').waitFor();
  await tools.assertNoBarriers();
  await older.close();
  await page.getByRole('button', { name: 'Try the sample school' }).waitFor();
  await trySample(page);
});
