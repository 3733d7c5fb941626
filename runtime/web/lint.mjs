// House rules that a linter does not know: line length, file length, borders, words.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const rooms = ['runtime/web-kit/src', 'runtime/web/src', 'tests/e2e'];
const problems = [];
// Words that only one shipped bundle brings. Split so that this file passes its own check.
const foreign = ['opportun' + 'ity', 'le' + 'ad', 'acco' + 'unt', 'con' + 'tact', 'quo' + 'te',
  'de' + 'al'];
const word = new RegExp(`(?<![a-z])(${foreign.join('|')})s?(?![a-z])`, 'i');

const files = rooms.flatMap((room) => {
  try {
    return readdirSync(root + room, { recursive: true }).map((name) => `${room}/${name}`);
  } catch {
    return [];
  }
}).filter((path) => /\.(tsx?|css|mjs|json)$/.test(path) && !path.includes('/src/gen/'));

for (const path of files) {
  const text = readFileSync(root + path, 'utf8');
  const lines = text.split('\n');
  const say = (line, message) => problems.push(`${path}:${line}: ${message}`);
  const code = /\.tsx?$/.test(path);
  if (path.endsWith('.tsx') && lines.length > 251) say(lines.length, 'over 250 lines');
  if (code && lines.length > 501) say(lines.length, 'over 500 lines');
  if (/\/(utils|common|helpers?|misc)\b/.test(path)) say(1, 'a file name that says nothing');
  lines.forEach((line, index) => {
    if (code && line.length > 100) say(index + 1, 'over 100 columns');
    if (/\b(TODO|FIXME|XXX)\b/.test(line)) say(index + 1, 'unfinished');
    if (code && /key === 'Enter'/.test(line) && !/a11y\//.test(path)) {
      say(index + 1, "raw key === 'Enter': use isSubmitKey (input methods)");
    }
    if (code && /@mantine/.test(line) && !path.includes('web-kit/src/ui/')) {
      say(index + 1, 'only ui/ imports the widget library');
    }
    if (path.includes('web-kit/') && /from '.*runtime\/web\//.test(line)) {
      say(index + 1, 'web-kit does not know the client');
    }
    if (word.test(line)) {
      say(index + 1, `a word of one bundle: ${word.exec(line)?.[0]}`);
    }
  });
}

problems.forEach((problem) => console.error(problem));
console.log(`house rules: ${files.length} files, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
