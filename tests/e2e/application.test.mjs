import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { program, root } from './server.mjs';
import { screensOf, startBrowser } from './browser.mjs';

// The application in front of people: signing in, its numbers, its languages, and a new version of
// it published while they work.

let tenon;
let bundle;
before(async () => {
  tenon = await startBrowser();
  bundle = join(mkdtempSync(join(tmpdir(), 'tenon-bundle-')), 'bundle');
  cpSync(join(root, 'schemas/sales_crm'), bundle, { recursive: true });
});
after(async () => {
  rmSync(join(bundle, '..'), { recursive: true, force: true });
  await tenon.close();
});

const done = async ({ page, context }) => {
  await context.close();
  assert.deepEqual(page.faults, []);
};

/** The command line on the running server's data folder. */
function run(...words) {
  const { stdout, stderr, status } = spawnSync(program, words, {
    cwd: root, encoding: 'utf8', env: { ...process.env, TENON_DATA: tenon.data } });
  return { said: stdout + stderr, status };
}

test('a wrong password is refused in words; the right one opens the application', async () => {
  const { login, password } = tenon.person('rep');
  const window = await tenon.open({ signedIn: false });
  const { page } = window;
  await page.goto('/');
  await page.waitForSelector('#login');
  await page.locator('#login').fill(login);
  await page.locator('#password').fill('not this one');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').first().waitFor();
  assert.equal(await page.locator('#login').inputValue(), login);
  await page.locator('#password').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('nav');
  await page.waitForSelector('#login', { state: 'detached' });
  await done(window);
});

test('the funnel in the browser counts what was imported', async () => {
  const window = await tenon.open();
  const { page, app } = window;
  const funnel = app.reports.find(({ chart }) => chart.kind === 'funnel');
  await page.goto(`/r/${funnel.name}`);
  await page.waitForSelector('.fn .lbl');
  const counts = await page.locator('.fn .lbl').evaluateAll((labels) => labels.map(
    (label) => label.firstChild.textContent.trim()));
  assert.deepEqual(counts, ['500', '1,589', '4,238', '2,473']);
  const figures = await page.locator('.kp dd').allTextContents();
  assert.equal(figures[0], '8,800');
  assert.ok(figures.includes('63.15%'), figures.join(' '));
  assert.ok(figures.includes('$10,005,534.00'), figures.join(' '));
  const table = await page.locator('.tb tbody tr').evaluateAll((rows) => rows.map(
    (row) => row.cells[1].textContent));
  assert.deepEqual(table, counts);
  await done(window);
});

test('each role counts only what it may see', async () => {
  const shown = {};
  for (const role of ['rep', 'manager', 'director']) {
    const window = await tenon.open({ role });
    const at = await screensOf(window.app, window.api);
    const funnel = window.app.reports.find(({ chart }) => chart.kind === 'funnel');
    await window.page.goto(`/r/${funnel.name}`);
    const text = await window.page.locator('.kp dd').first().textContent();
    shown[role] = Number(text.replace(/\D/g, ''));
    const { count } = await (await window.api.get(
      `/api/v1/records/${at.object}?count=exact&limit=1`)).json();
    assert.equal(shown[role], count, role);
    await done(window);
  }
  assert.equal(shown.director, 8800);
  assert.ok(shown.rep < shown.manager && shown.manager < shown.director, JSON.stringify(shown));
});

