import { parseDate, parseDateTime } from './date.ts';
import { parseDecimal } from './decimal.ts';
import { type FieldType, readValue } from './field_value.ts';
import type { Kind, Names, Row, Scope, Value } from './formula.ts';
import { moneyOf } from '../format/money.ts';
import { currencyName, kindOfType, unitOfType } from './names.ts';
import { listValue } from './value.ts';

// For tests: the tables of tests/vectors/formula, as schemas/formula/README.md ("Vectors")
// describes them.

interface Field extends FieldType {
  to?: string;
  currency?: string; // Of money: that of its amounts; where there are several, if none is given.
  currencies?: string[];
}
type Fields = Record<string, Field>;
type Given = Record<string, unknown>;

export interface VectorCase {
  formula: string;
  kind?: Kind;
  fields?: Given;
  paths?: Given;
  rows?: Record<string, Given[]>;
  old?: Given;
  explain?: [number, string, string][];
  expect?: { type: Kind; value: unknown };
  error?: string;
  at?: string;
  problems?: [string, string][];
  suggests?: string;
  evaluates_to_error?: string;
}

export interface VectorTable {
  fields: Fields;
  objects: Record<string, Fields>;
  rows?: Record<string, string>;
  changes?: boolean;
  today: string;
  now: string;
  user: string;
  zone: string;
  cases: VectorCase[];
}

const targetOf = ({ type, to }: Field) =>
  to ?? (type === 'users' ? 'user' : kindOfType(type) === 'reference' ? type : '');

const unitOf = ({ type, currency, currencies }: Field) =>
  (currencies ? 'several' : type === 'money' ? currency ?? '' : unitOfType(type));

const ownOf = ({ fields, objects }: VectorTable, object: string): Fields =>
  (object === '' ? fields : objects[object] ?? {});

export function namesOf(table: VectorTable): Names {
  return {
    member: (object, name) => {
      const own = ownOf(table, object);
      const field = Object.hasOwn(own, name) ? own[name] : undefined;
      const kind = field && kindOfType(field.type);
      if (!field || !kind) return null;
      return {
        kind, object: targetOf(field), options: field.options ?? [], unit: unitOf(field),
        currencies: field.currencies,
      };
    },
    members: (object) => Object.keys(ownOf(table, object)),
    many: (object, name) => {
      const to = object === '' && Object.hasOwn(table.rows ?? {}, name) ? table.rows?.[name] : null;
      return to ? { object: to } : null;
    },
    tellsChanges: table.changes ?? false,
  };
}

function lastOf(table: VectorTable, path: string, object: string): Field {
  const steps = path.split('.');
  let place = ownOf(table, object);
  if (steps[0] === '$user') {
    place = ownOf(table, 'user');
    steps.shift();
  }
  let field: Field | undefined;
  for (const step of steps) {
    field = field?.currencies ? { type: step === 'amount' ? 'decimal' : 'text' } : place[step];
    if (!field) throw new Error(`no such path: ${path}`);
    place = ownOf(table, targetOf(field) || ' ');
  }
  if (!field) throw new Error(`no such path: ${path}`);
  return field;
}

export function scopeOf(table: VectorTable, one: VectorCase): Scope {
  const read = (given: Given = {}, object = '') => new Map(Object.entries(given)
    .flatMap(([path, raw]): [string, Value][] => {
      const field = lastOf(table, path, object);
      // Of an amount in several currencies the number has the name of the whole.
      if (path.endsWith('.amount') && field.type === 'decimal') {
        return [[path.replace(/\.amount$/, ''), readValue(field, raw)]];
      }
      if (!field.currencies) return [[path, readValue(field, raw)]];
      const money = moneyOf(raw, field.currency);
      return [[path, readValue(field, money?.amount ?? null)],
        [currencyName(path), money?.currency ?? null]];
    }));
  const rowOf = (given: Given, object: string): Row => {
    const values = read(given, object);
    return {
      field: (name) => values.get(name) ?? null,
      path: (steps) => values.get(steps.join('.')) ?? null,
    };
  };
  const [fields, paths, old] = [read(one.fields), read(one.paths), read(one.old)];
  return {
    field: (name) => fields.get(name) ?? null,
    path: (steps) => paths.get(steps.join('.')) ?? null,
    rows: (name) => (one.rows?.[name] ?? []).map((row) => rowOf(row, table.rows?.[name] ?? '')),
    old: (name) => old.get(name) ?? null,
    user: readValue({ type: 'user' }, table.user),
    today: parseDate(table.today) ?? 0, now: parseDateTime(table.now) ?? 0, zone: table.zone,
  };
}

/** What is expected, with all its digits, whatever a column would keep. */
export function expectedOf({ type, value }: { type: Kind; value: unknown }): Value {
  if (value === null) return null;
  if (type === 'number') return parseDecimal(String(value));
  if (type === 'text') return String(value);
  if (type === 'text_list') return listValue(value as string[]);
  return readValue({ type: type === 'reference_list' ? 'references' : type }, value);
}
