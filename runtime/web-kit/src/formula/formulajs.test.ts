import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { daysOf } from './date.ts';
import { decimalText } from './decimal.ts';
import { compile, evaluate, type Value } from './formula.ts';
import type { FunctionEntry, Takes } from './function_entry.ts';
import { findFunction, parameterAt } from './functions.ts';
import { readTable } from './read_vectors.ts';

// Calls of Excel's functions with what they give, from formulajs (MIT): every case is classed by
// tests/vectors/formulajs_classes.json, and no case gives a result that its class does not say.
//
// The suite writes days as texts in the American way and as serial numbers; the language has dates.
// So a text that names a day stands for that date where a date is taken, and a date that comes out
// is compared as its serial number where the suite has a number.

interface SuiteCase { fn: string; args: unknown[]; op: string; expected: unknown }
type Class = 'passed' | 'type error' | 'not offered' | 'differs' | 'not applicable';
/** Beside `differs`: why, and what comes out instead. */
interface Classes { about: string; cases: Record<string, Class | [Class, string, string]> }

const shared = process.env['TENON_SHARED_DATA'] ?? '../shared/data';
const folder = `${shared}/suites/formulajs`;
const { cases: classes } = readTable<Classes>('tests/vectors/formulajs_classes.json');

const marked = (value: unknown, mark: string): unknown =>
  (value !== null && typeof value === 'object' && mark in value
    ? (value as Record<string, unknown>)[mark] : undefined);

const dayPart = String.raw`(?:(\d{1,2})\/(\d{1,2})\/(\d{4})|(\d{4})-(\d\d)-(\d\d))`;
const clockPart = String.raw`(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?)?`;
const dayForm = new RegExp(`^${dayPart}${clockPart}$`);

function dayOf(value: unknown) {
  const found = dayForm.exec(String(marked(value, '$date') ?? value));
  if (!found) return null;
  const [, month, day, year, isoYear, isoMonth, isoDay, ...clock] = found;
  const date = [year ?? isoYear, month ?? isoMonth, day ?? isoDay].map(Number);
  return { date, clock: clock.map((part) => Number(part ?? 0)) };
}

const padded = (part: number | undefined, width: number) => String(part ?? 0).padStart(width, '0');

/** A day where one is taken; null for what is none. */
function dayText(value: unknown, takes: Takes): string | null {
  const found = typeof value === 'string' || marked(value, '$date') ? dayOf(value) : null;
  if (!found) return null;
  const { date: [year, month, day], clock } = found;
  if (takes === 'time|datetime') return `TIME(${clock.join(', ')})`;
  return takes.split('|').includes('date') ? `DATE(${year}, ${month}, ${day})` : null;
}

/** An error of the kind that is taken. */
function failing(takes: Takes): string {
  if (takes === 'text') return 'LEFT("a", -1)';
  if (takes === 'boolean') return '(1 / 0 > 1)';
  return takes.includes('date') ? '(DATE(2026, 1, 1) + 1 / 0)' : '(1 / 0)';
}

function written(value: unknown, takes: Takes): string {
  if (value === null) return 'NULL';
  if (marked(value, '$error') !== undefined) return failing(takes);
  const day = dayText(value, takes);
  if (day !== null) return day;
  if (typeof value === 'string') return `"${value.replaceAll('"', '""')}"`;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return String(value);
}

function formulaOf(entry: FunctionEntry, { fn, args }: SuiteCase): string {
  const flat = entry.repeat > 0 ? args.flat() : args;
  const texts = flat.map((arg, i) => {
    const inDay = (fn === 'DATEVALUE' || fn === 'TIMEVALUE') && typeof arg === 'string'
      ? dayOf(arg) : null;
    if (!inDay) return written(arg, parameterAt(entry, i, flat.length).takes);
    const { date: [year, month, dayOfMonth], clock } = inDay;
    return fn === 'DATEVALUE' ? `"${padded(year, 4)}-${padded(month, 2)}-${padded(dayOfMonth, 2)}"`
      : `"${clock.map((part) => padded(part, 2)).join(':')}"`;
  });
  return `${fn}(${texts.join(', ')})`;
}

