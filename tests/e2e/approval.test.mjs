import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeProblems, finish, startBrowser } from './browser.mjs';
import { phone, spendings } from './spendings.mjs';

// What is submitted is decided by people: on a desk, on a phone, one by one and together.

let tenon;
before(async () => {
  tenon = await startBrowser({ bundle: 'tests/e2e/approvals' });
});
after(() => tenon.close());

const { open, ask, send, title, draft, start } = spendings(() => tenon);
/** A record on its way, submitted by a clerk whose window is closed again. */
async function submitted(name) {
  const clerk = await open('emma.lind');
  const record = await draft(clerk, name);
  const run = await start(clerk, record);
  await clerk.context.close();
  return { record, run };
}
const tasksOf = async (window, name) => (await ask(window,
  `/tasks?box=todo&q=${encodeURIComponent(name)}&limit=50`)).tasks;
const runOf = (window, { id }) => ask(window, `/runs/${id}`);
const approve = async (window, name, comment = '') => {
  const [task] = await tasksOf(window, name);
  return send(window, `/tasks/${task.id}/approve`, { comment });
};
const openSeats = async (window, run) => (await runOf(window, run)).seats
  .filter(({ state }) => state === 'open').map(({ holder }) => holder.name).sort();
const inTodo = async (page, name) => {
  await page.goto(`/todo?q=${encodeURIComponent(name)}`);
  await page.locator('.task h2').filter({ hasText: name }).waitFor();
};
const told = (page, text) => page.locator('.toast').filter({ hasText: text }).first().waitFor();
const pick = async (page, id, name) => {
  await page.locator(`#${id}`).click();
  await page.locator('.picks input').fill(name);
  await page.getByRole('option', { name }).click();
};

test('before something is submitted its route is shown, and leaves nothing behind', async () => {
  const window = await open('emma.lind');
  const { page } = window;
  const record = await draft(window, title('Route'));
  await page.goto(`/o/spending/${record.id}`);
  await page.getByRole('button', { name: 'Submit: Spending approval' }).click();
  const route = page.locator('.submit-route');
  await route.getByText('Countersign').waitFor();
  assert.equal(await route.locator('.route > li').count(), 3);
  assert.equal(await route.locator('.route > li').nth(1).locator('.who').count(), 2);
  await route.getByText('Everybody must agree').waitFor();
  assert.deepEqual((await ask(window, `/records/spending/${record.id}/runs`)).runs, []);
  assert.deepEqual(await axeProblems(page), []);
  await page.locator('#submit-comment').fill('The old one broke.');
  await page.getByRole('button', { name: 'Submit', exact: true }).dblclick();
  const band = page.locator('.band');
  await band.getByText(/cannot be changed until it is decided/).waitFor();
  const { runs } = await ask(window, `/records/spending/${record.id}/runs`);
  assert.equal(runs.length, 1);
  assert.equal(await page.getByRole('button', { name: 'Edit', exact: true }).count(), 0);
  assert.equal(await page.locator('.dl .pencil').count(), 0);
  await band.getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: 'Spending approval' }).waitFor();
  await page.getByText('The old one broke.').waitFor();
  await finish(window);
});

test('a form is saved and submitted in one go', async () => {
  const window = await open('emma.lind');
  const { page } = window;
  const name = title('Straight');
  await page.goto('/o/spending?form=new');
  await page.locator('.form-body input').first().fill(name);
  await page.locator('.form-body input').nth(1).fill('12');
  await page.getByRole('button', { name: 'Save and submit' }).click();
  await page.locator('.submit-route').getByText('Countersign').waitFor();
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await page.locator('.band').waitFor();
  assert.equal((await ask(window, '/tasks?box=mine&limit=50')).tasks
    .filter(({ record }) => record.title === name).length, 1);
  await finish(window);
});

test('a node gives one field to write, and what is written goes along', async () => {
  const name = title('Term');
  const { record } = await submitted(name);
  const window = await open('owen.hart');
  const { page } = window;
  await inTodo(page, name);
  await page.getByText('You can change 1 field').waitFor();
  assert.equal(await page.locator('.fm .in.ro').filter({ hasText: 'Mill & Sons' }).count(), 1);
  assert.equal(await page.locator('.fm').getByText('Reserve').count(), 0);
  await page.locator('.fm .pick').click();
  await page.getByRole('option', { name: '90 days' }).click();
  await page.locator('#task-comment').fill('Later is better');
  await page.getByRole('button', { name: 'Approve' }).click();
  await told(page, `Approved: ${name}`);
  const saved = await ask(window, `/records/spending/${record.id}`);
  assert.equal(saved.term, 'quarter');
  await finish(window);
});

