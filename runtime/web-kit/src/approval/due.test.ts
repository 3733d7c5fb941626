import { expect, test } from 'vitest';
import { Formats } from '../format/formats.ts';
import { spanParts } from '../format/span.ts';
import { dueGroupOf, dueLook, dueText, groupByDue } from './due.ts';

const now = Date.parse('2027-03-01T02:00:00Z'); // 10:00 in Shanghai.
const formats = new Formats('en', 'Asia/Shanghai', 'CNY');
const dayOf = (moment: Date | string) => formats.dayOf(moment);
const due = (at: string | null, over = false) => ({ due_at: at, is_overdue: over });
const t = (key: string, values: Record<string, unknown> = {}) =>
  [key, ...Object.values(values)].join(' ');

test.each([
  [due(null), 'open'],
  [due('2027-03-01T01:59:59Z'), 'overdue'],
  [due('2027-03-01T03:00:00Z', true), 'overdue'],
  [due('2027-03-01T15:59:00Z'), 'today'],
  [due('2027-03-01T16:00:00Z'), 'later'],
] as const)('%o stands in the group %s', (item, group) => {
  expect(dueGroupOf(item, now, dayOf)).toBe(group);
});

test('groups stand in their order, what is in one as it came, and none is empty', () => {
  const items = ['2027-03-05T00:00:00Z', null, '2027-02-01T00:00:00Z', '2027-03-04T00:00:00Z']
    .map((at) => due(at));
  expect(groupByDue(items, now, dayOf)).toEqual([
    { group: 'overdue', items: [items[2]] }, { group: 'later', items: [items[0], items[3]] },
    { group: 'open', items: [items[1]] }]);
});

test('two hours before it is due it is amber, after that red', () => {
  expect(dueLook(due('2027-03-01T04:30:00Z'), now)).toBe('grey');
  expect(dueLook(due('2027-03-01T03:30:00Z'), now)).toBe('warn');
  expect(dueLook(due('2027-03-01T01:30:00Z'), now)).toBe('bad');
  expect(dueLook(due(null), now)).toBe('grey');
});

test.each([
  ['2027-02-18T02:00:00Z', /^due\.over /],
  ['2027-03-01T05:12:00Z', /^due\.left /],
  ['2027-03-01T15:30:00Z', /^due\.today 23:30$/],
  ['2027-03-02T04:00:00Z', /^due\.tomorrow 12:00$/],
  ['2027-03-05T04:00:00Z', /^due\.on 5 Mar 12:00$/],
])('due at %s reads %s', (at, words) => {
  expect(dueText(due(at), now, formats, t)).toMatch(words);
});

test('without a due time nothing is said', () => {
  expect(dueText(due(null), now, formats, t)).toBeNull();
});

test.each([
  [12_000, 'span.seconds', { count: 12 }],
  [59 * 60_000, 'span.minutes', { count: 59 }],
  [3 * 3_600_000, 'span.hours', { count: 3 }],
  [-(3 * 3_600_000 + 12 * 60_000), 'span.hours_minutes', { hours: 3, minutes: 12 }],
  [26 * 3_600_000, 'span.days_hours', { days: 1, hours: 2 }],
  [10 * 86_400_000 + 3_600_000, 'span.days', { count: 10 }],
])('%d ms are %s', (ms, key, values) => {
  expect(spanParts(ms)).toEqual({ key, values });
});
