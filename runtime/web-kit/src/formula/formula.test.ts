import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Explanation, explain } from './explain.ts';
import { writeValue } from './field_value.ts';
import {
  compile, type Environment, evaluate, type Formula, type Names, type Scope,
} from './formula.ts';
import { readTable } from './read_vectors.ts';
import { joinedText, sameValue } from './value.ts';
import { expectedOf, namesOf, scopeOf, type VectorCase, type VectorTable } from './vector_table.ts';

const folder = new URL('../../../../tests/vectors/formula/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json')).sort();

/** Depth, what was written, what came out of it. */
function partsOf(part: Explanation, text: string, depth = 0): [number, string, string][] {
  const [begin = 0, end = 0] = part.at.split('-').map(Number);
  const written = new TextDecoder().decode(new TextEncoder().encode(text).slice(begin, end));
  const outcomes = { value: joinedText(part.value), error: `!${part.rule}`, unused: '-' };
  return [[depth, written, outcomes[part.state]],
    ...part.parts.flatMap((inner) => partsOf(inner, text, depth + 1))];
}

/** What only the server knows: the kind is told here, and no value but where no record counts. */
function checkLeft(formula: Formula, scope: Scope, one: VectorCase) {
  if (one.expect) expect(formula.kind).toBe(one.expect.type);
  expect(formula.live).toBe(true);
  expect(evaluate(formula, scope)).toMatchObject({ ok: false, rule: 'looks_up' });
}

function checkCase(table: VectorTable, names: Names, one: VectorCase) {
  const environment: Environment = { object: '', names, kind: one.kind };
  const compiled = compile(one.formula, environment);
  const refused = one.problems ?? (one.error ? [[one.error, one.at]] : null);
  if (refused) {
    const problems = compiled.ok ? [] : compiled.problems;
    const seen = problems.map(({ rule, at }) => [rule, at]);
    expect(one.problems ? seen : seen.slice(0, 1)).toEqual(refused);
    if (one.suggests) expect(problems[0]?.message).toContain(`"${one.suggests}"`);
    return;
  }
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const scope = scopeOf(table, one);
  if (compiled.formula.looksUp) return checkLeft(compiled.formula, scope, one);
  if (one.explain) {
    expect(partsOf(explain(compiled.formula, scope), one.formula)).toEqual(one.explain);
  }
  const result = evaluate(compiled.formula, scope);
  if (one.evaluates_to_error) {
    expect(result).toMatchObject({ ok: false, rule: one.evaluates_to_error });
    return;
  }
  if (!result.ok || !one.expect) throw new Error(JSON.stringify(result));
  expect(compiled.formula.kind).toBe(one.expect.type);
  const same = sameValue(result.value, expectedOf(one.expect));
  expect(same ? one.expect.value : writeValue(null, result.value)).toEqual(one.expect.value);
}

test('there are tables of all families', () => {
  expect(files.length).toBeGreaterThanOrEqual(13);
});

for (const file of files) {
  const table = readTable<VectorTable>(`tests/vectors/formula/${file}`);
  const names = namesOf(table);
  describe(file, () => {
    test.each(table.cases.map((one, i): [string, VectorCase] => [
      `${i} ${one.formula.slice(0, 80)}`, one]))('%s', (_, one) => checkCase(table, names, one));
  });
}