test('files and what was changed go along with a decision, and are there for who is next',
  async () => {
    const name = title('Proof');
    const { run } = await submitted(name);
    const head = await open('owen.hart');
    await inTodo(head.page, name);
    await head.page.locator('.fm .pick').click();
    await head.page.getByRole('option', { name: '90 days' }).click();
    const attach = head.page.locator('.act input[data-attach]');
    const file = (called, text) => ({ name: called, mimeType: 'text/plain',
      buffer: Buffer.from(text) });
    await attach.setInputFiles([file('offer.txt', 'an offer'), file('wrong.txt', 'not this')]);
    const chosen = head.page.locator('.act .att');
    await chosen.getByText('wrong.txt').waitFor();
    await head.page.getByRole('button', { name: 'Remove the file: wrong.txt' }).click();
    assert.deepEqual(await chosen.locator('li').allTextContents(), ['offer.txt']);
    assert.deepEqual(await axeProblems(head.page), []);
    await head.page.getByRole('button', { name: 'Approve' }).click();
    await told(head.page, `Approved: ${name}`);
    await finish(head);

    const next = await open('何川');
    await inTodo(next.page, name);
    const opinion = next.page.locator('.op li').filter({ hasText: 'Owen Hart' }).last();
    await opinion.getByText('90 days').waitFor();
    const link = opinion.getByRole('link', { name: 'offer.txt' });
    const answer = await next.api.get(await link.getAttribute('href'));
    assert.equal(await answer.text(), 'an offer');
    await next.page.goto(`/runs/${run.id}`);
    await next.page.locator('.tl').getByRole('link', { name: 'offer.txt' }).waitFor();
    await next.page.locator('.tl .chg').getByText('90 days').waitFor();
    assert.deepEqual(await axeProblems(next.page), []);
    await finish(next);
  });

test('all who countersign must agree; then the record is free again', async () => {
  const name = title('Both');
  const { record, run } = await submitted(name);
  const head = await open('owen.hart');
  await approve(head, name, 'Go');
  const first = await open('何川');
  await inTodo(first.page, name);
  await first.page.getByRole('button', { name: 'Approve' }).dblclick();
  await told(first.page, 'Approved');
  assert.deepEqual(await openSeats(head, run), ['郑可']);
  const second = await open('郑可');
  await inTodo(second.page, name);
  await second.page.locator('.op').getByText('何川').waitFor();
  await second.page.getByRole('button', { name: 'Approve' }).click();
  await told(second.page, 'Approved');
  const ended = await runOf(head, run);
  assert.deepEqual([ended.state, ended.result], ['finished', 'approved']);
  assert.equal(ended.history.filter(({ what }) => what === 'approved').length, 3);
  assert.equal((await ask(head, `/records/spending/${record.id}/runs`)).lock, null);
  const director = await open('孙海潮');
  await director.page.goto('/todo?box=cc');
  await director.page.locator('.it').filter({ hasText: name }).waitFor();
  for (const window of [first, second, director]) await finish(window);
  await head.context.close();
});

