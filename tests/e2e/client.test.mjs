import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually, screensOf, startBrowser } from './browser.mjs';

// What people do: find, change, move, make, delete; and what two windows see of each other.

let tenon;
before(async () => {
  tenon = await startBrowser();
});
after(() => tenon.close());

/** Waits until `holds` does, for what no selector says. */
const grid = '[role="grid"]';

async function onList(options) {
  const window = await tenon.open(options);
  const at = await screensOf(window.app, window.api);
  await window.page.goto(at.list);
  await window.page.waitForSelector('.grid-rows .title');
  return { ...window, at, object: window.app.objects.find(({ name }) => name === at.object) };
}
const done = async ({ page, context }) => {
  await context.close();
  assert.deepEqual(page.faults, []);
};

test('a title is edited in its cell with the keyboard, kept, and seen in another window', async () => {
  const first = await onList();
  const second = await onList();
  const { page, object } = first;
  await page.locator(grid).focus();
  await page.keyboard.press('F2');
  await page.keyboard.type(`Renamed ${Date.now()}`);
  const typed = await page.locator('.cell-edit input').inputValue();
  await page.keyboard.press('Enter');
  await second.page.getByText(typed, { exact: true }).first().waitFor();
  const { records } = await (await first.api.get(
    `/api/v1/records/${object.name}?q=${encodeURIComponent(typed)}`)).json();
  assert.equal(records[0]?.[object.title_field], typed);
  await done(first);
  await done(second);
});

test('words find, and a column sorts', async () => {
  const window = await onList();
  const { page, object } = window;
  const titles = () => page.locator('.grid-rows .title').allTextContents();
  const word = (await titles())[3].split(' ')[0];
  await page.locator('.bar input').first().fill(word);
  await page.waitForURL(/q=/);
  await eventually(async () => (await titles()).length > 0
    && (await titles()).every((title) => title.includes(word)));
  const label = object.fields.find(({ name }) => name === object.title_field).label;
  const head = page.getByRole('columnheader', { name: label });
  await head.getByRole('button').first().click();
  await page.waitForURL(/sort=/);
  await eventually(async () => await head.getAttribute('aria-sort') === 'ascending');
  const rising = await titles();
  await head.getByRole('button').first().click();
  await eventually(async () => await head.getAttribute('aria-sort') === 'descending');
  await eventually(async () => (await titles())[0] >= rising.at(-1)
    || (await titles())[0] !== rising[0]);
  await done(window);
});

test('Escape leaves a cell as it was', async () => {
  const window = await onList();
  const { page } = window;
  const before = await page.locator('.grid-rows .title').first().textContent();
  await page.locator(grid).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('never kept');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.grid-rows .title').first().textContent(), before);
  await done(window);
});

test('a filter built by hand is formula text in the address', async () => {
  const window = await onList();
  const { page, at, app, object } = window;
  const field = object.fields.find(({ name }) => name === at.board.group);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.locator('.filter-edit').getByRole('combobox').fill(field.label);
  await page.getByRole('option', { name: field.label, exact: true }).click();
  await page.locator('#filter-value').click();
  await page.getByRole('option').first().click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.waitForURL(/filter=/);
  const filter = new URL(page.url()).searchParams.get('filter');
  assert.equal(filter, `${field.name} = "${field.options[0].name}"`);
  await page.waitForFunction((label) => [...document.querySelectorAll('.grid-rows [role="row"]')]
    .every((row) => row.textContent.includes(label)), field.options[0].label);
  await page.reload();
  await page.locator('.chip').getByText(field.label, { exact: true }).waitFor();
  await page.locator('.chip .x').click();
  await page.waitForURL((url) => !url.searchParams.has('filter'));
  assert.equal(app.version > 0, true);
  await done(window);
});

