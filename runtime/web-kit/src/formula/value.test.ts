import { describe, expect, test } from 'vitest';
import { readCell } from './cell.ts';
import { dateText, dateTimeText, daysInMonth, parseDate, parseDateTime, parseTime, timeText }
  from './date.ts';
import {
  ceilingOf, compareDecimals, type Decimal, decimalText, decimalTextAt, digitsBehindPoint, floorOf,
  parseDecimal, rounded, scaledAt, truncated,
} from './decimal.ts';
import { add, divide, modulo, multiply, power, subtract } from './decimal_math.ts';
import { type FieldType, readValue, writeValue } from './field_value.ts';
import { readTable } from './read_vectors.ts';
import { Refusal } from './refusal.ts';

interface CallCase { call: string; a: string; b?: string; expect?: string | null; error?: string }
interface TypeCase extends FieldType { given: unknown; expect?: unknown; rule?: string }
interface CellCase extends FieldType {
  cell: string; date?: string; decimal_point?: string; zone?: string; times?: string;
  expect?: unknown; rule?: string;
}

const plain = (_: string, value: unknown) =>
  (typeof value === 'bigint' ? String(value) : value);

const casesOf = <T>(name: string): [string, T][] =>
  readTable<{ cases: T[] }>(`tests/vectors/value/${name}.json`).cases
    .map((one, i) => [`${i} ${JSON.stringify(one, plain).slice(0, 120)}`, one]);

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refusal) return { error: error.rule };
    throw error;
  }
}

const binary: Record<string, (a: Decimal, b: Decimal) => string> = {
  ...Object.fromEntries(Object.entries({ add, subtract, multiply, divide, modulo, power }).map(
    ([name, run]) => [name, (a: Decimal, b: Decimal) => decimalText(run(a, b))])),
  compare: (a, b) => String(compareDecimals(a, b)),
};

function decimalCase({ call, a: given, b = '0' }: CallCase): unknown {
  const a = parseDecimal(given);
  if (call === 'parse') return decimalText(a);
  if (call === 'floor') return decimalText(floorOf(a));
  if (call === 'ceiling') return decimalText(ceilingOf(a));
  if (call === 'digits_behind_point') return String(digitsBehindPoint(a));
  const digits = Number(b);
  if (call === 'round') return decimalText(rounded(a, digits));
  if (call === 'truncate') return decimalText(truncated(a, digits));
  if (call === 'text') return decimalTextAt(a, digits);
  if (call === 'scaled') return scaledAt(a, digits)?.toString() ?? null;
  const run = binary[call];
  if (!run) throw new Error(`no such call: ${call}`);
  return run(a, parseDecimal(b));
}

const dateCalls: Record<string, (text: string) => string | number | null> = {
  parse_date: parseDate, parse_time: parseTime, parse_datetime: parseDateTime,
  date_text: (days) => dateText(Number(days)), time_text: (seconds) => timeText(Number(seconds)),
  datetime_text: (ms) => dateTimeText(Number(ms)),
  days_in_month: (text) => daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5))),
};

describe('decimals', () => {
  test.each(casesOf<CallCase>('decimal'))('%s', (_, one) => {
    expect(outcome(() => decimalCase(one))).toEqual(
      one.error ? { error: one.error } : one.expect);
  });
});

describe('dates', () => {
  test.each(casesOf<CallCase>('date'))('%s', (_, one) => {
    const run = dateCalls[one.call];
    if (!run) throw new Error(`no such call: ${one.call}`);
    const result = run(one.a);
    expect(result === null ? null : String(result)).toBe(one.error ? null : one.expect);
  });
});

describe('values of fields', () => {
  test.each(casesOf<TypeCase>('type'))('%s', (_, one) => {
    expect(outcome(() => writeValue(one, readValue(one, one.given)))).toEqual(
      one.rule ? { error: one.rule } : one.expect);
  });
});

describe('cells of files', () => {
  test.each(casesOf<CellCase>('cell'))('%s', (_, one) => {
    const format = { date: one.date ?? 'YYYY-MM-DD', point: one.decimal_point ?? '.',
      zone: one.zone, times: one.times };
    expect(outcome(() => writeValue(one, readCell(one.cell, one, format)))).toEqual(
      one.rule ? { error: one.rule } : one.expect);
  });
});
