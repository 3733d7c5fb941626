import { expect, test } from 'vitest';
import type { Family } from '../fields/field_type.ts';
import { type Condition, filterText, readConditions } from './conditions.ts';

const families: Record<string, Family> = {
  title: 'text', amount: 'number', stage: 'choice', due_on: 'date', owner: 'reference',
  urgent: 'boolean', price: 'number', 'price.currency': 'choice',
  kinds: 'choices', made_at: 'datetime', spent: 'duration',
};
const sense = {
  familyOf: (path: string): Family => families[path] ?? 'text',
  momentOf: (day: string) => `${day}T00:00:00Z`,
  dayOf: (moment: string) => moment.slice(0, 10),
};

const cases: [Condition[], string][] = [
  [[{ path: 'stage', op: 'any', values: ['open'] },
    { path: 'amount', op: 'more', values: ['1000'] }],
    'AND(stage = "open", amount > 1000)'],
  [[{ path: 'stage', op: 'any', values: ['a', 'b'] }], 'IN(stage, "a", "b")'],
  [[{ path: 'stage', op: 'none', values: ['a', 'b'] }], 'NOT(IN(stage, "a", "b"))'],
  [[{ path: 'title', op: 'contains', values: ['say "hi", ok'] }],
    'CONTAINS(LOWER(title), "say ""hi"", ok")'],
  [[{ path: 'due_on', op: 'before', values: ['2026-08-01'] }], 'due_on < "2026-08-01"'],
  [[{ path: 'made_at', op: 'from', values: ['2026-08-01'] }], 'made_at >= "2026-08-01T00:00:00Z"'],
  [[{ path: 'due_on', op: 'next', values: ['30'] }],
    'AND(due_on >= $today, due_on <= $today + 30)'],
  [[{ path: 'owner', op: 'mine', values: [] }], 'owner = $user'],
  [[{ path: 'owner', op: 'my_team', values: [] }], 'HAS($team, owner)'],
  [[{ path: 'urgent', op: 'yes', values: [] }, { path: 'kinds', op: 'has_any', values: ['x'] }],
    'AND(urgent = TRUE, HAS(kinds, "x"))'],
  [[{ path: 'kinds', op: 'has_any', values: ['x', 'y'] }], 'OR(HAS(kinds, "x"), HAS(kinds, "y"))'],
  [[{ path: 'kinds', op: 'has_all', values: ['x', 'y'] }],
    'AND(HAS(kinds, "x"), HAS(kinds, "y"))'],
  [[{ path: 'kinds', op: 'has_none', values: ['x'] }], 'NOT(HAS(kinds, "x"))'],
  [[{ path: 'urgent', op: 'yes', values: [] },
    { path: 'kinds', op: 'has_none', values: ['x', 'say "y"'] },
    { path: 'kinds', op: 'has_all', values: ['v', 'w'] }],
    'AND(urgent = TRUE, NOT(OR(HAS(kinds, "x"), HAS(kinds, "say ""y"""))), '
    + 'AND(HAS(kinds, "v"), HAS(kinds, "w")))'],
  [[{ path: 'helpers', op: 'with_me', values: [] }], 'HAS(helpers, $user)'],
  [[{ path: 'spent', op: 'least', values: ['PT1H30M'] }], 'spent >= "PT1H30M"'],
  [[{ path: 'price', op: 'more', values: ['1000'] },
    { path: 'price.currency', op: 'any', values: ['USD'] }],
    'AND(price > 1000, price.currency = "USD")'],
  [[{ path: 'price.currency', op: 'none', values: ['USD', 'EUR'] }],
    'NOT(IN(price.currency, "USD", "EUR"))'],
  [[{ path: 'title', op: 'filled', values: [] }], 'NOT(ISBLANK(title))'],
];

test.each(cases)('conditions are written as formula text and read back: %j', (built, text) => {
  expect(filterText(built, sense)).toBe(text);
  expect(readConditions(text, sense)).toEqual(built);
});

test('a text that nobody could build stays as it is', () => {
  const text = 'AND(stage = "open", LEN(title) > 4)';
  const read = readConditions(text, sense);
  expect(read[1]).toEqual({ path: '', op: 'formula', values: ['LEN(title) > 4'] });
  expect(filterText(read, sense)).toBe(text);
});

test('a condition without its value does not filter', () => {
  expect(filterText([{ path: 'stage', op: 'any', values: [] }], sense)).toBeNull();
});