const serialOf = (days: number) => days - daysOf(1899, 12, 30);

function plain(value: Value): unknown {
  if (value === null || typeof value !== 'object') return value ?? '';
  if (value.kind === 'number') return Number(decimalText(value));
  if (value.kind === 'date') return serialOf(value.days);
  return value.kind === 'time' ? value.seconds / 86_400 : JSON.stringify(value);
}

function isExpected(value: Value, { op, expected }: SuiteCase): boolean {
  const got = plain(value);
  if (op === 'approximately') {
    const [near, by] = expected as [number, number];
    return typeof got === 'number' && Math.abs(got - near) <= by;
  }
  const day = marked(expected, '$date') === undefined ? null : dayOf(expected);
  const [year = 0, month = 0, dayOfMonth = 0] = day?.date ?? [];
  return got === (day ? serialOf(daysOf(year, month, dayOfMonth)) : expected);
}

/** What has no meaning here: `undefined`, calls of the host, NaN, serial numbers of days. */
function applies(entry: FunctionEntry, { args }: SuiteCase): boolean {
  return args.every((arg, i) => {
    const strange = ['$undefined', '$call', '$number']
      .some((mark) => marked(arg, mark) !== undefined);
    const takes = i < entry.parameters.length ? parameterAt(entry, i, args.length).takes : 'any';
    const serial = (typeof arg === 'number' || /^\d+$/.test(String(arg)))
      && ['date|datetime', 'time|datetime', 'text|datetime'].includes(takes);
    return !strange && !serial;
  });
}

/** The class that a case shows itself, and what comes out of it. */
function classOf(one: SuiteCase): [Class, string?] {
  const entry = findFunction(one.fn);
  if (!entry && one.fn !== 'TRUE' && one.fn !== 'FALSE') return ['not offered'];
  if (entry && !applies(entry, one)) return ['not applicable'];
  const text = entry ? formulaOf(entry, one) : `${one.fn}()`;
  const fails = marked(one.expected, '$error') !== undefined;
  const compiled = compile(text, { object: '', names: { member: () => null, members: () => [] } });
  if (!compiled.ok) {
    const rule = compiled.problems[0]?.rule ?? '';
    return fails && rule === 'formula.type' ? ['type error'] : ['differs', rule];
  }
  const scope = { field: () => null, path: () => null, user: null, today: 0, now: 0, zone: 'UTC' };
  const result = evaluate(compiled.formula, scope);
  const refuses = !result.ok && result.rule !== 'looks_up';
  if (!result.ok) return fails && refuses ? ['passed'] : ['differs', `!${result.rule}`];
  return !fails && isExpected(result.value, one) ? ['passed']
    : ['differs', String(plain(result.value))];
}

describe.skipIf(!existsSync(folder))(`formulajs, skipped where ${folder} is absent`, () => {
  const files = ['logical', 'text', 'date-time'];
  const cases = files.flatMap((file) => existsSync(folder)
    ? (JSON.parse(readFileSync(`${folder}/${file}.json`, 'utf8')) as SuiteCase[])
      .map((one, i): [string, SuiteCase] => [`${file} ${i}`, one]) : []);

  test('every case is of the class that the table says', () => {
    const told = cases.map(([id, one]) => {
      const wanted = classes[id];
      const [kind, why, outcome] = Array.isArray(wanted) ? wanted : [wanted];
      expect(kind === 'differs', id).toBe(Boolean(why));
      return [id, one.fn, kind, outcome];
    });
    expect(cases.map(([id, one]) => {
      const [kind, outcome] = classOf(one);
      return [id, one.fn, kind, outcome];
    })).toEqual(told);
    expect(cases.length).toBe(480);
  });

  test('four fifths of those that apply pass, or are errors of type where Excel has one', () => {
    const count = (wanted: Class) => cases.filter(([, one]) => classOf(one)[0] === wanted).length;
    const good = count('passed') + count('type error');
    expect(good / (cases.length - count('not applicable'))).toBeGreaterThanOrEqual(0.8);
  });
});
