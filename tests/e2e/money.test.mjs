import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeProblems, finish, startBrowser } from './browser.mjs';
import { cellAt, cellText, focusField, pasteText } from './form_keys.mjs';

// Money in several currencies: typed as one field, in lines, in lists and on a board, on a desk and
// on a phone. Amounts of different currencies are never added.

let tenon;
before(async () => {
  tenon = await startBrowser({ bundle: 'examples/form_gallery' });
});
after(() => tenon.close());

const read = async (api, id) => (await api.get(`/api/v1/records/expense/${id}`)).json();
const make = async ({ api }, data) => {
  const answer = await api.post('/api/v1/records/expense', {
    data, headers: { Origin: tenon.base } });
  assert.equal(answer.status(), 201, await answer.text());
  return answer.json();
};
const saved = (page) => page.waitForSelector('.drawer', { state: 'detached' });
const usd = (amount) => ({ amount, currency: 'USD' });
const cny = (amount) => ({ amount, currency: 'CNY' });
const words = async (part) => (await part.textContent()).replace(/\s+/g, ' ').trim();
const shows = (page, text) => page.waitForFunction(
  (wanted) => document.querySelector('[id$="-advance"]').value === wanted, text);
const isOverEdge = (page) => page.evaluate(() => document.documentElement.scrollWidth
  > document.documentElement.clientWidth);

for (const [locale, theme] of [['en', 'light'], ['zh-CN', 'dark']]) {
  test(`an amount is typed with its currency, in ${locale}, by keyboard alone`, async () => {
    const window = await tenon.open({ locale, theme });
    const { page, api } = window;
    page.mouse.click = () => assert.fail('by keyboard alone');
    await page.goto('/o/expense?form=new');
    await page.waitForSelector('.in.money input');
    await focusField(page, 'title');
    await page.keyboard.type('Typed');
    await focusField(page, 'advance');
    const code = page.locator('.in.money .pick');
    await page.keyboard.type('1200 usd');
    assert.match(await words(code), /USD/);
    await page.keyboard.press('Tab');
    await shows(page, '1,200.00');
    assert.match(await code.getAttribute('aria-label'), /USD/);
    await page.keyboard.press('ArrowDown');
    await page.locator('[role="option"]').first().waitFor();
    assert.deepEqual(await axeProblems(page), []);
    await page.keyboard.type('j');
    await page.keyboard.press('Enter');
    await shows(page, '1,200');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowUp');
    assert.match(await words(code), /EUR/);
    // A rule looks at both: so much in dollars needs a reason.
    await page.keyboard.press('Control+a');
    await page.keyboard.type('USD 1,500.75');
    await page.keyboard.press('Control+Enter');
    await page.locator('[id$="-reason-help"]').waitFor();
    await focusField(page, 'reason');
    await page.keyboard.type('A fair');
    await page.keyboard.press('Control+Enter');
    await saved(page);
    await page.waitForURL(/\/o\/expense\/[0-9A-Z]{13}/);
    const { advance } = await read(api, new URL(page.url()).pathname.split('/').at(-1));
    assert.deepEqual(advance, usd('1500.75'));
    await page.locator('.dl').filter({ hasText: 'USD 1,500.75' }).waitFor();
    await finish(window);
  });

  test(`what is no amount of the field is said at it, in ${locale}`, async () => {
    const window = await tenon.open({ locale, theme });
    const { page } = window;
    await page.goto('/o/expense?form=new');
    const input = page.locator('[id$="-advance"]');
    await input.waitFor();
    for (const [typed, said] of [['3 gbp', /gbp.*CNY, USD, EUR, JPY/], ['1.2.3', /./],
      ['12.345 usd', /2/], ['12.5 jpy', /JPY/], ['-1', /0/]]) {
      await input.fill(typed);
      await input.blur();
      const help = page.locator('[id$="-advance-help"]');
      await help.waitFor();
      assert.match(await help.textContent(), said);
      assert.match(await help.textContent(), locale === 'en' ? /[a-z]/ : /[\u4e00-\u9fff]/);
      assert.equal(await input.getAttribute('aria-invalid'), 'true');
    }
    await finish(window);
  });
}

test('lines take amounts as they are typed and pasted; each currency has its total', async () => {
  const window = await tenon.open();
  const { page, api } = window;
  const record = await make(window, {
    title: 'Lines', lines: [{ what: 'a', cost: cny('1000.00'), spent: 'PT30M' }] });
  await page.goto(`/o/expense/${record.id}?form=edit`);
  await page.locator('.lg-rows [role="gridcell"]').first().waitFor();
  const total = page.locator('[data-total="cost"]');
  await cellAt(page, 0, 0).click();
  await pasteText(page, 'hotel\tUSD 1,200.50\t1h 30m\r\ntaxi\t(200)\t15m\r\nferry\t¥500\t\r\n'
    + 'flight\t300 eur\t2h');
  assert.equal(await words(total), 'CNY 300.00 + USD 1,200.50 + EUR 300.00');
  assert.equal(await words(page.locator('[data-total="twice"]')), '7h 30m');
  assert.equal(await cellText(page, 0, 1), 'USD 1,200.50');
  await cellAt(page, 0, 1).click();
  await page.keyboard.type('7');
  assert.equal(await words(total), 'CNY 300.00 + USD 7.00 + EUR 300.00');
  await page.keyboard.press('Enter');
  await page.keyboard.type('3 gbp');
  await page.keyboard.press('Tab');
  await page.locator('.lines-say').filter({ hasText: 'gbp' }).waitFor();
  assert.deepEqual(await axeProblems(page), []);
  await page.keyboard.press('Control+z');
  await cellAt(page, 0, 1).click();
  await page.keyboard.press('Control+c');
  await cellAt(page, 3, 1).click();
  await page.keyboard.press('Control+v');
  await page.keyboard.press('Control+Enter');
  await saved(page);
  const { lines } = await read(api, record.id);
  assert.deepEqual(lines.map(({ what, cost }) => [what, cost]), [['hotel', usd('7.00')],
    ['taxi', cny('-200.00')], ['ferry', cny('500.00')], ['flight', usd('7.00')]]);
  await page.locator('.tb tbody tr').first().waitFor();
  await finish(window);
});

