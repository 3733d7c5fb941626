import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeProblems, eventually, finish, startBrowser } from './browser.mjs';
import { flow, phone, spendings } from './spendings.mjs';

// Flows for those who look after them: how they do, their runs, and what they would do.

let tenon;
before(async () => {
  tenon = await startBrowser({ bundle: 'tests/e2e/approvals' });
});
after(() => tenon.close());

const { open, ask, send, title, draft, start } = spendings(() => tenon);
const asAdmin = (options = {}) => tenon.open(options);

/** A spending of a clerk, and its run where it is submitted. */
async function spending(name, submits = false) {
  const clerk = await open('emma.lind');
  const record = await draft(clerk, title(name));
  const run = submits ? await start(clerk, record) : null;
  await clerk.context.close();
  return { record, run };
}
const approve = async (login, { title }) => {
  const window = await open(login);
  const { tasks } = await ask(window, `/tasks?box=todo&q=${encodeURIComponent(title)}`);
  await send(window, `/tasks/${tasks[0].id}/approve`, { comment: '' });
  await window.context.close();
};
const choose = async (page, title) => {
  await page.locator('#sim-record').click();
  await page.locator('.picks input').fill(title);
  await page.getByRole('option', { name: title }).click();
};
const simulate = (page, name = 'Simulate') =>
  page.locator('.sim-form').getByRole('button', { name, exact: true }).click();

