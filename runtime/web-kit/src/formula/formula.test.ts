import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseDate, parseDateTime } from './date.ts';
import { parseDecimal } from './decimal.ts';
import { type FieldType, readValue, writeValue } from './field_value.ts';
import { compile, type Environment, evaluate, type Kind, type Names, type Scope,
  type Value } from './formula.ts';
import { kindOfType } from './names.ts';
import { readTable } from './read_vectors.ts';
import { listValue, sameValue } from './value.ts';

interface Field extends FieldType { to?: string }
type Fields = Record<string, Field>;
interface Case {
  formula: string;
  kind?: Kind;
  fields?: Record<string, unknown>;
  paths?: Record<string, unknown>;
  expect?: { type: Kind; value: unknown };
  error?: string;
  at?: string;
  problems?: [string, string][];
  suggests?: string;
  evaluates_to_error?: string;
}
interface Table {
  fields: Fields;
  objects: Record<string, Fields>;
  today: string;
  now: string;
  user: string;
  zone: string;
  cases: Case[];
}

const folder = new URL('../../../../tests/vectors/formula/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json')).sort();

const targetOf = ({ type, to }: Field) => to ?? (kindOfType(type) === 'reference' ? type : '');

function namesOf({ fields, objects }: Table): Names {
  const own = (object: string): Fields => (object === '' ? fields : objects[object] ?? {});
  return {
    member: (object, name) => {
      const field = Object.hasOwn(own(object), name) ? own(object)[name] : undefined;
      const kind = field && kindOfType(field.type);
      return field && kind ? { kind, object: targetOf(field), options: field.options ?? [] } : null;
    },
    members: (object) => Object.keys(own(object)),
  };
}

function lastOf({ fields, objects }: Table, path: string): Field {
  const steps = path.split('.');
  let place = fields;
  if (steps[0] === '$user') {
    place = objects['user'] ?? {};
    steps.shift();
  }
  let field: Field | undefined;
  for (const step of steps) {
    field = place[step];
    if (!field) throw new Error(`no such path: ${path}`);
    place = objects[targetOf(field)] ?? {};
  }
  if (!field) throw new Error(`no such path: ${path}`);
  return field;
}

function scopeOf(table: Table, one: Case): Scope {
  const read = (given: Record<string, unknown> = {}) => new Map(Object.entries(given)
    .map(([path, raw]): [string, Value] => [path, readValue(lastOf(table, path), raw)]));
  const [fields, paths] = [read(one.fields), read(one.paths)];
  return {
    field: (name) => fields.get(name) ?? null,
    path: (steps) => paths.get(steps.join('.')) ?? null,
    user: readValue({ type: 'user' }, table.user),
    today: parseDate(table.today) ?? 0, now: parseDateTime(table.now) ?? 0, zone: table.zone,
  };
}

/** What is expected, with all its digits, whatever a column would keep. */
function expectedOf({ type, value }: { type: Kind; value: unknown }): Value {
  if (value === null) return null;
  if (type === 'number') return parseDecimal(String(value));
  if (type === 'text') return String(value);
  if (type === 'text_list') return listValue(value as string[]);
  return readValue({ type }, value);
}

function checkCase(table: Table, names: Names, one: Case) {
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
  const result = evaluate(compiled.formula, scopeOf(table, one));
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
  expect(files.length).toBeGreaterThanOrEqual(10);
});

for (const file of files) {
  const table = readTable<Table>(`tests/vectors/formula/${file}`);
  const names = namesOf(table);
  describe(file, () => {
    test.each(table.cases.map((one, i): [string, Case] => [
      `${i} ${one.formula.slice(0, 80)}`, one]))('%s', (_, one) => checkCase(table, names, one));
  });
}
