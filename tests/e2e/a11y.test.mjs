import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeProblems, screensOf, startBrowser } from './browser.mjs';

// Zero findings on every screen, in both languages and themes, at both widths, closed and open.

let tenon;
before(async () => {
  tenon = await startBrowser();
});
after(() => tenon.close());

const settle = (page) => page.waitForTimeout(250);
const look = async (page, where, found) => {
  for (const problem of await axeProblems(page)) found.push(`${where} ${problem}`);
};

const desk = [
  ['list', (at) => at.list, async (page) => page.waitForSelector('[role="grid"]')],
  ['list, empty', (at) => `${at.list}?q=zzzzqqq`, async (page) => page.waitForSelector('.es')],
  ['list, filter', (at) => at.list, async (page) => {
    await page.getByRole('button', { name: /^(Filter|筛选)$/ }).click();
    await page.waitForSelector('.filter-edit');
  }],
  ['list, sort menu', (at) => at.list, async (page) => page.locator('.bar [aria-haspopup="menu"]')
    .first().click()],
  ['list, export menu', (at) => at.list, async (page) => page
    .locator('.bar [aria-haspopup="menu"]').last().click()],
  ['list, columns', (at) => at.list, async (page) => page.locator('.bar [aria-haspopup="dialog"]')
    .last().click()],
  ['list, edit', (at) => at.list, async (page) => {
    await page.locator('[role="grid"]').focus();
    await page.keyboard.press('F2');
  }],
  ['list, chosen', (at) => at.list, async (page) => {
    await page.locator('[role="grid"]').focus();
    await page.keyboard.press('Space');
    await page.waitForSelector('.bulk');
  }],
  ['palette', (at) => at.list, async (page) => {
    await page.waitForSelector('[role="grid"]');
    await page.keyboard.press('Control+k');
    await page.waitForSelector('.palette');
  }],
  ['keys', (at) => at.list, async (page) => {
    await page.waitForSelector('[role="grid"]');
    await page.locator('[role="grid"]').focus();
    await page.keyboard.press('?');
    await page.waitForSelector('.keys-list');
  }],
  ['user menu', (at) => at.list, async (page) => page.locator('.rail .me').click()],
  ['board', (at) => at.boardAt, async (page) => page.waitForSelector('.kc .t')],
  ['record', (at) => at.record, async (page) => page.waitForSelector('.dl')],
  ['record, menu', (at) => at.record, async (page) => page.locator('.ttl [aria-haspopup="menu"]')
    .click()],
  ['record, why', (at) => at.record, async (page) => {
    await page.locator('.dl button[aria-expanded]').first().press('Enter');
    await page.waitForSelector('.explained code, .explained .mid');
  }],
  ['form', (at) => at.form, async (page) => page.waitForSelector('.form-body')],
  ['form, problems', (at) => at.form, async (page) => {
    await page.waitForSelector('.form-body');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('.help.bad');
  }],
  ['form, picker', (at) => at.form, async (page) => page.locator('.form-body .pick').first()
    .click()],
  ['report', (at) => at.reportAt, async (page) => page.waitForSelector('.tile')],
  ['no object', () => '/o/no_such_thing', async (page) => page.waitForSelector('.es')],
  ['no record', (at) => `${at.list}/0000000000000`, async (page) => page.waitForSelector('.es')],
  ['no page', () => '/nowhere/at/all', async (page) => page.waitForSelector('.es')],
];

for (const locale of ['en', 'zh-CN']) {
  for (const theme of ['light', 'dark']) {
    test(`a desk in ${locale}, ${theme}`, async () => {
      const { page, context, app, api } = await tenon.open({ locale, theme });
      const at = await screensOf(app, api);
      const found = [];
      for (const [name, path, act] of desk) {
        const url = path(at);
        if (!url) continue;
        await page.goto(url);
        await act(page);
        await settle(page);
        await look(page, name, found);
      }
      await context.close();
      assert.deepEqual(found, []);
      assert.deepEqual(page.faults, []);
    });

    test(`a phone in ${locale}, ${theme}`, async () => {
      const { page, context, app, api } = await tenon.open({
        locale, theme, width: 360, height: 780, touch: true });
      const at = await screensOf(app, api);
      const found = [];
      for (const url of ['/', at.list, at.boardAt, at.record, at.form, at.reportAt]) {
        if (!url) continue;
        await page.goto(url);
        await page.waitForSelector('.home, .cards li, .kc .t, .dl, .form-body, .tile');
        await settle(page);
        await look(page, `phone ${url}`, found);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth
          > document.documentElement.clientWidth);
        assert.equal(wide, false, `${url} is wider than the phone`);
      }
      await context.close();
      assert.deepEqual(found, []);
    });

    test(`sign-in in ${locale}, ${theme}`, async () => {
      const { page, context } = await tenon.open({ locale, theme, signedIn: false });
      await page.goto('/sign-in');
      await page.waitForSelector('#login');
      await settle(page);
      const found = [];
      await look(page, 'sign-in', found);
      await page.locator('form button[type="submit"]').click();
      await settle(page);
      await look(page, 'sign-in, empty', found);
      await context.close();
      assert.deepEqual(found, []);
    });
  }
}
