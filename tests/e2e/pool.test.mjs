import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeProblems, finish, startBrowser } from './browser.mjs';

// Records in nobody's hands: taken from a list and on their page, given back, and told why not.

let tenon;
before(async () => {
  tenon = await startBrowser();
});
after(() => tenon.close());

/** Someone of the pool with the records that lie in it. */
async function inPool(options = {}) {
  const window = await tenon.open({ role: 'rep', ...options });
  const object = window.app.objects.find(({ pools, owner_field: owner }) => owner
    && pools?.length > 0);
  assert.ok(object, 'an object has pools');
  const filter = `ISBLANK(${object.owner_field})`;
  const free = async () => {
    const answer = await window.api.get(`/api/v1/records/${object.name}?may=true&filter=${
      encodeURIComponent(filter)}`);
    const { records } = await answer.json();
    return records.filter(({ may }) => may.actions.claim?.length === 0);
  };
  return { ...window, object, free,
    list: `/o/${object.name}?filter=${encodeURIComponent(filter)}` };
}

const owner = async ({ api, object }, id) => (await (await api.get(
  `/api/v1/records/${object.name}/${id}`)).json())[object.owner_field];


test('a row of the pool is claimed with its button, and leaves the list', async () => {
  const window = await inPool();
  const { page, free, list, object, api } = window;
  const [record] = await free();
  const me = await (await api.get('/api/v1/me')).json();
  await page.goto(list);
  const title = record[object.title_field];
  const button = page.getByRole('button', { name: `Claim ${title}` });
  await button.waitFor();
  assert.deepEqual(await axeProblems(page), []);
  await button.click();
  await page.getByText('Claimed: it is yours now').waitFor();
  await button.waitFor({ state: 'detached' });
  assert.equal(await owner(window, record.id), me.id);
  await finish(window);
});

test('on its page a record is claimed, given back for a reason, and waits', async () => {
  const window = await inPool();
  const { page, free, object } = window;
  const [record] = await free();
  await page.goto(`/o/${object.name}/${record.id}`);
  const panel = page.locator('.hands');
  await panel.getByText(/nobody has it/).waitFor();
  await panel.getByRole('button', { name: 'Claim' }).click();
  await panel.getByRole('button', { name: 'Give back' }).waitFor();
  await panel.getByText(/^Protected until/).waitFor();
  await panel.getByText(/^Goes back to/).waitFor();
  await panel.getByRole('button', { name: 'Give back' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Not my region');
  assert.deepEqual(await axeProblems(page), []);
  await page.getByRole('dialog').getByRole('button', { name: 'Give back' }).click();
  const claim = panel.getByRole('button', { name: 'Claim' });
  await claim.waitFor();
  assert.equal(await claim.getAttribute('aria-disabled'), 'true');
  await panel.getByText(/^Claim: You had it before; again from/).waitFor();
  await panel.getByText(/^Who had it when/).click();
  await panel.getByText('Not my region').waitFor();
  await finish(window);
});

test('who comes too late is told who has it', async () => {
  const window = await inPool();
  const { page, free, list, object } = window;
  const [record] = await free();
  await page.goto(list);
  const button = page.getByRole('button', { name: `Claim ${record[object.title_field]}` });
  await button.waitFor();
  // Somebody else was faster; this window has not heard of it yet.
  const other = await tenon.open({ role: 'admin' });
  const name = (await (await other.api.get('/api/v1/me')).json()).name;
  await page.route('**/api/v1/stream', (route) => route.abort());
  await page.route(`**/records/${object.name}/${record.id}/actions/claim`, async (route) => {
    const taken = await other.api.post(
      `/api/v1/records/${object.name}/${record.id}/actions/claim`, {
        data: {}, headers: { Origin: tenon.base } });
    assert.equal(taken.status(), 200);
    await route.continue();
  });
  await button.click();
  await page.getByText(`${name} has it already.`).waitFor();
  await other.context.close();
  await finish(window);
});

test('on a phone, in Chinese, a record is claimed with a thumb; several at a desk', async () => {
  const phone = await inPool({ width: 360, height: 780, touch: true, locale: 'zh-CN' });
  const [first] = await phone.free();
  await phone.page.goto(phone.list);
  await phone.page.getByRole('button', { name: `领取 ${first[phone.object.title_field]}` }).tap();
  await phone.page.getByText('领取成功').waitFor();
  await phone.page.goto(`/o/${phone.object.name}/${first.id}`);
  await phone.page.locator('.hands').getByRole('button', { name: '退回' }).waitFor();
  assert.equal(await phone.page.evaluate(() => document.documentElement.scrollWidth
    > document.documentElement.clientWidth), false);
  await finish(phone);

  const desk = await inPool({ role: 'manager', locale: 'zh-CN' });
  await desk.page.goto(desk.list);
  await desk.page.locator('[role="grid"]').focus();
  await desk.page.keyboard.press('Space');
  await desk.page.locator('.bulk').getByRole('button', { name: '指派' }).click();
  await desk.page.getByRole('dialog').waitFor();
  await finish(desk);
});
