// A teacher keeps the marks of a class as quickly as in a spreadsheet, and nothing missing counts as nought.
import assert from 'node:assert/strict';

import { readSheet } from 'read-excel-file/node';

import { active, cellOf, columnOf, copy, goTo, paste, rowsOf, shows, textOf } from '../support/grid.mjs';
import { journey } from '../support/journey.mjs';
import { addAssessment, openClass, openDetails } from '../support/markbook.mjs';
import { download, saved, trySample } from '../support/school.mjs';

const TABLET = { browser: { hasTouch: true, viewport: { width: 768, height: 1024 } } };

/** Opens the markbook of the sample school's first class in Maths. */
async function openMarkbook({ page, open }) {
  await open();
  await trySample(page);
  return openClass(page, 0);
}

journey('I add a test, type its marks down the column, and see what they come to', async (tools) => {
  const { page } = tools;
  await openMarkbook(tools);
  await tools.assertNoBarriers();

  await page.getByText('New assessment').click();
  await page.getByRole('button', { name: 'Add the assessment' }).click();
  await page.getByRole('alert').filter({ hasText: 'An assessment needs a title' }).waitFor();
  await page.getByText('New assessment').click();
  await addAssessment(page, 'Fractions', '20');
  await goTo(page, 0, 'Fractions');
  for (const mark of ['14', '15.5', 'abs', 'late 12', 'nhi']) {
    await page.keyboard.type(mark);
    await page.keyboard.press('Enter');
  }
  // Beyond the highest mark: it stays in its cell, with the reason, and is not stored.
  await page.keyboard.type('21');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: '21 lies outside 0 to 20.' }).waitFor();
  assert.deepEqual(
    await Promise.all([0, 1, 2, 3, 4, 5].map((row) => textOf(page, row, 'Fractions'))),
    ['14', '15.5', 'abs', 'late 12', 'nhi', '21'],
  );
  await goTo(page, 5, 'Fractions');
  await page.keyboard.press('Escape');
  await shows(page, 5, 'Fractions', '');

  // A note beside a mark, by the menu of its cell; attainment does not change.
  await goTo(page, 0, 'Fractions');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('dialog', { name: 'Fractions' }).getByRole('button', { name: 'Note, evidence, effort, moderated mark' }).press('Enter');
  const beside = page.getByRole('complementary');
  await beside.getByRole('textbox', { name: 'Note' }).fill('Left early');
  await beside.getByRole('combobox', { name: 'Effort' }).selectOption({ label: 'Good' });
  await tools.assertNoBarriers();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement.getAttribute('role') === 'grid');
  assert.match(await (await cellOf(page, 0, 'Fractions')).getAttribute('title'), /Note: Left early/);
  assert.equal(await textOf(page, 0, 'Fractions'), '14');

  // Why a mean is what it is: an absent pupil's test is left out, not nought.
  await goTo(page, 2, 'Weighted mean');
  await page.getByRole('complementary').getByText('Fractions (absent)').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');

  // The assessment in numbers.
  await openDetails(page, 'Fractions');
  const fact = (name) => page.locator('dl.facts dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd[1]');
  assert.equal(await fact('Marks that count').innerText(), '3');
  assert.equal(await fact('Median').innerText(), '14');
  assert.equal(await fact('Absent').innerText(), '1');
  assert.equal(await fact('Not handed in').innerText(), '1');
  await tools.assertNoBarriers();
  await saved(page);
  await page.reload();
  await page.getByRole('grid', { name: /^Marks of / }).focus();
  await page.keyboard.press('End');
  await shows(page, 1, 'Fractions', '15.5');
});

journey('I paste a column of marks from a spreadsheet and take it back as one step', async (tools) => {
  const { page } = tools;
  await openMarkbook(tools);
  await addAssessment(page, 'Homework', '10');
  await goTo(page, 0, 'Homework');
  await paste(page, '7\r\n8.5\r\nex\r\n12\r\n');
  const asks = page.getByRole('alertdialog');
  await asks.getByText('12 lies outside 0 to 10.').waitFor();
  await asks.getByRole('button', { name: 'Paste the 3 that fit' }).click();
  await shows(page, 2, 'Homework', 'ex');
  assert.deepEqual(await Promise.all([0, 1, 2, 3].map((row) => textOf(page, row, 'Homework'))), ['7', '8.5', 'ex', '']);
  await page.keyboard.press('Control+z');
  for (const row of [0, 1, 2]) await shows(page, row, 'Homework', '');
});

