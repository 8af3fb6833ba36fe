// Two tabs stay in step, and everything is there after the tab was closed.
import assert from 'node:assert/strict';

import { journey } from '../support/journey.mjs';
import { folded, keys, saved, trySample } from '../support/school.mjs';

journey('What I change in one tab shows in the other, and is there tomorrow', async (tools) => {
  const { page, context, server, started } = tools;
  await tools.open();
  await trySample(page);
  await page.goto(`${server.url}#/settings`);
  const second = await context.newPage();
  await second.goto(server.url);
  await started(second);
  await second.getByText('1103 pupils').or(second.getByText(/\d+ pupils in/)).first().waitFor();

  const name = page.getByLabel('Name of the school');
  await name.fill('Oak Lane School');
  await name.press('Tab');
  await second.getByRole('banner').getByText('Oak Lane School').waitFor();
  await saved(page);

  await second.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('banner').getByText('Larkspur School').waitFor();
  await saved(second);
  await second.getByRole('button', { name: 'Redo' }).click();
  await page.getByRole('banner').getByText('Oak Lane School').waitFor();
  await saved(second);

  // Neither tab forgets what is preferred in the other.
  await second.goto(`${server.url}#/settings`);
  await second.getByLabel('Your name').fill('Ms Roe');
  await second.getByLabel('Your name').press('Tab');
  await page.waitForFunction(() => [...document.querySelectorAll('input')].some(({ value }) => value === 'Ms Roe'));
  await page.getByRole('combobox', { name: 'Look' }).selectOption({ label: 'Light' });

  await page.close();
  await second.reload();
  await started(second);
  await second.getByRole('banner').getByText('Oak Lane School').waitFor();
  assert.equal(await second.getByLabel('Your name').inputValue(), 'Ms Roe');
});

journey('I undo the whole sample school, also after a reload, and get it back', async (tools) => {
  const { page, server, started } = tools;
  await tools.open();
  await trySample(page);
  await page.reload();
  await started(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('status').filter({ hasText: 'Undone: made up the sample school' }).waitFor({ timeout: 60_000 });
  await saved(page);
  await page.goto(`${server.url}#/pupils`);
  await page.keyboard.press('Control+y');
  await page.getByText('This school was made up by the program').waitFor({ timeout: 60_000 });
  await saved(page);
});

journey('A year of long ago is read last, and is there as a whole', async (tools) => {
  const { page, server, started } = tools;
  await tools.open();
  await trySample(page);
  await page.goto(`${server.url}#/exchange/import`);
  const list = 'Admission number,Surname,Forename,Year group\r\n90001,Aardvark,Alice,7\r\n90002,Zebra,Zoe,8\r\n';
  await page.getByLabel('Choose files').setInputFiles({ name: 'old.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await page.getByRole('combobox', { name: 'The file is of' }).selectOption({ label: '2024/25' });
  await page.getByRole('button', { name: 'Apply import' }).click();
  await page.locator('.answer').getByText('is in: 2 new pupils').waitFor();
  await folded(page);
  const parts = await keys(page, 'state');
  assert.ok(parts.includes('2024-pupils') && parts.includes('2026-pupils'), `${parts}`);
  await page.goto(`${server.url}#/pupils`);
  await page.reload();
  await started(page);
  await page.getByRole('combobox', { name: 'Academic year' }).selectOption({ label: '2024/25' });
  await page.getByRole('link', { name: /Aardvark/ }).waitFor();
  assert.equal(await page.locator('main tbody tr').count(), 2);
  // Undone straight after a start, before anybody looked at that year.
  await page.reload();
  await started(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('status').filter({ hasText: 'Undone: imported old.csv' }).waitFor();
  await saved(page);
  await page.reload();
  await started(page);
  await page.getByRole('status', { name: 'Saved state' }).getByText('All changes saved').waitFor();
  // Nothing is left of that year, so it cannot be chosen any more.
  const years = await page.getByRole('combobox', { name: 'Academic year' }).getByRole('option').allInnerTexts();
  assert.deepEqual(years, ['2026/27', '2025/26']);
});

journey('I find a pupil and a screen without the mouse', async (tools) => {
  const { page } = tools;
  await tools.open();
  await trySample(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a pupil, a class or a command' }).fill('policy');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Policy' }).waitFor();
  // A surname that begins so goes before one that only holds the letters, and a screen before both run out.
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a pupil, a class or a command' }).fill('ha');
  assert.match(await page.locator('#palette-list').getByRole('option').first().innerText(), /^Ha/);
  await page.getByRole('combobox', { name: 'Find a pupil, a class or a command' }).fill('hi');
  await page.locator('#palette-list').getByRole('option', { name: /^History/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await keys.waitFor();
  await tools.assertNoBarriers();
  await page.keyboard.press('Escape');
  assert.equal(await keys.isVisible(), false);
});

journey('No screen of the sample school has a barrier or scrolls sideways', async (tools) => {
  const { page, server } = tools;
  await tools.open();
  await tools.assertNoBarriers();
  await trySample(page);
  // With every part fetched a screen is there as soon as its address is.
  await page.waitForFunction(() => {
    const parts = performance.getEntriesByType('resource').map(({ name }) => name);
    return ['teaching', 'files', 'school'].every((part) => parts.some((name) => name.includes(`split_${part}`)));
  });
  for (const route of ['', 'pupils', 'targets', 'events', 'interventions', 'exchange', 'exchange/import', 'policy', 'history', 'settings']) {
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto(`${server.url}#/${route}`);
      await page.locator('#page-title').waitFor();
      await tools.assertNoBarriers();
    }
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(wider, 0, `#/${route} scrolls sideways by ${wider} px`);
  }
});
