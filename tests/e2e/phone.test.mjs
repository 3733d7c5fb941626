import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { finish, screensOf, startBrowser } from './browser.mjs';

// The day's work on a phone of 360 px, in Chinese, with a thumb.

let tenon;
before(async () => {
  tenon = await startBrowser();
});
after(() => tenon.close());

const phone = { width: 360, height: 780, touch: true, locale: 'zh-CN', role: 'director' };

const done = async (window) => {
  assert.equal(await window.page.evaluate(() => document.documentElement.scrollWidth
    > document.documentElement.clientWidth), false);
  await finish(window);
};

async function onPhone() {
  const window = await tenon.open(phone);
  const at = await screensOf(window.app, window.api);
  return { ...window, at, object: window.app.objects.find(({ name }) => name === at.object) };
}

test('a record is found, opened and changed where it stands', async () => {
  const window = await onPhone();
  const { page, at, api, object } = window;
  await page.goto(at.list);
  await page.locator('.cards li').first().tap();
  await page.waitForURL(new RegExp(`/o/${object.name}/[0-9A-Z]{13}`));
  const { label } = object.fields.find(({ name }) => name === object.title_field);
  const line = page.locator('.dl > div, .dl > li, .dl .row').filter({ hasText: label }).first();
  await line.getByRole('button').first().tap();
  await page.locator('.cell-edit input, .dl input').first().fill('改过的名称');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: '改过的名称' }).waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const saved = await (await api.get(`/api/v1/records/${object.name}/${id}`)).json();
  assert.equal(saved[object.title_field], '改过的名称');
  await done(window);
});

test('a form that lacks something says so in Chinese, then is saved', async () => {
  const window = await onPhone();
  const { page, at, object, api } = window;
  await page.goto(at.form);
  await page.waitForSelector('.form-body input');
  await page.locator('.drawer button[type="submit"], .drawer .btn.primary').last().tap();
  const problem = page.locator('.help.bad').first();
  await problem.waitFor();
  assert.match(await problem.textContent(), /[\u4e00-\u9fff]/);
  await page.locator('.form-body input').first().fill('手机上新建');
  await page.locator('.drawer button[type="submit"], .drawer .btn.primary').last().tap();
  await page.waitForSelector('.drawer', { state: 'detached' });
  const { records } = await (await api.get(`/api/v1/records/${object.name}?q=${
    encodeURIComponent('手机上新建')}`)).json();
  assert.equal(records.length, 1);
  await done(window);
});

test('a card is moved through its menu', async () => {
  const window = await onPhone();
  const { page, at, object, api } = window;
  await page.goto(at.boardAt);
  const card = page.locator('.col').first().locator('.kc').first();
  await card.waitFor();
  const href = await card.locator('.t').getAttribute('href');
  await card.locator('button.move').tap();
  const options = page.getByRole('menuitemradio');
  await options.nth(1).waitFor();
  await options.nth(1).tap();
  const group = object.fields.find(({ name }) => name === at.board.group);
  const id = href.split('/').at(-1);
  const stands = async () => (await (await api.get(
    `/api/v1/records/${object.name}/${id}`)).json())[group.name];
  const refused = page.locator('.blk');
  for (let tries = 0; tries < 50; tries += 1) {
    if (await stands() === group.options[1].name || await refused.count() > 0) break;
    await page.waitForTimeout(100);
  }
  if (await refused.count() === 0) assert.equal(await stands(), group.options[1].name);
  await done(window);
});