test('who administers flows finds them in the menu, with how they do, as they go', async () => {
  const window = await asAdmin();
  const { page } = window;
  await page.goto('/');
  await page.getByRole('link', { name: 'Flows', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Flows' }).waitFor();
  const live = page.locator('.flows-table tbody tr td').first();
  const count = Number(await live.textContent());
  assert.deepEqual(await axeProblems(page), []);
  await spending('Live', true);
  await page.waitForFunction((n) => Number(
    document.querySelector('.flows-table tbody tr td')?.textContent) === n, count + 1);
  await page.getByRole('link', { name: 'Spending approval' }).click();
  await page.getByRole('heading', { level: 1, name: 'Spending approval' }).waitFor();
  await finish(window);
});

test('what one person has to decide is handed over, after it was seen what goes', async () => {
  const { run } = await spending('Handed over', true);
  const window = await asAdmin();
  const { page } = window;
  const holders = async () => (await ask(window, `/runs/${run.id}`)).seats
    .filter(({ state }) => state === 'open').map(({ holder }) => holder.name);
  const [from] = await holders();
  const to = '郑可';
  const pick = async (id, name) => {
    await page.locator(`#${id}`).click();
    await page.locator('.picks input').fill(name);
    await page.getByRole('option', { name }).click();
  };
  await page.goto('/flows');
  await page.getByRole('button', { name: 'Hand over tasks' }).click();
  await pick('reassign-from', from);
  await pick('reassign-to', to);
  const go = page.getByRole('dialog').getByRole('button', { name: /^Hand over \d/ });
  await page.getByText('Tasks that go').waitFor();
  assert.deepEqual(await axeProblems(page), []);
  await go.click();
  await page.getByText(/^Handed over/).waitFor();
  assert.ok((await holders()).includes(to), (await holders()).join());
  assert.ok(!(await holders()).includes(from), (await holders()).join());
  await finish(window);
});

test('others do not see them, and are told so', async () => {
  const window = await open('emma.lind');
  const { page } = window;
  await page.goto('/todo');
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Flows', exact: true }).count(), 0);
  await page.goto('/flows');
  await page.locator('.es').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0);
  await finish(window);
});

test('a flow shows where its runs stand; its runs are found by how they are', async () => {
  const { record, run } = await spending('Stands', true);
  await approve('owen.hart', record);
  const window = await asAdmin();
  const { page } = window;
  await page.goto(`/flows/${flow}`);
  const node = page.locator('.flow-node').filter({ hasText: 'Countersign' });
  await node.locator('.count').waitFor();
  await node.getByText('Finance, all agree, within 1 day').waitFor();
  await page.locator('.flow-node').filter({ hasText: 'Head' }).getByText(/9 of 10 within/).waitFor();
  await page.locator('.flow-runs').getByText(record.title).waitFor();
  await page.getByRole('button', { name: 'Which runs: All runs' }).click();
  await page.getByRole('option', { name: 'With an incident' }).click();
  await page.getByText('No such runs').waitFor();
  assert.match(page.url(), /only=incidents/);
  assert.deepEqual(await axeProblems(page), []);
  await page.getByRole('button', { name: 'Clear' }).first().click();
  await page.locator('.flow-runs').getByText(record.title).click();
  await page.waitForURL(`**/runs/${run.id}`);
  await page.getByRole('link', { name: 'Flow v1: Spending approval' }).click();
  await page.waitForURL(`**/flows/${flow}`);
  await page.getByRole('button', { name: 'Versions' }).click();
  await page.getByText('Newest').waitFor();
  await finish(window);
});

test('who was sent a copy, and whether they have read it, stands on the run', async () => {
  const { record, run } = await spending('Copied', true);
  await approve('owen.hart', record);
  for (const { login } of tenon.people.filter(({ role }) => role === 'finance')) {
    await approve(login, record);
  }
  const window = await asAdmin();
  const { page } = window;
  await page.goto(`/runs/${run.id}`);
  const copies = page.locator('.copies li');
  await copies.getByText('not read yet').waitFor();
  const director = await tenon.open({ role: 'director' });
  await director.page.goto(`/runs/${run.id}`);
  await director.page.getByRole('heading', { level: 1 }).waitFor();
  // It is written down behind the answer.
  await eventually(async () => (await ask(window, `/runs/${run.id}`)).copies[0].read_at !== null);
  await director.context.close();
  await page.reload();
  await copies.getByText(/^read /).waitFor();
  await finish(window);
});

test('a simulation is played on the graph step by step, and nothing remains', async () => {
  const { record } = await spending('Simulated');
  const window = await asAdmin();
  const { page } = window;
  await page.goto(`/flows/${flow}`);
  await page.getByRole('button', { name: 'Simulate' }).first().click();
  await simulate(page);
  await page.getByText('Choose which spending it is about, or fill in the form.').waitFor();
  await choose(page, record.title);
  await page.locator('#sim-who').getByText('Emma Lind').waitFor();
  await page.getByRole('button', { name: 'When at Head: at once' }).click();
  await page.getByRole('option', { name: 'after 4 h' }).click();
  await page.getByRole('button', { name: 'Answer at Countersign: Approves' }).click();
  await page.getByRole('option', { name: 'Rejects' }).click();
  assert.deepEqual(await axeProblems(page), []);
  await simulate(page);
  await page.getByRole('heading', { name: 'Would be rejected' }).waitFor();
  const player = page.locator('.player');
  await player.getByText('4 h after the start').waitFor();
  await page.locator('.nd.now').or(page.locator('.cv .end')).first().waitFor();
  const trace = page.locator('.trace > li');
  assert.equal(await trace.count(), 3);
  await trace.first().getByText('role: Head').first().waitFor();
  await trace.first().getByRole('button').click();
  await player.getByText('at the start').waitFor();
  assert.match(await page.locator('.nd.now').textContent(), /Head/);
  assert.equal(await page.locator('.nd.later').filter({ hasText: 'Countersign' }).count(), 1);
  await player.getByRole('slider').focus();
  await page.keyboard.press('ArrowRight');
  await player.getByText('4 h after the start').waitFor();
  assert.match(await page.locator('.nd.now').textContent(), /Countersign/);
  await page.getByText('Spending at the end').click();
  await page.locator('.sim-values').getByText('Mill & Sons').waitFor();
  assert.deepEqual((await ask(window, `/records/spending/${record.id}/runs`)).runs, []);
  await finish(window);
});

test('the form is filled in instead, and what nobody answers is said', async () => {
  const window = await asAdmin();
  const { page } = window;
  await page.goto(`/flows/${flow}?tab=simulate`);
  await page.getByRole('button', { name: 'Fill in the form instead' }).click();
  await page.locator('.form-body input').first().fill('Only thought of');
  await page.locator('.form-body input').nth(1).fill('12');
  await page.getByRole('button', { name: 'Use these values' }).click();
  await page.locator('.filled').getByText('Only thought of').waitFor();
  await page.locator('#sim-who').click();
  await page.locator('.picks input').fill('Emma');
  await page.getByRole('option', { name: 'Emma Lind' }).click();
  await page.getByLabel('Whoever has no answer here keeps silent').check();
  await simulate(page);
  await page.getByRole('heading', { name: 'Would wait' }).waitFor();
  await page.locator('.sim-warnings').getByText(/nobody is scripted to answer/).waitFor();
  const found = await ask(window, '/records/spending?q=Only%20thought%20of');
  assert.deepEqual(found.records, []);
  await finish(window);
});

test('what cannot be submitted in earnest is refused with the reason', async () => {
  const { record } = await spending('Refused', true);
  const window = await asAdmin();
  const { page } = window;
  await page.goto(`/flows/${flow}?tab=simulate`);
  await choose(page, record.title);
  await simulate(page);
  await page.getByText('It cannot be simulated like this').waitFor();
  await page.getByText(/there is a run of .* for this record already/).waitFor();
  await finish(window);
});

test('a simulation is saved as a story that is green, lines and all', async () => {
  const { record } = await spending('Story');
  const window = await asAdmin();
  const { page } = window;
  await page.goto(`/flows/${flow}?tab=simulate`);
  await choose(page, record.title);
  await page.getByRole('button', { name: 'Answer at Countersign: Approves' }).click();
  await page.getByRole('option', { name: 'Returns' }).click();
  await simulate(page);
  await page.getByRole('button', { name: 'Save as story' }).click();
  await page.locator('#story-name').fill('Sent back once');
  await page.getByText('stories/sent_back_once.json').waitFor();
  await page.getByRole('button', { name: 'Make the story' }).click();
  await page.getByText('Played once more: it is green').waitFor();
  assert.deepEqual(await axeProblems(page), []);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  const story = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  assert.equal(story.name, 'sent_back_once');
  assert.equal(story.given.records.at(-1).set.items.length, 1);
  assert.ok(story.steps.some((step) => step.return === 'countersign'));
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  assert.equal((await download).suggestedFilename(), 'sent_back_once.json');
  await finish(window);
});

// The server of this tree answers migrations elsewhere: here the dialogs keep to what is agreed.
test('runs of an earlier version are moved on after a look at what would come of it', async () => {
  const window = await asAdmin();
  const { page } = window;
  await page.route(`**/api/v1/flows/${flow}`, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    await route.fulfill({ response: answer, json: { ...body, version: 2, versions: [
      { version: 2, published_at: '2027-03-01T08:00:00Z', running: 0 },
      { version: 1, published_at: '2027-02-01T08:00:00Z', running: 3 }] } });
  });
  const sent = [];
  await page.route(`**/api/v1/flows/${flow}/migrate`, async (route) => {
    const body = route.request().postDataJSON();
    sent.push(body);
    await route.fulfill(body.dry_run ? { json: {
      flow, to_version: 2, runs: 3, checked: 3, can: 2, cannot: 1,
      versions: [{ version: 1, runs: 3 }],
      problems: [{ rule: 'node_gone', message: 'somebody stands there', node: 'head',
        node_label: 'Head', at: 'nodes/head', runs: 1, run: '0HB' }] } }
      : { status: 202, json: { id: 'J1', state: 'waiting', done: 0, total: 3, problem: null } });
  });
  await page.route('**/api/v1/jobs/J1', (route) => route.fulfill({
    json: { id: 'J1', state: 'done', done: 3, total: 3, problem: null } }));
  await page.goto(`/flows/${flow}?tab=versions`);
  await page.getByRole('button', { name: 'Move to v2' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('somebody stands there').waitFor();
  assert.deepEqual(await axeProblems(page), []);
  await dialog.getByRole('button', { name: 'Move 2 runs' }).click();
  await dialog.getByText('Moved; 3 looked at').waitFor();
  assert.deepEqual(sent, [{ from: [1], dry_run: true }, { from: [1], comment: '' }]);
  await finish(window);
});

test('one run says why it cannot go on with the newest version, or what becomes of it', async () => {
  const { run } = await spending('Moves', true);
  const window = await asAdmin();
  const { page } = window;
  await page.route(`**/api/v1/runs/${run.id}`, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    await route.fulfill({ response: answer, json: { ...body, can: ['migrate', 'variables'],
      variables: [{ name: 'limit', label: 'Limit', type: 'integer', value: 5 }] } });
  });
  const report = { run: run.id, from_version: 1, to_version: 2, can: false, moves: [],
    seats_kept: 2, times_kept: 1, times_renewed: 0, decides: false,
    variables: { added: ['limit'], dropped: [] },
    problems: [{ rule: 'node_gone', message: 'nothing is there any more', node: 'head',
      node_label: 'Head', at: 'nodes/head' }] };
  let can = false;
  await page.route(`**/api/v1/runs/${run.id}/migrate`, (route) => route.fulfill({
    json: { ...report, can, problems: can ? [] : report.problems } }));
  const ask = async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Move to the newest version' }).click();
  };
  await page.goto(`/runs/${run.id}`);
  await ask();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('nothing is there any more').waitFor();
  assert.ok(await dialog.getByRole('button', { name: 'Move to the newest version' }).isDisabled());
  await page.keyboard.press('Escape');
  can = true;
  await ask();
  await dialog.getByText('New values: limit').waitFor();
  await dialog.getByText('2 open tasks stay with who has them').waitFor();
  assert.deepEqual(await axeProblems(page), []);
  await page.keyboard.press('Escape');
  let set = null;
  await page.route(`**/api/v1/runs/${run.id}/variables`, async (route) => {
    ({ set } = route.request().postDataJSON());
    await route.fallback();
  });
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Edit values' }).click();
  await dialog.getByLabel('Limit').fill('7');
  assert.deepEqual(await axeProblems(page), []);
  await dialog.getByRole('button', { name: 'Edit values' }).click();
  await page.locator('.toast').first().waitFor();
  assert.deepEqual(Object.keys(set), ['limit']);
  await finish(window);
});

