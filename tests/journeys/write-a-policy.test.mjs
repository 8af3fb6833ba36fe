// Somebody who has read a school's policy on paper sets it up from nothing, with the screen alone.
import assert from 'node:assert/strict';

import { journey } from '../support/journey.mjs';
import { said, writePolicy } from '../support/policy.mjs';
import { download, saved, trySample } from '../support/school.mjs';

const wrongsOf = (page, text) => page.getByRole('listitem').filter({ hasText: `“${text}” cannot be read as a number.` });

const exported = async (page) => {
  const file = await download(page, () => page.getByRole('button', { name: 'Export', exact: true }).click());
  return JSON.parse(String(file.bytes));
};

for (const name of ['Bilingual secondary', 'Banded secondary', 'Secondary with personal targets', 'Primary', 'General secondary']) {
  journey(`I set up the policy “${name}” from an empty one`, { timeout: 300_000 }, async (tools) => {
    const { page } = tools;
    await tools.open('#/policy');
    await page.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
    const wanted = await exported(page);
    assert.equal(wanted.name, name);

    await page.getByRole('button', { name: 'New policy' }).click();
    await page.getByText(/^To be mended before it can be saved/).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Save policy' }).isEnabled(), false, 'an empty policy cannot be saved');
    await writePolicy(page, wanted);
    await page.getByText('The policy is sound').waitFor();
    await tools.assertNoBarriers();
    await page.getByRole('button', { name: 'Save policy' }).click();
    await page.getByText(`${name}, version 1, decides`).waitFor();
    await saved(page);
    assert.deepEqual(said(await exported(page)), said(wanted), 'every number is in its place');
  });
}

journey('I change one number of our policy, see whom it touches, and can take it back', async (tools) => {
  const { page, server, started } = tools;
  await tools.open();
  await trySample(page);
  await page.goto(`${server.url}#/policy`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const parts = page.getByRole('navigation', { name: 'Parts of the policy' });

  // What cannot hold is said where it stands, and cannot be saved.
  await parts.getByRole('button', { name: 'The year' }).click();
  const october = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Event 2: October' }) });
  await october.getByLabel('Deadline: day').fill('31');
  await october.getByLabel('Deadline: day').press('Tab');
  await october.getByLabel('Deadline: month').selectOption('February');
  await page.getByText('To be mended before it can be saved (1):').waitFor();
  await october.getByText('There is no such day in every year. Choose another.').waitFor();
  await tools.assertNoBarriers();
  await parts.getByRole('button', { name: 'The school' }).click();
  await page.getByRole('button', { name: 'The year, October' }).click();
  await october.getByLabel('Deadline: day').fill('24');
  await october.getByLabel('Deadline: day').press('Tab');
  await october.getByLabel('Deadline: month').selectOption('October');
  await page.getByText('The policy is sound').waitFor();
  await page.getByText('This policy is in force.').waitFor();

  // A head follows its name while the name is typed, and the focus stays.
  const event = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /^Event 3:/ }) });
  const third = await event.getByLabel('Name of the event').inputValue();
  await event.getByLabel('Name of the event').fill('Christmas');
  await event.getByLabel('Name of the event').press('Enter');
  await page.getByRole('heading', { name: 'Event 3: Christmas' }).waitFor();
  await event.getByLabel('Name of the event').and(page.locator(':focus')).waitFor();
  await event.getByLabel('Name of the event').fill(third);
  await event.getByLabel('Name of the event').press('Enter');
  await page.getByRole('heading', { name: `Event 3: ${third}` }).waitFor();

  // Half a grade less is allowed in October: some pupils would have another colour, and they are named.
  await october.getByLabel('May lie below target, in grades').fill('1.5');
  await october.getByLabel('May lie below target, in grades').press('Tab');
  const colours = page.getByRole('listitem').filter({ hasText: /^At October, [\d,]+ subjects of pupils would have another colour\./ });
  await colours.waitFor();
  await colours.getByText('Whose?').click();
  await colours.getByRole('link').first().waitFor();

  // The draft outlives the tab.
  await page.reload();
  await started(page);
  await page.getByRole('button', { name: 'Go on editing “Bilingual secondary”' }).click();
  await parts.getByRole('button', { name: 'The year' }).click();
  assert.equal(await october.getByLabel('May lie below target, in grades').inputValue(), '1.5');
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('Bilingual secondary, version 3');
  await page.getByRole('cell', { name: /^October: .*1\.5 grades/ }).waitFor();

  await page.getByRole('button', { name: 'Save policy' }).click();
  await page.getByText('Bilingual secondary, version 4, decides').waitFor();
  await page.getByText('version 4, kept by the school').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Bilingual secondary, version 3, decides').waitFor();
  await page.getByRole('button', { name: 'Redo' }).click();
  await page.getByText('Bilingual secondary, version 4, decides').waitFor();
  await saved(page);
});

