// A real server for the browser tests: `tenon serve --demo` on a data folder of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const program = process.env.E2E_PROGRAM ?? join(root, 'build/check/tenon');

/** A port nobody listens on now. */
function freePort() {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/** Serves a bundle on a data folder of its own: its address, once it answers, and how to stop it. */
export async function serve(bundle, options = []) {
  const data = mkdtempSync(join(tmpdir(), 'tenon-e2e-'));
  const port = await freePort();
  const child = spawn(program, ['serve', ...options], {
    cwd: root,
    env: { ...process.env, TENON_DATA: data, TENON_PORT: String(port),
      TENON_BUNDLE: bundle },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const hear = (bytes) => {
    said += bytes;
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise((done) => {
    child.once('exit', done);
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  const base = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${base}/readyz`).catch(() => null);
    if (answer?.ok) return { base, data, stop };
    await new Promise((done) => {
      setTimeout(done, 100);
    });
  }
  await stop();
  throw new Error(`The server did not start: ${program}\n${said}`);
}

/** The same with sample data and its people. */
export async function startServer(bundle = 'schemas/sales_crm') {
  const served = await serve(bundle, ['--demo']);
  const people = JSON.parse(readFileSync(join(served.data, 'sign-ins.json'), 'utf8'));
  return { ...served, people };
}