journey('A sorted markbook stays as it is while I type, until I sort it again', async (tools) => {
  const { page } = tools;
  await openMarkbook(tools);
  await addAssessment(page, 'Fractions', '20');
  await paste(page, '14\r\n3\r\n9\r\n');
  await shows(page, 2, 'Fractions', '9');
  const sortDown = async () => {
    await page.locator('[role=columnheader]').filter({ hasText: 'Fractions' }).click();
    await page.getByRole('dialog', { name: 'Fractions' }).getByRole('button', { name: 'Sort downwards' }).click();
  };
  const names = () => Promise.all([0, 1, 2].map((row) => textOf(page, row, 'Pupil')));
  await sortDown();
  await shows(page, 0, 'Fractions', '14');
  const before = await names();
  await goTo(page, 0, 'Fractions');
  for (const mark of ['1', '20']) {
    await page.keyboard.type(mark);
    await page.keyboard.press('Enter');
  }
  await saved(page);
  assert.deepEqual(await names(), before, 'nobody moves below my hands');
  assert.equal((await active(page)).row, 2);
  await sortDown();
  await shows(page, 0, 'Fractions', '20');
  assert.equal((await names())[0], before[1]);
});

journey('Looking only at some pupils, I see below their marks what theirs come to', async (tools) => {
  const { page } = tools;
  await openMarkbook(tools);
  await addAssessment(page, 'Fractions', '20');
  await paste(page, '14\r\n3\r\n10\r\n');
  await shows(page, 2, 'Fractions', '10');
  const below = page.locator('.sheet-foot');
  await below.getByText('9', { exact: true }).waitFor();
  await below.getByText('Mean', { exact: true }).waitFor();
  await page.locator('[role=columnheader]').filter({ hasText: 'Fractions' }).click();
  const menu = page.getByRole('dialog', { name: 'Fractions' });
  await menu.getByRole('searchbox', { name: 'Show rows that hold' }).fill('1');
  await page.keyboard.press('Escape');
  await below.getByText('12', { exact: true }).waitFor();
  await below.getByText('Mean of those shown').waitFor();
  await tools.assertNoBarriers();
  await page.getByRole('button', { name: 'Show all rows again' }).click();
  await below.getByText('9', { exact: true }).waitFor();
});

journey('Where I was in the marks I am again when what I opened beside them is closed', async (tools) => {
  const { page } = tools;
  await openMarkbook(tools);
  for (const title of ['One', 'Two', 'Three', 'Four', 'Five', 'Six']) await addAssessment(page, title, '20');
  const drawer = page.getByRole('complementary').filter({ hasText: 'Weighted mean' });
  const close = async () => {
    await drawer.waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
  };
  await goTo(page, 0, 'Weighted mean');
  await close();
  const before = await page.getByRole('grid').evaluate((grid) => {
    grid.scrollLeft = grid.scrollWidth;
    return grid.scrollLeft;
  });
  assert.ok(before > 0, 'there is something to scroll');
  await shows(page, 0, 'Six', '');
  // What the mean is made of opens beside the grid and takes room from it.
  await page.keyboard.press('Enter');
  await close();
  await page.waitForFunction((left) => document.querySelector('[role=grid]').scrollLeft === left, before);
});

