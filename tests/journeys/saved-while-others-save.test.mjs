// What I do is stored, whatever the program or another tab is just doing with what is stored.
import { journey } from '../support/journey.mjs';
import { folded, renameSchool, saved, until } from '../support/school.mjs';

/** Brings a list of one pupil. */
async function bring(page, server, file, number) {
  await page.goto(`${server.url}#/exchange/import`);
  const list = `Admission number,Surname,Forename,Year group\r\n${number},Aardvark,Alice,7\r\n`;
  await page.getByLabel('Choose files').setInputFiles({ name: file, mimeType: 'text/csv', buffer: Buffer.from(list) });
  await page.getByRole('button', { name: 'Apply import' }).click();
  await page.locator('.answer').getByText(`${file} is in: 1 new pupil`).waitFor();
}

/**
 * Somebody is at the history of the database for a long time, as soon as it is her turn: changes come in, but can
 * neither be put away nor read as one. Gives what lets go of it.
 */
async function heldUp(page) {
  const hold = await page.evaluate(
    () =>
      new Promise((begun) => {
        window.holds ??= [];
        indexedDB.open('flightpath').onsuccess = ({ target }) => {
          const store = target.result.transaction('history', 'readwrite').objectStore('history');
          const hold = window.holds.push(true) - 1;
          const again = () => {
            if (window.holds[hold]) store.count().onsuccess = again;
          };
          again();
          begun(hold);
        };
      }),
  );
  return () => page.evaluate((hold) => (window.holds[hold] = false), hold);
}

/** Waits until the program is at putting away what was stored, and cannot get on with it. */
async function puttingAway(page) {
  await saved(page);
  await until(page, async () => {
    const { held } = await navigator.locks.query();
    return held.some(({ name }) => name === 'flightpath-writer');
  });
  // What it does before it waits for the database takes some milliseconds.
  await page.waitForTimeout(1_000);
}

/** Types another name of the school, without waiting until it is stored. */
async function nameSchool(page, server, to) {
  await page.goto(`${server.url}#/settings`);
  const name = page.getByLabel('Name of the school');
  await name.fill(to);
  await name.press('Tab');
  await page.getByRole('banner').getByText(to).waitFor();
}

const snapshot = (page) => page.getByRole('button', { name: 'Make a snapshot now' }).click();

journey('What I do while the program puts an import away is there tomorrow', async (tools) => {
  const { page, server, started } = tools;
  await tools.open();
  await bring(page, server, 'first.csv', 90001);
  await folded(page);
  const letGo = await heldUp(page);
  await bring(page, server, 'second.csv', 90002);
  await puttingAway(page);
  await nameSchool(page, server, 'Oak Lane School');
  await letGo();
  await saved(page);
  await snapshot(page);
  await folded(page);
  await page.reload();
  await started(page);
  await page.getByRole('banner').getByText('Oak Lane School').waitFor();
});

journey('What I do while the program reads what another tab has put away is there tomorrow', async (tools) => {
  const { page, context, server, started } = tools;
  await tools.open();
  await bring(page, server, 'first.csv', 90001);
  await folded(page);
  // The other tab puts away what this one knows already, so that nothing tells this one.
  const other = await context.newPage();
  await other.goto(server.url);
  await started(other);
  await renameSchool(other, server, 'Elm Lane School');
  await page.getByRole('banner').getByText('Elm Lane School').waitFor();
  await snapshot(other);
  await folded(other);
  await other.close();

  await page.bringToFront();
  await renameSchool(page, server, 'Ash Lane School');
  const letGoOfFirst = await heldUp(page);
  await snapshot(page);
  await puttingAway(page);
  const letGo = await heldUp(page);
  await letGoOfFirst();
  // It finds that it has to read everything first.
  await page.waitForTimeout(1_000);
  await nameSchool(page, server, 'Oak Lane School');
  await letGo();
  await saved(page);
  await page.getByRole('banner').getByText('Oak Lane School').waitFor();
  await snapshot(page);
  await folded(page);
  await page.reload();
  await started(page);
  await page.getByRole('banner').getByText('Oak Lane School').waitFor();
});

journey('Where a newer program has stored what this one cannot read, it stops and says so', async (tools) => {
  const { page, context, server } = tools;
  await tools.open();
  await bring(page, server, 'first.csv', 90001);
  await folded(page);
  await renameSchool(page, server, 'Oak Lane School');
  const other = await context.newPage();
  await other.goto(`${server.url}rescue.html`);
  await other.evaluate(async () => {
    const answer = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
    const bytes = (text) => new TextEncoder().encode(text);
    const sealed = async (shelf, record) => {
      const head = bytes(`${shelf}\n${record.key}\n${record.previous ?? ''}\n`);
      const digest = await crypto.subtle.digest('SHA-256', new Uint8Array([...head, ...record.body]));
      const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      return { ...record, hash };
    };
    const database = await answer(indexedDB.open('flightpath'));
    const read = (shelf, key) => answer(database.transaction(shelf).objectStore(shelf).get(key));
    const put = async (shelf, record) => {
      const put = await sealed(shelf, record);
      await answer(database.transaction(shelf, 'readwrite').objectStore(shelf).put(put));
    };
    const head = await read('meta', 'log-head');
    const says = JSON.parse(new TextDecoder().decode(head.body));
    const last = await read('log', says.number);
    const next = { ...last, key: says.number + 1, previous: says.number };
    await put('log', { ...next, body: bytes('{"a step":"of a newer release"}') });
    await put('meta', { ...head, body: bytes(JSON.stringify({ ...says, number: says.number + 1 })) });
    database.close();
  });
  await page.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await page.getByText("A newer Flightpath has used this computer's data").waitFor();
});
