// Sizes of what a first visit loads, in gzip kilobytes, against the budget. Fails when one is over.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const out = fileURLToPath(new URL('../../build/web/', import.meta.url));
const manifest = JSON.parse(readFileSync(`${out}.vite/manifest.json`, 'utf8'));

const closure = (keys) => {
  const files = new Set();
  const seen = new Set();
  const visit = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`size: no chunk ${key}`);
    files.add(chunk.file);
    (chunk.css ?? []).forEach((file) => files.add(file));
    (chunk.imports ?? []).forEach(visit);
  };
  keys.forEach(visit);
  return files;
};

const bytes = new Map();
const measure = (file) => {
  if (!bytes.has(file)) {
    const raw = readFileSync(out + file);
    const br = existsSync(`${out}${file}.br`) ? readFileSync(`${out}${file}.br`).length
      : brotliCompressSync(raw).length;
    bytes.set(file, { gz: gzipSync(raw, { level: 9 }).length, br });
  }
  return bytes.get(file);
};

const shell = ['index.html'];
const find = (end) => Object.keys(manifest).filter((key) => key.endsWith(end));
const budgets = [
  ['shell', shell, 165],
  ['list, first load', [...shell, ...find('routes/list_page.tsx')], 200],
  ['record, first load', [...shell, ...find('routes/record_page.tsx')], 260],
  ['board, first load', [...shell, ...find('routes/list_page.tsx'),
    ...find('views/board_view.tsx')], 200],
  ['report, first load', [...shell, ...find('routes/report_page.tsx')], 260],
];

let failed = false;
const total = (files) => [...files].reduce((sum, file) => {
  const { gz, br } = measure(file);
  return { gz: sum.gz + gz, br: sum.br + br };
}, { gz: 0, br: 0 });

for (const [name, keys, limit] of budgets) {
  const { gz, br } = total(closure(keys));
  const kb = (gz / 1000).toFixed(1);
  failed ||= gz > limit * 1000;
  console.log(`${name.padEnd(20)} ${kb.padStart(6)} kB gz of ${limit}, ${(br / 1000).toFixed(1)} kB br`);
}

const first = closure(shell);
for (const [key, chunk] of Object.entries(manifest)) {
  if (!chunk.isDynamicEntry) continue;
  const own = [...closure([key])].filter((file) => !first.has(file));
  const { gz } = total(own);
  const limit = /chart_engine/.test(key) ? 200 : /i18n\/|locales\//.test(key) ? 30 : 80;
  if (gz > limit * 1000) {
    failed = true;
    console.log(`${key}: ${(gz / 1000).toFixed(1)} kB gz, over ${limit}`);
  }
}
if (failed) {
  console.error('size: over budget');
  process.exit(1);
}