test('on a phone, in Chinese: flows, one of them, and its simulation', async () => {
  const { record } = await spending('手机 with a title that is much longer than a phone is wide');
  const window = await asAdmin(phone);
  const { page } = window;
  await page.goto('/');
  await page.getByRole('link', { name: '流程管理' }).click();
  await page.getByRole('heading', { level: 1, name: '流程管理' }).waitFor();
  assert.deepEqual(await axeProblems(page), []);
  await page.locator('.flow-cards a').first().click();
  await page.getByRole('button', { name: '模拟' }).first().click();
  await choose(page, record.title);
  const { x, width } = await page.locator('#sim-record').boundingBox();
  assert.ok(x >= 0 && x + width <= phone.width, `${x} to ${x + width}`);
  await simulate(page, '开始模拟');
  await page.getByRole('heading', { name: '结果：通过' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth
    > document.documentElement.clientWidth), false);
  await finish(window);
});

for (const locale of ['en', 'zh-CN']) {
  test(`the pages in the dark have nothing that axe finds: ${locale}`, async () => {
    await spending('Dark', true);
    const window = await asAdmin({ locale, theme: 'dark' });
    const { page } = window;
    for (const path of ['/flows', `/flows/${flow}`, `/flows/${flow}?tab=simulate`,
      `/flows/${flow}?tab=versions`, '/flows/none']) {
      await page.goto(path);
      await page.locator('.flows-table, .flow-node, .es').first().waitFor();
      assert.deepEqual(await axeProblems(page), [], path);
    }
    await finish(window);
  });
}