journey('A number that cannot be read is a mistake like any other', async (tools) => {
  const { page } = tools;
  await tools.open('#/policy');
  await page.getByRole('radio', { name: /^Banded secondary/ }).check();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const parts = page.getByRole('navigation', { name: 'Parts of the policy' });
  const save = page.getByRole('button', { name: 'Save policy' });
  const type = async (control, text) => {
    await control.fill(text);
    await control.press('Tab');
  };
  await parts.getByRole('button', { name: 'The school' }).click();
  await type(page.getByRole('textbox', { name: 'Name of the policy' }), 'St Brannoc’s');
  assert.equal(await save.isEnabled(), true);

  await parts.getByRole('button', { name: 'Tables' }).click();
  const from = (row) => page.locator(`#e-tables-0--scores-${row}--from`);
  await type(from(2), 'ninety');
  await page.getByText('To be mended before it can be saved (1):').waitFor();
  assert.equal(await save.isEnabled(), false);
  await tools.assertNoBarriers();

  // It is still there after a look elsewhere, and the list leads to it.
  await parts.getByRole('button', { name: 'The year' }).click();
  const wrongs = wrongsOf(page, 'ninety');
  await wrongs.getByRole('button', { name: 'Tables, Table 1, Row 3' }).click();
  assert.equal(await from(2).inputValue(), 'ninety');
  assert.equal(await from(2).getAttribute('aria-invalid'), 'true');
  await page.waitForFunction(() => document.activeElement?.id === 'e-tables-0--scores-2--from');

  // It goes with its row; without the row it is gone.
  const inTable = page.locator('#e-tables-0--scores');
  await inTable.getByRole('button', { name: 'Remove row 1', exact: true }).click();
  await wrongs.getByRole('button', { name: 'Tables, Table 1, Row 2' }).waitFor();
  assert.equal(await from(1).inputValue(), 'ninety');
  await inTable.getByRole('button', { name: 'Remove row 2', exact: true }).click();
  await wrongs.waitFor({ state: 'detached' });

  // Mended, it is gone as well.
  await parts.getByRole('button', { name: 'Groups and wording' }).click();
  const smallest = page.locator('#e-groups-smallest');
  await type(smallest, 'six');
  await wrongsOf(page, 'six').waitFor();
  await type(smallest, '6');
  await wrongsOf(page, 'six').waitFor({ state: 'detached' });
});

journey('I open a policy that a colleague sent, and a file that is none takes nothing', async (tools) => {
  const { page } = tools;
  await tools.open('#/policy');
  const choose = page.getByLabel('Import a policy');
  const file = (name, text) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await choose.setInputFiles(file('marks.json', '{"marks": [1, 2]}'));
  await page.getByText('Nothing was taken: “marks.json” is no policy of Flightpath.').waitFor();
  await choose.setInputFiles(file('later.json', '{"format": 99}'));
  await page.getByText(/“later\.json” comes from a later release of Flightpath \(format 99\)/).waitFor();
  await choose.setInputFiles(file('torn.json', '{"format": 2,\n "key": '));
  await page.getByText(/“torn\.json”, line 2, column \d+:/).waitFor();

  await page.getByRole('radio', { name: /^Banded secondary/ }).check();
  const sent = await exported(page);
  sent.name = 'St Brannoc’s';
  sent.motto = ['kept as it stands'];
  sent.tables[0].scores[0].grade = 'Q';
  await choose.setInputFiles(file('ours.json', JSON.stringify(sent)));
  await page.getByText('“St Brannoc’s” was read. Look it over; it holds once you save it.').waitFor();
  await page.getByRole('button', { name: 'Tables, Table 1, Row 1' }).click();
  const row = page.getByRole('listitem').filter({ has: page.getByText('Foundation, Secure, Extending has no grade “Q”. Pick one that it has.') }).last();
  await row.getByLabel('Target').selectOption('F=');
  await page.getByText('The policy is sound').waitFor();
  await page.getByRole('button', { name: 'Save policy' }).click();
  await page.getByText('St Brannoc’s, version 4, decides').waitFor();
  await saved(page);
  const kept = await exported(page);
  assert.deepEqual(kept.motto, ['kept as it stands']);
});

journey('What a closed event was judged by stays, whatever policy follows, until I have it judged again', async (tools) => {
  const { page, server } = tools;
  await tools.open();
  await trySample(page);
  const answer = async () => {
    await page.goto(`${server.url}#/interventions`);
    await page.getByRole('heading', { name: 'Who needs someone', level: 1 }).waitFor();
    return page.locator('.answer').first().textContent();
  };
  const events = async () => {
    await page.goto(`${server.url}#/events`);
    return page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'October', exact: true }) });
  };
  await (await events()).getByRole('button', { name: 'Close October' }).click();
  await (await events()).getByText('Judged by Bilingual secondary, version 3').waitFor();
  const before = await answer();
  assert.match(before, /October/);

  await page.goto(`${server.url}#/policy`);
  await page.getByRole('radio', { name: /^Banded secondary/ }).check();
  await page.getByRole('button', { name: 'Save policy' }).click();
  await page.getByText('Banded secondary, version 3, decides').waitFor();
  assert.equal(await answer(), before, 'the old policy judges what it judged');

  const again = (await events()).getByRole('button', { name: 'Judge October again by the policy in force' });
  await again.click();
  await (await events()).getByText('Judged by Banded secondary, version 3').waitFor();
  assert.notEqual(await answer(), before);
  await page.getByRole('button', { name: 'Undo' }).click();
  await (await events()).getByText('Judged by Bilingual secondary, version 3').waitFor();
  assert.equal(await answer(), before);
  await saved(page);
});
