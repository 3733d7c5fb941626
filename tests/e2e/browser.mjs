// A browser on the client: against TENON_URL, or else against the built client with its mock API.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const root = fileURLToPath(new URL('../../', import.meta.url));
const port = 4179;
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

async function mock() {
  const vite = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'preview', 'runtime/web',
    '--config', 'runtime/web/vite.config.ts', '--host', '127.0.0.1', '--port', String(port),
    '--strictPort'], { cwd: root, stdio: 'ignore' });
  const base = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      await fetch(base);
      return { base, stop: () => vite.kill() };
    } catch {
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  vite.kill();
  throw new Error('the preview server did not start');
}

/** Everything a test file needs: `open` a window, `close` all. */
export async function startBrowser() {
  const server = process.env.TENON_URL ? { base: process.env.TENON_URL, stop: () => {} }
    : await mock();
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  const login = process.env.TENON_LOGIN ?? 'zhao';
  const password = process.env.TENON_PASSWORD ?? 'open sesame';

  const open = async (options = {}) => {
    const { width = 1440, height = 900, locale = 'en', theme = 'light', nav = 'rail', touch = false,
      signedIn = true } = options;
    const context = await browser.newContext({
      baseURL: server.base, viewport: { width, height }, hasTouch: touch, isMobile: touch,
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
      await context.request.post('/api/v1/session', {
        data: { login, password }, headers: { Origin: server.base } });
    }
    const app = signedIn ? await (await context.request.get(`/api/v1/app?locale=${locale}`)).json()
      : null;
    return { page, context, app, api: context.request };
  };
  return {
    base: server.base, open,
    close: async () => {
      await browser.close();
      server.stop();
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

/** The screens of an application, whatever it is about. */
export async function screensOf(app, api) {
  const board = app.views.find(({ kind }) => kind === 'board');
  const menu = app.menus.flatMap(({ items }) => items);
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