test('the language is changed where one is, and stays after a reload', async () => {
  const window = await tenon.open();
  const { page, app, api } = window;
  const at = await screensOf(app, api);
  await page.goto(at.list);
  await page.waitForSelector('.grid-rows .title');
  await page.locator('.rail .me').click();
  await page.getByText('简体中文').first().click();
  const chinese = await (await api.get('/api/v1/app?locale=zh-CN')).json();
  const { label_plural: name } = chinese.objects.find((one) => one.name === at.object);
  await page.getByRole('heading', { level: 1, name }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
  await page.reload();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await api.patch('/api/v1/me', { data: { locale: 'en' }, headers: { Origin: tenon.base } });
  await done(window);
});

const eightTypes = {
  name: 'site_visit',
  label: { en: 'Site visit', 'zh-CN': '现场勘查' },
  label_plural: { en: 'Site visits' },
  title_field: 'place',
  fields: [
    { name: 'place', type: 'text', required: true, label: { en: 'Place' } },
    { name: 'report', type: 'long_text', label: { en: 'Report' } },
    { name: 'people', type: 'integer', label: { en: 'People' } },
    { name: 'cost', type: 'money', label: { en: 'Cost' } },
    { name: 'day', type: 'date', label: { en: 'Day' } },
    { name: 'safe', type: 'boolean', label: { en: 'Safe' } },
    { name: 'kind', type: 'choice', label: { en: 'Kind' },
      options: [{ name: 'first', label: { en: 'First' } },
        { name: 'again', label: { en: 'Again' } }] },
    { name: 'guide', type: 'reference', to: 'user', label: { en: 'Guide' } },
  ],
};

test('a new object of eight types is planned in words, published, and there to be used', async () => {
  const window = await tenon.open();
  const { page } = window;
  writeFileSync(join(bundle, 'objects', 'site_visit.json'), JSON.stringify(eightTypes));
  const plan = run('plan', bundle);
  assert.equal(plan.status, 0, plan.said);
  assert.match(plan.said, /Site visit|site_visit/);
  await page.goto('/');
  await page.waitForSelector('nav');
  const published = run('publish', bundle);
  assert.equal(published.status, 0, published.said);
  await page.goto('/o/site_visit');
  await page.getByRole('heading', { level: 1, name: 'Site visits' }).waitFor();
  await page.goto('/o/site_visit?form=new');
  const fields = page.locator('.form-body .field');
  for (const { label } of eightTypes.fields) {
    await fields.filter({ hasText: label.en }).first().waitFor();
  }
  await fields.filter({ hasText: 'Place' }).locator('input').fill('Roof of hall 3');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.drawer', { state: 'detached' });
  await page.goto('/o/site_visit');
  await page.locator('.grid-rows').getByText('Roof of hall 3').waitFor();
  await done(window);
});

test('a field is renamed under an open form: what was typed stays and is saved', async () => {
  const window = await tenon.open();
  const { page, api } = window;
  await page.goto('/o/site_visit?form=new');
  const place = page.locator('.form-body .field', { hasText: 'Place' }).locator('input');
  await place.fill('The new loading bay');
  const renamed = run('rename', bundle, 'site_visit.place', 'location');
  assert.equal(renamed.status, 0, renamed.said);
  const plan = run('plan', bundle);
  assert.match(plan.said, /rename/i);
  const published = run('publish', bundle);
  assert.equal(published.status, 0, published.said);
  const { version } = await (await api.get('/api/v1/app')).json();
  await page.waitForTimeout(1000);
  assert.equal(await place.inputValue(), 'The new loading bay');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.drawer', { state: 'detached' });
  const { records } = await (await api.get('/api/v1/records/site_visit?sort=-created_at')).json();
  assert.deepEqual(records.map(({ location }) => location),
    ['The new loading bay', 'Roof of hall 3']);
  assert.ok(version > 2);
  await done(window);
});

test('a broken bundle is refused with every problem at its place; people work on', async () => {
  const window = await tenon.open();
  const file = join(bundle, 'objects', 'site_visit.json');
  const kept = readFileSync(file, 'utf8');
  const broken = JSON.parse(kept);
  broken.fields[1].type = 'long_txt';
  broken.title_field = 'nowhere';
  writeFileSync(file, JSON.stringify(broken));
  const published = run('publish', bundle);
  writeFileSync(file, kept);
  assert.notEqual(published.status, 0);
  assert.match(published.said, /objects\/site_visit\.json.*long_txt/s);
  assert.match(published.said, /objects\/site_visit\.json.*nowhere/s);
  await window.page.goto('/o/site_visit');
  await window.page.locator('.grid-rows').getByText('Roof of hall 3').waitFor();
  await done(window);
});

test('a list goes into a file as it is shown: its columns, filter and order', async () => {
  const window = await tenon.open();
  const { page, app } = window;
  const { object } = app.reports.find(({ chart }) => chart.kind === 'funnel');
  await page.goto(`/o/${object}`);
  await page.getByRole('button', { name: 'Export' }).click();
  const waited = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Text table (.csv)' }).click();
  const download = await waited;
  assert.match(download.suggestedFilename(), /^.+ \d{4}-\d\d-\d\d\.csv$/);
  const text = readFileSync(await download.path(), 'utf8');
  const heads = await page.locator('.grid-head [role="columnheader"]').allInnerTexts();
  const first = text.split('\r\n')[0].replace('\uFEFF', '').split(',');
  assert.deepEqual(first, heads.map((head) => head.trim()).filter(Boolean));
  await page.getByText('is in your downloads').waitFor();
  await done(window);
});
