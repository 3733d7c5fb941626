import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeProblems, finish, startBrowser } from './browser.mjs';
import { fileOf, focusField } from './form_keys.mjs';

// Several records, people and files in one field: as they are listed, filtered, added and removed.

let tenon;
before(async () => {
  tenon = await startBrowser({ bundle: 'examples/form_gallery' });
});
after(() => tenon.close());

const send = async ({ api }, method, path, data) => {
  const answer = await api[method](`/api/v1/records/${path}`, {
    data, headers: { Origin: tenon.base } });
  assert.ok(answer.ok(), await answer.text());
  return answer.json();
};
const first = async ({ api }, object, count) =>
  (await (await api.get(`/api/v1/records/${object}?limit=${count}&sort=name`)).json()).records;

test('a list names the records and people of each row, and who was switched off', async () => {
  const window = await tenon.open();
  const { page, app } = window;
  const view = app.views.find(({ object }) => object === 'sample');
  await page.addInitScript(([key, columns]) => localStorage.setItem(key, columns),
    [`tenon.columns.${view.id}`, JSON.stringify(['title', 'kit', 'team'])]);
  const [one, two] = await first(window, 'product', 2);
  const gone = await send(window, 'post', 'user', { name: 'Gone Person', login: 'gone.person' });
  const here = await send(window, 'post', 'user', { name: 'Here Person', login: 'here.person' });
  await send(window, 'post', 'sample', {
    title: 'With several', kit: [two.id, one.id], team: [gone.id, here.id] });
  await send(window, 'post', 'sample', { title: 'With one', kit: [one.id] });
  await send(window, 'patch', `user/${gone.id}`, { active: false });
  await page.goto('/o/sample');
  const row = page.locator('[role="row"]').filter({ hasText: 'With several' });
  await row.waitFor();
  const said = await row.textContent();
  for (const name of [one.name, two.name, 'Gone Person (deactivated)', 'Here Person']) {
    assert.ok(said.includes(name), `${name} in ${said}`);
  }
  await finish(window);
});

test('files are added several at once, and removed one by one, by keyboard', async () => {
  const window = await tenon.open();
  const { page, api } = window;
  page.on('filechooser', () => {});
  const { id } = await send(window, 'post', 'sample', { title: 'With files' });
  await page.goto(`/o/sample/${id}?form=edit`);
  await page.waitForSelector('.form-body input');
  await focusField(page, 'papers');
  const asked = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await asked).setFiles(['a.png', 'b.png', 'c.png'].map(fileOf));
  const items = page.locator('.files li');
  await items.nth(2).waitFor();
  assert.equal(await page.locator('.files li img').count(), 3);
  await page.getByRole('button', { name: /b\.png/ }).focus();
  await page.keyboard.press('Enter');
  await items.filter({ hasText: 'b.png' }).waitFor({ state: 'detached' });
  assert.ok(await page.evaluate(() => document.activeElement.id.endsWith('-papers')));
  assert.deepEqual(await axeProblems(page), []);
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.drawer', { state: 'detached' });
  const record = await (await api.get(`/api/v1/records/sample/${id}?fields=papers.name`)).json();
  assert.deepEqual(record.papers.map(({ name }) => name), ['a.png', 'c.png']);
  // The page tells them by their names.
  await page.goto(`/o/sample/${id}`);
  await page.getByRole('link', { name: /c\.png/ }).first().waitFor();
  // So does its history.
  await page.locator('.chg').filter({ hasText: 'a.png' }).first().waitFor();
  await finish(window);
});

test('files are added and removed with a thumb, in Chinese', async () => {
  const window = await tenon.open({ width: 360, height: 780, touch: true, locale: 'zh-CN' });
  const { page } = window;
  const { id } = await send(window, 'post', 'sample', { title: '手机上的文件' });
  await page.goto(`/o/sample/${id}?form=edit`);
  const add = page.getByRole('button', { name: '添加文件' });
  await add.waitFor();
  const asked = page.waitForEvent('filechooser');
  await add.tap();
  await (await asked).setFiles(['一.png', '二.png'].map(fileOf));
  await page.locator('.files li').nth(1).waitFor();
  await page.getByRole('button', { name: '移除文件：一.png' }).tap();
  await page.locator('.files li').filter({ hasText: '一.png' }).waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth
    > document.documentElement.clientWidth), false);
  await finish(window);
});
