// How many lines of engine/flow the stories of approvals come to, file by file: first they alone,
// then with the room's own tests. Exits with 1 where the stories alone come to too few.
//
//     node tests/stories/coverage.mjs build/coverage
//
// The folder is configured with -DTENON_COVERAGE=flow; `./check coverage` builds and does all of it.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const WANTED = 95; // Percent of the lines.
const ROOM = 'engine/flow/';
const root = fileURLToPath(new URL('../../', import.meta.url));
const build = resolve(process.argv[2] ?? 'build/coverage');
const objects = join(build, ROOM);

const counted = (ending) =>
  readdirSync(objects, { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(objects, name));

/** What ran, as (file, line) → how often. A line of a header is counted over all that include it. */
function lines() {
  const files = new Map();
  const text = execFileSync('gcov', ['--stdout', '--json-format', ...counted('.gcda')], {
    cwd: objects,
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  });
  for (const report of text.split('\n').filter((line) => line !== '')) {
    for (const file of JSON.parse(report).files) {
      // Seen from wherever it was compiled: a cache of objects knows other folders.
      const begin = file.file.lastIndexOf(ROOM);
      if (begin < 0) continue;
      const path = file.file.slice(begin);
      const counts = files.get(path) ?? new Map();
      files.set(path, counts);
      for (const line of file.lines) {
        const before = counts.get(line.line_number) ?? 0;
        counts.set(line.line_number, before + line.count);
      }
    }
  }
  return files;
}

function share(counts) {
  const all = counts.length;
  const run = counts.filter((count) => count > 0).length;
  return { all, run, percent: all === 0 ? 100 : (100 * run) / all };
}

/** Prints a table and the lines that nothing came to; gives the whole share. */
function tell(heading) {
  const files = [...lines()].sort(([a], [b]) => a.localeCompare(b));
  console.log(`\n${heading}`);
  for (const [path, counts] of files) {
    const { all, run, percent } = share([...counts.values()]);
    const never = [...counts].filter(([, count]) => count === 0).map(([line]) => line);
    const named = never.sort((a, b) => a - b).join(' ');
    const figures = `${percent.toFixed(1).padStart(6)} %  ${String(run).padStart(4)}/${all}`;
    console.log(`${figures.padEnd(20)} ${path.padEnd(36)} ${named}`.trimEnd());
  }
  const total = share(files.flatMap(([, counts]) => [...counts.values()]));
  console.log(`${total.percent.toFixed(1).padStart(6)} %  ${total.run}/${total.all} lines`);
  return total.percent;
}

function run(program, ...options) {
  execFileSync(join(build, program), options, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

for (const old of counted('.gcda')) rmSync(old);
run('tenon', 'story', 'tests/stories/approvals');
const alone = tell('By the stories of approvals:');
run('tests/story_test');
run('tests/flow_test');
tell('With the tests of engine/flow and engine/story:');
console.log(`\nStories alone: ${alone.toFixed(1)} %, wanted: ${WANTED} %`);
process.exit(alone >= WANTED ? 0 : 1);