test('a task is transferred to somebody else, who decides in the place of who had it', async () => {
  const name = title('Transfer');
  const { run } = await submitted(name);
  const window = await open('owen.hart');
  const { page } = window;
  await inTodo(page, name);
  await page.getByRole('button', { name: 'Transfer' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Transfer' }).click();
  await page.getByText('Choose who', { exact: true }).waitFor();
  await pick(page, 'act-people', '孙海潮');
  assert.deepEqual(await axeProblems(page), []);
  await page.getByRole('dialog').getByRole('button', { name: 'Transfer' }).click();
  await told(page, 'Transferred');
  assert.deepEqual(await openSeats(window, run), ['孙海潮', '赵启航']);
  const director = await open('孙海潮');
  await approve(director, name);
  assert.deepEqual(await openSeats(window, run), ['何川', '郑可'].sort());
  await finish(window);
  await director.context.close();
});

test('a copy is sent by hand from a task, and read without anything to decide', async () => {
  const name = title('Copied');
  const { run } = await submitted(name);
  const window = await open('owen.hart');
  const { page } = window;
  await inTodo(page, name);
  await page.locator('.act .btn.more').click();
  await page.getByRole('menuitem', { name: 'Send a copy' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send a copy' }).click();
  await page.getByText('Choose who', { exact: true }).waitFor();
  await pick(page, 'act-people', '孙海潮');
  await page.keyboard.press('Escape');
  assert.deepEqual(await axeProblems(page), []);
  await page.getByRole('dialog').getByRole('button', { name: 'Send a copy' }).click();
  await told(page, 'Copy sent');
  assert.deepEqual((await runOf(window, run)).copies.map(({ person }) => person.name),
    ['孙海潮']);
  await finish(window);
});

test('what is returned is mended by who submitted it, and goes its way again', async () => {
  const name = title('Return');
  const { record, run } = await submitted(name);
  const head = await open('owen.hart');
  await approve(head, name, 'Fine so far');
  const finance = await open('郑可');
  await inTodo(finance.page, name);
  await finance.page.getByRole('button', { name: 'Return' }).click();
  const dialog = finance.page.getByRole('dialog');
  await dialog.getByText('To Emma Lind, who submitted it').click();
  await dialog.locator('#act-comment').fill('The amount is too high');
  await dialog.getByRole('button', { name: 'Return' }).click();
  await told(finance.page, 'Returned');
  const clerk = await open('emma.lind');
  await inTodo(clerk.page, name);
  await clerk.page.getByText('The amount is too high').waitFor();
  await clerk.page.locator('.op .sup').getByText('Fine so far').waitFor();
  await clerk.page.locator('.fm input').nth(1).fill('1000');
  await clerk.page.getByRole('button', { name: 'Submit again' }).click();
  await told(clerk.page, 'Submitted again');
  assert.equal(Number((await ask(clerk, `/records/spending/${record.id}`)).amount), 1000);
  assert.deepEqual(await openSeats(clerk, run), ['Owen Hart', '赵启航']);
  await clerk.page.goto(`/runs/${run.id}`);
  await clerk.page.getByText('superseded by the return').waitFor();
  for (const window of [finance, clerk]) await finish(window);
  await head.context.close();
});

test('signers are added after oneself, and decide after oneself', async () => {
  const name = title('Sign');
  const { run } = await submitted(name);
  const window = await open('owen.hart');
  const { page } = window;
  await inTodo(page, name);
  await page.getByRole('button', { name: 'Add signers' }).click();
  await pick(page, 'act-people', '孙海潮');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').getByText('After me').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add signers' }).click();
  await told(page, 'Signers added');
  const { seats } = await runOf(window, run);
  assert.deepEqual(seats.filter(({ position }) => position === 'after')
    .map(({ holder }) => holder.name), ['孙海潮']);
  await finish(window);
});

test('what somebody else decides is seen at once by who has it open, too', async () => {
  const name = title('Seen');
  await submitted(name);
  const window = await open('赵启航');
  const [task] = await tasksOf(window, name);
  await window.page.goto(`/tasks/${task.id}`);
  await window.page.getByRole('button', { name: 'Approve' }).waitFor();
  const other = await open('owen.hart');
  await approve(other, name);
  await window.page.locator('.task .tag').filter({ hasText: 'not needed' }).waitFor();
  assert.equal(await window.page.getByRole('button', { name: 'Approve' }).count(), 0);
  await window.context.close();
  await other.context.close();
});

test('who comes too late is told who was first', async () => {
  const name = title('Late');
  await submitted(name);
  const window = await open('赵启航');
  const { page } = window;
  const [task] = await tasksOf(window, name);
  await page.goto(`/tasks/${task.id}`);
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  // The news of it is slow: both decide before either hears of the other.
  let letThrough;
  const news = new Promise((done) => {
    letThrough = done;
  });
  await page.route(`**/api/v1/tasks/${task.id}`, async (route) => {
    await news;
    await route.continue();
  });
  const other = await open('owen.hart');
  await approve(other, name);
  await page.getByRole('button', { name: 'Approve' }).click();
  await told(page, /Owen Hart/);
  letThrough();
  await page.locator('.task .tag').filter({ hasText: 'not needed' }).waitFor();
  await window.context.close();
  await other.context.close();
});

test('by keyboard alone: to the next, its approval in sight, and done', async () => {
  const name = title('Keys');
  await submitted(`${name} a`);
  await submitted(`${name} b`);
  const window = await open('owen.hart');
  const { page } = window;
  page.mouse.click = () => assert.fail('by keyboard alone');
  await inTodo(page, name);
  await page.keyboard.press('j');
  await page.locator('.task h2').filter({ hasText: `${name} b` }).waitFor();
  await page.locator('[data-act="main"]').waitFor();
  await page.keyboard.press('a');
  await page.keyboard.press('Enter');
  await told(page, `Approved: ${name} b`);
  await page.locator('.task h2').filter({ hasText: `${name} a` }).waitFor();
  assert.deepEqual((await tasksOf(window, name)).map(({ record }) => record.title), [`${name} a`]);
  await finish(window);
});

test('several are approved together, and what is refused says why', async () => {
  const name = title('Many');
  for (const part of ['a', 'b', 'c']) await submitted(`${name} ${part}`);
  const window = await open('赵启航');
  const { page } = window;
  await inTodo(page, name);
  await page.getByRole('checkbox', { name: /Choose all/ }).check();
  const bar = page.getByRole('toolbar', { name: 'Tasks chosen' });
  await bar.getByText('3 chosen').waitFor();
  assert.deepEqual(await axeProblems(page), []);
  // The news of it is slow: all three are still there to be chosen.
  let letThrough;
  const news = new Promise((done) => {
    letThrough = done;
  });
  await page.route('**/api/v1/tasks?*', async (route) => {
    await news;
    await route.continue();
  });
  const other = await open('owen.hart');
  await approve(other, `${name} b`);
  await bar.getByRole('button', { name: 'Approve 3' }).click();
  await told(page, '2 done, 1 refused');
  letThrough();
  const left = await tasksOf(window, name);
  assert.deepEqual(left, []);
  await finish(window);
  await other.context.close();
});

test('on a phone, in Chinese, with one thumb', async () => {
  const name = title('手机');
  const { run } = await submitted(name);
  const window = await open('赵启航', phone);
  const { page } = window;
  await page.goto('/');
  await page.getByRole('link', { name: /待办/ }).first().tap();
  await page.locator('.it-open').filter({ hasText: name }).tap();
  const main = page.locator('.sheetb').getByRole('button', { name: '同意', exact: true });
  await main.waitFor();
  for (const button of await page.locator('.sheetb button').all()) {
    assert.ok((await button.boundingBox()).height >= 44, await button.textContent());
  }
  await page.locator('.sheetb').getByRole('button', { name: '驳回' }).tap();
  await page.getByText('驳回前请填写原因').waitFor();
  assert.deepEqual(await axeProblems(page), []);
  await page.getByRole('button', { name: '同意，按此执行' }).tap();
  await main.tap();
  await told(page, '已同意');
  await page.waitForURL(/\/todo/);
  const { history } = await runOf(window, run);
  assert.equal(history.find(({ what }) => what === 'approved').comment, '同意，按此执行');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth
    > document.documentElement.clientWidth), false);
  await finish(window);
});