journey('On a tablet I see marks beside the names, and a grade is chosen with a finger', TABLET, async (tools) => {
  const { page } = tools;
  await openMarkbook(tools);
  await addAssessment(page, 'Fractions', '20');
  // Which headers lie open before the eye, with nothing over them.
  const heads = await page.locator('[role=columnheader]').evaluateAll((heads) =>
    heads
      .filter((head) => {
        const { left, right, top } = head.getBoundingClientRect();
        return [left + 2, right - 2].every((x) => head.contains(document.elementFromPoint(x, top + 8)));
      })
      .map((head) => head.querySelector('.title').textContent),
  );
  assert.ok(heads.includes('Pupil') && heads.includes('Fractions'), heads.join(', '));

  await page.getByRole('link', { name: 'Tracking', exact: true }).first().click();
  await page.getByRole('row').filter({ has: page.getByText('open', { exact: true }) }).getByRole('link').click();
  await page.getByRole('grid').waitFor();
  const first = await cellOf(page, 0, 'Current');
  const place = () => first.evaluate((cell) => cell.getBoundingClientRect().top);
  const before = await place();
  await first.tap();
  const choices = page.getByRole('group', { name: 'Choose what goes into the cell' });
  await choices.waitFor();
  assert.equal(await place(), before, 'a second tap would hit the same cell');
  await tools.assertNoBarriers();
  const isSeen = (locator) => locator.evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  });
  assert.ok(await isSeen(choices), 'the choices are in the window');
  const top = await choices.evaluate((choices) => choices.getBoundingClientRect().top);
  const lies = (locator) => locator.evaluate((cell) => cell.getBoundingClientRect().bottom);
  const rows = Math.min(await rowsOf(page), 20);
  for (let row = 0; row < rows; row += 1) {
    const cell = await cellOf(page, row, 'Current');
    assert.ok((await isSeen(cell)) && (await lies(cell)) <= top, `and so is the cell of row ${row}, above them`);
    const choice = row === 1 ? 'absent' : '5';
    await choices.getByRole('button', { name: choice, exact: true }).tap();
  }
  await shows(page, rows - 1, 'Current', '5');
  await choices.getByRole('button', { name: 'Done' }).tap();
  await choices.waitFor({ state: 'detached' });
});

journey('I take my markbook into Excel as I see it', async (tools) => {
  const { page } = tools;
  await openMarkbook(tools);
  await addAssessment(page, 'Spelling', '10');
  await addAssessment(page, 'Talk', '10', 'Class work', true);
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await addAssessment(page, 'Fractions', '20');
  for (const mark of ['14', '15.5', 'abs', 'late 12', '21']) {
    await page.keyboard.type(mark);
    await page.keyboard.press('Enter');
  }
  await page.getByRole('alert').filter({ hasText: '21 lies outside 0 to 20.' }).waitFor();
  const pupils = await Promise.all([0, 1, 2, 3, 4].map((row) => textOf(page, row, 'Pupil')));
  const target = await textOf(page, 1, 'Target');
  // The file follows what the grid shows: one column not, and the names from Z to A.
  const columns = page.getByRole('button', { name: /^Columns/ });
  await columns.click();
  await page.getByRole('checkbox', { name: 'Spelling', exact: true }).uncheck();
  await columns.click();
  await page.locator('[role=columnheader]').filter({ hasText: 'Pupil' }).click();
  await page.getByRole('dialog', { name: 'Pupil' }).getByRole('button', { name: 'Sort downwards' }).click();
  const first = await textOf(page, 0, 'Pupil');
  assert.notEqual(first, pupils[0]);

  const file = await download(page, () => page.getByRole('button', { name: 'Export as Excel workbook (.xlsx)' }).click());
  assert.match(file.name, /^Marks of .*\.xlsx$/);
  const [titles, ...rows] = await readSheet(file.bytes);
  const column = (name) => titles.findIndex((title) => title.startsWith(name));
  const of = (pupil, name) => rows.find(([whose]) => whose === pupil)[column(name)];
  assert.equal(rows[0][0], first);
  assert.equal(column('Spelling'), -1);
  assert.equal(column('Talk'), -1, 'what is for my own eyes is in no file');
  // A mark is a number; what stands for one is a text, and what is not stored is not in the file.
  assert.deepEqual(pupils.map((pupil) => of(pupil, 'Fractions')), [14, 15.5, 'abs', 'late 12', null]);
  assert.equal(of(pupils[1], 'Target'), target);
  const csv = await download(page, () => page.getByRole('button', { name: 'Export as CSV' }).click());
  const lines = csv.bytes.toString('utf8').trimEnd().split('\r\n');
  assert.equal(lines.length, rows.length + 1);
  assert.ok(lines[1].includes(first));
  await tools.assertNoBarriers();
});

journey('I have Enter go to the right, and every grid keeps to it', async (tools) => {
  const { page } = tools;
  await openMarkbook(tools);
  await addAssessment(page, 'Spelling', '20');
  await addAssessment(page, 'Dictation', '20');
  await page.getByRole('combobox', { name: 'Enter goes' }).selectOption({ label: 'right' });
  await goTo(page, 1, 'Spelling');
  const { column } = await active(page);
  await page.keyboard.type('14');
  await page.keyboard.press('Enter');
  assert.deepEqual(await active(page), { row: 1, column: column + 1, focused: true });
  await page.keyboard.press('Shift+Enter');
  assert.deepEqual(await active(page), { row: 1, column, focused: true });
  await shows(page, 1, 'Spelling', '14');
  await openClass(page, 1);
  assert.equal(await page.getByRole('combobox', { name: 'Enter goes' }).inputValue(), 'right');
});

