import { beforeAll, expect, test } from 'vitest';
import { ApiError } from '../api/api_error.ts';
import type { Ownership } from '../api/types.ts';
import { Formats } from '../format/formats.ts';
import { startI18n } from '../i18n/i18n.ts';
import { whyFailed, whyNot, whyRefused } from './why.ts';

const formats = new Formats('en', 'UTC', 'USD');
const ownership: Ownership = {
  pool: { name: 'p', label: 'P' }, in_pool: false, owner: { id: '1', name: 'Bob' }, since: null,
  protected_until: null, due_at: null, due: '', extensions: 0, extensions_max: 0, actions: {} };

beforeAll(async () => {
  globalThis.localStorage ??= { getItem: () => null, setItem: () => {} } as unknown as Storage;
  globalThis.document ??= { documentElement: {} } as unknown as Document;
  await startI18n('en');
});

test('a reason says its numbers and from when on it is over', () => {
  const until = '2027-03-02T00:00:00Z';
  expect(whyNot([{ rule: 'daily_limit', bound: 5, count: 5, until }], formats))
    .toBe(`5 of 5 claimed today; again from ${formats.dateTime(until)}.`);
  expect(whyNot([], formats)).toBe('');
});

test('several reasons are all said, and an unknown one in general', () => {
  const none = { bound: 0, count: 0, until: null };
  expect(whyNot([{ rule: 'condition', ...none }, { rule: 'of_tomorrow', ...none }], formats))
    .toBe('The pool does not allow it for this record. The rules of the pool do not allow it.');
});

test('who comes too late is told who has it', () => {
  const error = new ApiError(409, { code: 'conflict', ownership,
    problems: [{ at: '', rule: 'taken', message: 'Bob has it' }] });
  expect(whyFailed(error, 'claim', formats)).toBe('Bob has it already.');
});

test('a refusal without more is said by its rule, else in the words of the server', () => {
  expect(whyRefused({ problems: [{ at: '', rule: 'capacity', message: 'no room' }] }))
    .toBe('There is no room for another open record.');
  expect(whyRefused({ problems: [{ at: '', rule: 'own_rule', message: 'Not on Sundays.' }] }))
    .toBe('Not on Sundays.');
});