test('who started a run withdraws it; an admin suspends and resumes one', async () => {
  const name = title('Admin');
  const { run } = await submitted(name);
  const admin = await open('admin');
  await admin.page.goto(`/runs/${run.id}`);
  for (const act of ['Suspend', 'Resume']) {
    await admin.page.getByRole('button', { name: act }).click();
    await admin.page.getByRole('dialog').getByRole('button', { name: act }).click();
    await told(admin.page, act === 'Suspend' ? 'Suspended' : 'Resumed');
  }
  const clerk = await open('emma.lind');
  await clerk.page.goto(`/runs/${run.id}`);
  await clerk.page.getByRole('button', { name: 'Withdraw' }).click();
  await clerk.page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await told(clerk.page, 'Withdrawn');
  await clerk.page.locator('.run-ttl .tag').filter({ hasText: 'Withdrawn' }).waitFor();
  await finish(admin);
  await finish(clerk);
});

for (const locale of ['en', 'zh-CN']) {
  for (const theme of ['light', 'dark']) {
    test(`axe finds nothing in ${locale}, ${theme}, on a desk and on a phone`, async () => {
      const name = title('Axe');
      const { run, record } = await submitted(name);
      const found = [];
      const look = async (page, url, wait) => {
        await page.goto(url);
        await page.locator(wait).first().waitFor();
        await page.waitForTimeout(250);
        for (const problem of await axeProblems(page)) found.push(`${url} ${problem}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth
          > document.documentElement.clientWidth);
        if (wide) found.push(`${url} is wider than the window`);
      };
      for (const size of [{ nav: 'wide' }, phone]) {
        const window = await open('owen.hart', { ...size, locale, theme });
        const [task] = await tasksOf(window, name);
        const isPhone = size === phone;
        await look(window.page, '/todo', '.it');
        if (!isPhone) await window.page.locator('.task h2').waitFor();
        await look(window.page, '/todo?q=zzzz', '.es');
        await look(window.page, '/todo?box=done', '.it, .es');
        await look(window.page, '/todo?box=mine', '.it, .es');
        await look(window.page, `/tasks/${task.id}`, '.task, .sheetb');
        await look(window.page, `/tasks/${run.id}-999`, '.es');
        await look(window.page, `/runs/${run.id}`, '.nd');
        await look(window.page, `/o/spending/${record.id}`, '.band');
        await window.context.close();
        assert.deepEqual(window.page.faults, []);
      }
      assert.deepEqual(found, []);
    });
  }
}