journey('I drag a column to where I want it, give one up, and find it there again', async (tools) => {
  const { page } = tools;
  await openMarkbook(tools);
  await addAssessment(page, 'Spelling', '20');
  await addAssessment(page, 'Dictation', '20');
  const head = (title) => page.getByRole('columnheader', { name: new RegExp(`^${title}`) });
  const middle = async (title) => {
    const { x, y, width, height } = await head(title).boundingBox();
    return { x: x + width / 2, y: y + height / 2, left: x };
  };
  const [first, second] = [await columnOf(page, 'Spelling'), await columnOf(page, 'Dictation')];
  assert.equal(second, first + 1);
  const line = page.locator('.sheet-landing');
  /** Takes a column by its header, to the left edge of another one. */
  const drag = async (title, before) => {
    const [from, to] = [await middle(title), await middle(before)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.left + 10, to.y, { steps: 6 });
    await line.waitFor();
    const { x, width } = await line.boundingBox();
    assert.ok(Math.abs(x + width / 2 - to.left) < 3, `the line is at ${x}, the column begins at ${to.left}`);
  };

  await drag('Dictation', 'Spelling');
  await page.keyboard.press('Escape');
  await line.waitFor({ state: 'hidden' });
  await page.mouse.up();
  assert.equal(await columnOf(page, 'Dictation'), second);

  await drag('Dictation', 'Spelling');
  await page.mouse.up();
  await line.waitFor({ state: 'hidden' });
  assert.deepEqual([await columnOf(page, 'Dictation'), await columnOf(page, 'Spelling')], [first, second]);
  // Neither drag has opened the menu of a column; a press does.
  assert.equal(await page.getByRole('dialog').count(), 0);
  await head('Dictation').click();
  await page.getByRole('dialog', { name: 'Dictation' }).waitFor();
  await saved(page);
  await page.reload();
  await page.getByRole('grid', { name: /^Marks of / }).focus();
  await page.keyboard.press('End');
  await head('Dictation').waitFor();
  assert.deepEqual([await columnOf(page, 'Dictation'), await columnOf(page, 'Spelling')], [first, second]);
});

journey('I set grade boundaries in per cent, move them, and use the grades in the open event', async (tools) => {
  const { page } = tools;
  await openMarkbook(tools);
  await addAssessment(page, 'Mock', '50');
  await goTo(page, 0, 'Mock');
  for (const mark of ['45', '26', '3']) {
    await page.keyboard.type(mark);
    await page.keyboard.press('Enter');
  }
  await openDetails(page, 'Mock');
  await page.getByText('Set grade boundaries first').waitFor();
  await page.getByRole('combobox', { name: 'Written as' }).selectOption({ label: 'per cent of the highest mark' });
  const from = (grade) => page.getByLabel(`${grade} from`, { exact: true });
  await from('9').fill('90');
  await from('5').fill('95');
  await page.getByRole('button', { name: 'Save boundaries' }).click();
  await page.getByRole('alert').filter({ hasText: '5 must begin below 9.' }).waitFor();
  await from('5').fill('50');
  await from('1').fill('10');
  await page.getByRole('button', { name: 'Save boundaries' }).click();
  await page.getByRole('combobox', { name: 'Written as' }).waitFor();
  // In marks: 45, 25, 5. The third pupil lies below all of them.
  await page.waitForFunction(() => [...document.querySelectorAll('input[inputmode=decimal]')].some((field) => field.value === '25'));
  assert.equal(await from('9').inputValue(), '45');
  assert.equal(await from('1').inputValue(), '5');

  // One mark harder: 26 is a 5 still, 45 is no 9 any more.
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await page.waitForFunction(() => [...document.querySelectorAll('input[inputmode=decimal]')].some((field) => field.value === '46'));
  await tools.assertNoBarriers();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => [...document.querySelectorAll('input[inputmode=decimal]')].some((field) => field.value === '45'));

  const replace = page.getByLabel(/^Replace the grade/);
  if (await replace.isVisible()) await replace.check();
  await page.getByRole('button', { name: 'Use these grades' }).click();
  await page.getByText('2 pupils have the same grade already.').waitFor();
  await saved(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('2 pupils have the same grade already.').waitFor({ state: 'detached' });
});

