// A browser on the client, as one of the people of a running server.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { startServer } from './server.mjs';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The server under TENON_URL with the people of TENON_SIGN_INS, or one started here. */
async function server(bundle) {
  // The running one has its own bundle; who asks for another gets a server of its own.
  if (!process.env.TENON_URL || bundle) return startServer(bundle);
  const people = JSON.parse(readFileSync(process.env.TENON_SIGN_INS, 'utf8'));
  return { base: process.env.TENON_URL, people, stop: () => {} };
}

/** Everything a test file needs: `open` a window, `close` all. */
export async function startBrowser({ bundle } = {}) {
  const { base, people, stop, ...rest } = await server(bundle);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  /** Someone who has this role. */
  const person = (role) => people.find((one) => one.role === role)
    ?? assert.fail(`nobody has the role ${role}`);

  const open = async (options = {}) => {
    const { width = 1440, height = 900, locale = 'en', theme = 'light', nav = 'rail', touch = false,
      signedIn = true, role = 'admin', who = person(role) } = options;
    const context = await browser.newContext({
      baseURL: base, viewport: { width, height }, hasTouch: touch, isMobile: touch,
      reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'],
    });
    await context.addInitScript((kept) => {
      for (const [name, value] of Object.entries(kept)) {
        if (localStorage.getItem(name) === null) localStorage.setItem(name, value);
      }
    }, { 'tenon.locale': locale, 'tenon.theme': theme, 'tenon.nav': nav });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    page.faults = [];
    page.on('pageerror', (error) => page.faults.push(String(error)));
    page.on('console', (message) => message.type() === 'error'
      && !/Failed to load resource/.test(message.text()) && page.faults.push(message.text()));
    if (signedIn) {
      const { login, password } = who;
      const answer = await context.request.post('/api/v1/session', {
        data: { login, password }, headers: { Origin: base } });
      assert.equal(answer.status(), 200, await answer.text());
    }
    const app = signedIn ? await (await context.request.get(`/api/v1/app?locale=${locale}`)).json()
      : null;
    return { page, context, app, api: context.request };
  };
  return {
    base, open, people, person, ...rest,
    close: async () => {
      await browser.close();
      await stop();
    },
  };
}

/** What axe finds, one line a problem. */
export async function axeProblems(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3)
    .map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** The end of a test: nothing that axe finds, nothing that the page complained of. */
export async function finish({ page, context }) {
  assert.deepEqual(await axeProblems(page), []);
  await context.close();
  assert.deepEqual(page.faults, []);
}

/** The screens of an application, whatever it is about. */
export async function screensOf(app, api) {
  const menu = app.menus.flatMap(({ items }) => items);
  const boards = app.views.filter(({ kind }) => kind === 'board');
  const board = boards.find(({ name }) => menu.some(({ view }) => view === name)) ?? boards[0];
  const object = board?.object ?? menu.find((item) => item.object)?.object;
  const { records } = await (await api.get(`/api/v1/records/${object}?limit=5`)).json();
  const report = app.reports[0];
  return {
    object, board, report, records,
    list: `/o/${object}`,
    boardAt: board ? `/o/${object}?view=${board.name}` : null,
    record: `/o/${object}/${records[0]?.id}`,
    form: `/o/${object}?form=new`,
    reportAt: report ? `/r/${report.name}` : null,
  };
}

/** Waits up to ten seconds for something that no locator shows. */
export async function eventually(holds) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await holds()) return;
    await new Promise((later) => {
      setTimeout(later, 100);
    });
  }
  assert.fail(`never: ${holds}`);
}
