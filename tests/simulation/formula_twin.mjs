// The browser's formulas against those of C++ and of the database, over random ones.
//
//   node formula_twin.mjs PROGRAM [COUNT]
//
// TENON_FUZZ_SEED and TENON_FUZZ_COUNT choose others. PROGRAM (formula_fuzz) compares C++ and SQL
// itself; here each of its lines is computed once more.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';

const source = new URL('../../runtime/web-kit/src/formula/', import.meta.url);
const load = (name) => import(new URL(name, source));
const { compile, evaluate } = await load('formula.ts');
const { expectedOf, namesOf, scopeOf } = await load('vector_table.ts');
const { joinedText, sameValue } = await load('value.ts');

const [program, usual = '2000'] = process.argv.slice(2);
const seed = process.env.TENON_FUZZ_SEED ?? String(Date.now() % 1_000_000_007);
const count = process.env.TENON_FUZZ_COUNT ?? usual;
const table = JSON.parse(readFileSync(new URL('formula_fuzz/names.json', import.meta.url), 'utf8'));
const names = namesOf(table);

let lines = 0;
let differences = 0;
let left = 0;

function differs(one, wanted, got) {
  differences += 1;
  if (differences > 20) return;
  console.log(`differs: ${one.formula}\n  C++ ${wanted}\n  browser ${got}`);
  if (process.env.TENON_FUZZ_VERBOSE) console.log(JSON.stringify(one));
}

const shown = (value) => (value === null ? '(null)' : joinedText(value));

function check(one) {
  const compiled = compile(one.formula, { object: '', names });
  if (one.problems || !compiled.ok) {
    const seen = compiled.ok ? [] : compiled.problems.map(({ rule, at }) => [rule, at]);
    const [wanted, got] = [JSON.stringify(one.problems ?? []), JSON.stringify(seen)];
    if (wanted !== got) differs(one, wanted, got);
    return;
  }
  const { kind, looksUp } = compiled.formula;
  if (looksUp !== (one.looks_up ?? false)) differs(one, `looks_up ${!looksUp}`, String(looksUp));
  const result = evaluate(compiled.formula, scopeOf({ ...table, zone: one.zone }, one));
  if (kind !== one.kind) {
    differs(one, one.kind, kind);
  } else if (looksUp && !result.ok && result.rule === 'looks_up') {
    left += 1; // What only the server knows.
  } else if (one.evaluates_to_error || !result.ok) {
    const got = result.ok ? shown(result.value) : `!${result.rule}`;
    if (got !== `!${one.evaluates_to_error}`) differs(one, `!${one.evaluates_to_error}`, got);
  } else {
    const wanted = expectedOf({ type: one.kind, value: one.value });
    if (!sameValue(wanted, result.value)) differs(one, shown(wanted), shown(result.value));
  }
}

console.log(`TENON_FUZZ_SEED=${seed} TENON_FUZZ_COUNT=${count}`);
const fuzz = spawn(program, [seed, count], { stdio: ['ignore', 'pipe', 'inherit'] });
const ended = new Promise((resolve) => { fuzz.on('close', resolve); });
for await (const line of createInterface({ input: fuzz.stdout })) {
  lines += 1;
  check(JSON.parse(line));
}
const status = await ended;
console.log(`${lines} formulas, ${left} left to the server, ${
  differences} differences in the browser`);
if (status !== 0 || differences > 0 || lines !== Number(count)) process.exit(1);