journey('I say how the mean is worked out, see why it is what it is, and use it for the open event', async (tools) => {
  const { page } = tools;
  await openMarkbook(tools);
  const fold = page.locator('details').filter({ hasText: /^How the mean is worked out/ });
  await page.getByText('How the mean is worked out').click();
  await fold.getByLabel('Lowest marks dropped').fill('many');
  await fold.getByLabel('Lowest marks dropped').press('Tab');
  await page.getByRole('alert').filter({ hasText: '“many” is no whole number' }).waitFor();
  await fold.getByLabel('Lowest marks dropped').fill('1');
  await fold.getByLabel('Lowest marks dropped').press('Tab');
  await fold.getByText('The lowest mark of each pupil is dropped').waitFor();

  // Another weight and a category of one's own: the sums follow.
  const sum = fold.locator('tfoot td.num').first();
  const before = Number(await sum.innerText());
  const weight = fold.getByLabel('Weight of Baseline test');
  assert.equal(await weight.inputValue(), '0.5');
  await weight.fill('3');
  await weight.press('Tab');
  await fold.locator('tfoot td.num', { hasText: new RegExp(`^${before + 2.5}$`) }).waitFor();
  await fold.getByLabel('Term or category of Baseline test').fill('Entry');
  await fold.getByLabel('Term or category of Baseline test').press('Tab');
  await fold.getByText(/Weights by category: Entry 3 \(/).waitFor();
  await tools.assertNoBarriers();

  await goTo(page, 0, 'Weighted mean');
  const why = page.getByRole('complementary');
  await why.getByText(/Dropped as lowest: /).waitFor();
  await why.getByText(/By category: Entry /).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await fold.getByText(/Weights by category: Autumn /).waitFor();

  // The mean by its boundaries becomes the current grade; other grades are named, and replaced only when told.
  const feed = fold.locator('section').filter({ hasText: 'Use the mean as current grades' });
  const use = feed.getByRole('button', { name: 'Use these grades' });
  const replace = feed.getByLabel(/^Replace the grade/);
  if (await replace.isVisible()) await replace.check();
  await use.click();
  // Nothing is left to take: every pupil who has a mean has its grade.
  await use.waitFor({ state: 'detached' });
  await feed.getByText('Nobody is without a grade.').waitFor();
  await saved(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await use.or(replace).first().waitFor();

  // Standard scores are no grades.
  await fold.getByRole('combobox', { name: 'Marks count as' }).selectOption({ label: 'standard scores' });
  await fold.getByText('mean 100, standard deviation 15').waitFor();
  await feed.getByText('Standard scores say where a pupil stands').waitFor();
  await page.getByRole('columnheader', { name: /^Weighted mean/ }).filter({ hasText: 'standard score' }).waitFor();
});

journey('I moderate coursework across two classes, one mark and then a whole class', async (tools) => {
  const { page } = tools;
  await openMarkbook(tools);
  await addAssessment(page, 'Coursework', '50', 'Non-examined assessment');
  const second = await openClass(page, 1);
  await addAssessment(page, 'coursework', '50', 'Non-examined assessment');
  await goTo(page, 0, 'coursework');
  for (const mark of ['40', '31']) {
    await page.keyboard.type(mark);
    await page.keyboard.press('Enter');
  }
  await openDetails(page, 'coursework');
  const part = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Moderation across classes' }) });
  await part.waitFor();
  const classes = part.locator('table').first().locator('tbody tr');
  assert.equal(await classes.count(), 2);
  const of = (mark) => part.locator('tbody tr').filter({ has: page.locator('td:nth-of-type(2)', { hasText: new RegExp(`^${mark}$`) }), hasText: second });
  const moderated = of('40').getByLabel(/^Moderated mark of /);
  await moderated.fill('51');
  await moderated.press('Tab');
  await page.getByRole('alert').filter({ hasText: '51 lies outside 0 to 50.' }).waitFor();
  await moderated.fill('45');
  await moderated.press('Tab');
  await of('40').getByText('+5', { exact: true }).waitFor();
  await tools.assertNoBarriers();
  // The grid shows both; what is edited is the original.
  await shows(page, 0, 'coursework', '40 → 45');
  assert.match(await (await cellOf(page, 0, 'coursework')).getAttribute('title'), /Moderated from 40 to 45/);
  await goTo(page, 0, 'coursework');
  assert.equal((await copy(page)).text, '40', 'what can be pasted again');

  await part.getByRole('combobox', { name: 'Move the marks of' }).selectOption({ label: second });
  await part.getByLabel('By (marks)').fill('-3');
  await part.getByRole('button', { name: 'Move them' }).click();
  await of('40').getByText('+2', { exact: true }).waitFor();
  await of('31').getByText('−3', { exact: true }).waitFor();
  await saved(page);
  // One step, though two marks moved.
  await page.getByRole('button', { name: 'Undo' }).click();
  await of('40').getByText('+5', { exact: true }).waitFor();
  await of('31').getByText('−3', { exact: true }).waitFor({ state: 'detached' });
});

journey('I take the boundaries of an exam series for a mock of another length', async (tools) => {
  const { page } = tools;
  await openMarkbook(tools);
  await addAssessment(page, 'Paper 1H', '40');
  await openDetails(page, 'Paper 1H');
  await page.getByText('Take the boundaries of an exam series').click();
  await page.getByLabel('Series and paper').fill('June 2024 paper 1H');
  await page.getByLabel('Its highest mark').fill('80');
  const list = page.getByLabel('Grades and lowest marks as published');
  await list.fill('9 high');
  await page.getByRole('button', { name: 'Take them, in proportion' }).click();
  await page.getByRole('alert').filter({ hasText: '“9 high” is no grade' }).waitFor();
  await list.fill('9\t66\n8\t55\n7\t45');
  await page.getByRole('button', { name: 'Take them, in proportion' }).click();
  await page.getByText('Taken from June 2024 paper 1H, in proportion.').waitFor();
  assert.equal(await page.getByLabel('9 from', { exact: true }).inputValue(), '33');
  // Half of 55 marks is rounded up.
  assert.equal(await page.getByLabel('8 from', { exact: true }).inputValue(), '28');
});

journey('I write beside a name what is done for the pupil, and end it', async (tools) => {
  const { page } = tools;
  await openMarkbook(tools);
  // A pupil for whom nothing goes on yet.
  let row = 0;
  while ((await textOf(page, row, 'Interventions')) !== '') row += 1;
  const name = await textOf(page, row, 'Pupil');
  await goTo(page, row, 'Interventions');
  await page.keyboard.press('Enter');
  const beside = page.getByRole('complementary', { name: `Interventions for ${name}` });
  await beside.getByText('Nothing is being done beyond teaching.').waitFor();
  await beside.getByRole('button', { name: 'Begin an intervention' }).click();
  const one = beside.getByRole('group', { name: /^Maths, since / });
  await one.getByRole('combobox', { name: 'Level of intervention' }).selectOption({ label: '2: also extra work, and parents told' });
  await one.getByRole('textbox', { name: 'What is done' }).fill('Clinic on Tuesdays');
  await one.getByRole('textbox', { name: 'Why' }).fill('Two grades below target');
  await one.getByRole('textbox', { name: 'Why' }).press('Tab');
  await tools.assertNoBarriers();
  await shows(page, row, 'Interventions', '2: Clinic on Tuesdays');

  // It cannot end before it began.
  await one.getByLabel('Ended').fill('2020-01-01');
  await one.getByRole('alert').getByText('cannot end before it begins').waitFor();
  await shows(page, row, 'Interventions', '2: Clinic on Tuesdays');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement.getAttribute('role') === 'grid');
  await saved(page);

  // The pupil's page and the list of what goes on know of it.
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Interventions' }).click();
  await page.locator('summary').getByText(/interventions go on/).click();
  const listed = page.getByRole('row').filter({ hasText: name }).filter({ hasText: 'Clinic on Tuesdays' });
  await tools.assertNoBarriers();
  await listed.getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.getByRole('definition').filter({ hasText: '2: Clinic on Tuesdays' }).waitFor();
  await page.getByRole('button', { name: 'Begin or change interventions' }).click();
  await page.getByRole('group', { name: /^Maths, since / }).getByRole('button', { name: 'It ends today' }).click();
  await page.getByRole('group', { name: /^Maths, .* to / }).waitFor();
  await tools.assertNoBarriers();
  await page.keyboard.press('Escape');
  await page.getByText(/^Maths, .* to /).waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText(/^Maths, since /).waitFor();
});