test('rows chosen with the keyboard are deleted after a moment, or not at all', async () => {
  const window = await onList();
  const { page } = window;
  await page.locator(grid).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.locator('.bulk').getByText('1 selected').waitFor();
  const counted = async () => Number((await page.locator('.foot b').first().textContent())
    .replace(/\D/g, ''));
  const whole = await counted();
  await page.locator('.bulk').getByRole('button', { name: 'Delete' }).click();
  await eventually(async () => await counted() === whole - 1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await eventually(async () => await counted() === whole);
  await page.reload();
  await page.waitForSelector('.grid-rows .title');
  await eventually(async () => await counted() === whole);
  await done(window);
});

test('a card is moved by mouse and by key; a refusal puts it back with its reason', async () => {
  const window = await tenon.open();
  const { page, app, api } = window;
  const at = await screensOf(app, api);
  await page.goto(at.boardAt);
  const columns = page.locator('.col');
  await columns.first().locator('.kc .t').first().waitFor();
  const card = columns.first().locator('.kc').first();
  const title = await card.locator('.t').textContent();
  const from = await card.boundingBox();
  const to = await columns.nth(1).boundingBox();
  await page.mouse.move(from.x + 60, from.y + 14);
  await page.mouse.down();
  await page.mouse.move(to.x + 100, to.y + 120, { steps: 8 });
  await page.mouse.up();
  const moved = columns.nth(1).locator('.kc', { hasText: title }).first();
  const outcome = await Promise.race([
    moved.waitFor().then(() => 'moved'),
    page.locator('.blk').waitFor().then(() => 'refused'),
  ]);
  assert.match(outcome, /moved|refused/);
  await columns.nth(1).locator('.kc .t').first().focus();
  await page.keyboard.press('m');
  await page.getByRole('menuitemradio').first().waitFor();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(500);
  await done(window);
});

test('a form says what is missing only when asked, and asks before it is left', async () => {
  const window = await tenon.open();
  const { page, app, api } = window;
  const at = await screensOf(app, api);
  await page.goto(at.form);
  await page.waitForSelector('.form-body input');
  assert.equal(await page.locator('.help.bad').count(), 0);
  await page.keyboard.press('Control+Enter');
  await page.locator('.help.bad').first().waitFor();
  await page.locator('.form-body input').first().fill('Half a thing');
  await page.locator('.help.bad').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor();
  await page.getByRole('button', { name: 'Stay' }).click();
  assert.equal(await page.locator('.form-body input').first().inputValue(), 'Half a thing');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Leave it' }).click();
  await page.waitForSelector('.drawer', { state: 'detached' });
  await done(window);
});

test('two people change one field: the second sees both values and decides', async () => {
  const window = await tenon.open();
  const { page, app, api } = window;
  const at = await screensOf(app, api);
  const object = app.objects.find(({ name }) => name === at.object);
  const title = object.title_field;
  await page.goto(`${at.record}?form=edit`);
  await page.waitForSelector('.form-body input');
  const path = `/api/v1/records/${at.object}/${at.records[0].id}`;
  const now = await (await api.get(path)).json();
  const theirs = `Theirs ${Date.now()}`;
  await api.patch(path, { data: { [title]: theirs },
    headers: { 'If-Match': `"${now.version}"`, Origin: tenon.base } });
  const field = page.locator('.form-body .field', { hasText: object.fields.find(
    ({ name }) => name === title).label }).first().locator('input');
  await field.fill('Mine');
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText(theirs).waitFor();
  await dialog.getByText('Mine', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Use these' }).click();
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.drawer', { state: 'detached' });
  assert.equal((await (await api.get(path)).json())[title], 'Mine');
  await api.patch(path, { data: { [title]: now[title] }, headers: { Origin: tenon.base } });
  await done(window);
});

test('a report drills to the records it counted', async () => {
  const window = await tenon.open();
  const { page, app, api } = window;
  const at = await screensOf(app, api);
  await page.goto(at.reportAt);
  await page.locator('.tb tbody tr').first().waitFor();
  const count = Number((await page.locator('.tb tbody tr').first().locator('.num').first()
    .textContent()).replace(/\D/g, ''));
  await page.locator('.tb tbody tr').first().getByRole('button').click();
  await page.waitForSelector('.foot b');
  await page.waitForFunction((wanted) => Number(document.querySelector('.foot b').textContent
    .replace(/\D/g, '')) === wanted, count);
  await done(window);
});

test('the palette finds a record by its words', async () => {
  const window = await onList();
  const { page, at, object } = window;
  const title = at.records[0][object.title_field];
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(title);
  await page.getByRole('option', { name: new RegExp(title.replace(/[^\w]+/g, '.+')) }).first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`/o/${object.name}/`));
  await done(window);
});