test('a list filters, edits and adds up currency by currency; so does a board', async () => {
  const window = await tenon.open();
  const { page, api } = window;
  const [first] = await Promise.all([cny('11.00'), usd('22.00'), usd('33.00')].map(
    (advance, index) => make(window, { title: `Listed ${index}`, advance, stage: 'paid' })));
  const listed = 'CONTAINS(title, "Listed")';
  await page.goto(`/o/expense?filter=${encodeURIComponent(listed)}`);
  const foot = page.locator('.foot');
  await foot.filter({ hasText: 'CNY 11.00 + USD 55.00' }).waitFor();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.locator('[role="option"]').filter({ hasText: 'Advance · Currency' }).click();
  await page.getByRole('button', { name: 'Value' }).or(page.locator('#filter-value')).click();
  await page.locator('[role="option"]').filter({ hasText: 'USD' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Apply' }).click();
  await foot.filter({ hasText: 'USD 55.00' }).waitFor();
  assert.equal(await page.locator('.grid-row .sums').count(), 2);
  await page.goto(`/o/expense?filter=${encodeURIComponent(`AND(${listed}, advance > 20)`)}`);
  await foot.filter({ hasText: 'USD 55.00' }).waitFor();
  await page.locator('.grid-row .sums').filter({ hasText: '22.00' }).dblclick();
  await page.locator('.cell-edit .in.money input').waitFor();
  await page.keyboard.type('44 eur');
  await page.keyboard.press('Enter');
  await foot.filter({ hasText: 'USD 33.00 + EUR 44.00' }).waitFor();
  await page.goto('/o/expense?view=expense_board');
  await page.locator('[data-option="paid"] .ch .amt').filter({ hasText: 'CNY 11.00' })
    .filter({ hasText: 'EUR 44.00' }).waitFor();
  const over = await page.locator('.ch').evaluateAll((heads) => heads.filter((head) => {
    const [name, amount] = [...head.children].map((one) => one.getBoundingClientRect());
    return amount.left < name.right || amount.right > head.getBoundingClientRect().right;
  }).length);
  assert.equal(over, 0);
  assert.deepEqual((await read(api, first.id)).advance, cny('11.00'));
  await finish(window);
});

test('what was changed is told with its currency', async () => {
  const window = await tenon.open();
  const { page, api } = window;
  const record = await make(window, { title: 'Told', advance: cny('10.00') });
  await api.patch(`/api/v1/records/expense/${record.id}`, {
    data: { advance: usd('10.00') }, headers: { Origin: tenon.base } });
  await page.goto(`/o/expense/${record.id}`);
  const change = page.locator('.chg').first();
  await change.waitFor();
  assert.match(await words(change), /CNY 10\.00.*USD 10\.00/);
  await finish(window);
});

test('with a thumb: the amount by keys, the currency from its list, nothing over the edge',
  async () => {
    const window = await tenon.open({
      width: 360, height: 780, touch: true, locale: 'zh-CN', theme: 'dark' });
    const { page, api } = window;
    const record = await make(window, {
      title: '手机', lines: [{ what: '酒店', cost: usd('1200.00') }, { what: '车', cost: cny('80.00') }] });
    await page.goto(`/o/expense/${record.id}?form=edit`);
    const input = page.locator('[id$="-advance"]');
    await input.waitFor();
    assert.equal(await input.getAttribute('inputmode'), 'decimal');
    await input.tap();
    await input.fill('88');
    const code = page.locator('.in.money .pick').first();
    const box = await code.boundingBox();
    assert.ok(box.height >= 40 && box.width >= 44, JSON.stringify(box));
    await code.tap();
    await page.locator('[role="option"]').filter({ hasText: 'EUR' }).tap();
    assert.match(await words(page.locator('[data-total="cost"]')), /CNY 80\.00 \+ USD 1,200\.00/);
    const edges = await page.locator('.lc-totals *').evaluateAll((parts) => parts.map(
      (part) => part.getBoundingClientRect().right));
    assert.ok(Math.max(...edges) <= 344, String(Math.max(...edges)));
    await page.locator('.lc').first().tap();
    const sheet = page.locator('.drawer').last();
    await sheet.locator('.in.money input').fill('1300');
    assert.deepEqual(await axeProblems(page), []);
    assert.equal(await isOverEdge(page), false);
    await sheet.getByRole('button', { name: '完成' }).tap();
    await page.locator('.drawer .btn.primary').last().tap();
    await saved(page);
    const { advance, lines } = await read(api, record.id);
    assert.deepEqual([advance, lines[0].cost],
      [{ amount: '88.00', currency: 'EUR' }, usd('1300.00')]);
    assert.equal(await isOverEdge(page), false);
    await finish(window);
  });
