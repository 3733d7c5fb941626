import { describe, expect, test } from 'vitest';
import { compile, evaluate, type Names } from './formula.ts';
import { findFunction } from './functions.ts';
import { joinedText } from './value.ts';
import { namesOf, scopeOf, type VectorTable } from './vector_table.ts';

// What amounts count. The rules are those of schemas/formula/README.md, "Money".

const currencies = ['CNY', 'USD', 'EUR'];
const table: VectorTable = {
  fields: {
    price: { type: 'money', currency: 'CNY', currencies }, other: { type: 'money', currencies },
    cny: { type: 'money', currency: 'CNY' }, usd: { type: 'money', currency: 'USD' },
    tax: { type: 'money', currency: 'CNY' }, quantity: { type: 'integer' },
    spent: { type: 'duration' }, title: { type: 'text' }, due_on: { type: 'date' },
    order: { type: 'reference', to: 'order' },
  },
  objects: {
    order: { price: { type: 'money', currencies } },
    line: { price: { type: 'money', currencies }, net: { type: 'money', currency: 'CNY' } },
  },
  rows: { lines: 'line' }, changes: true, today: '2026-11-26', now: '2026-11-26T00:00:00Z',
  user: '0000000000001', zone: 'UTC', cases: [],
};
const names: Names = namesOf(table);
const made = (formula: string) => compile(formula, { object: '', names });

const scope = scopeOf(table, {
  formula: '',
  fields: {
    price: { amount: '12.50', currency: 'USD' }, cny: '100.00', usd: '5.00', tax: '10.00',
    quantity: 3 },
  old: { price: { amount: '12.50', currency: 'CNY' } },
  paths: { 'order.price': { amount: '7.00', currency: 'EUR' } },
  rows: { lines: [
    { price: { amount: '1.00', currency: 'USD' }, net: '7.00' },
    { price: { amount: '2.00', currency: 'CNY' } }, {}] },
});

test.each([
  ['price.amount * 2', '25'], ['price.currency', 'USD'], ['price.currency = "USD"', 'TRUE'],
  ['order.price.amount', '7'], ['order.price.currency & "!"', 'EUR!'],
  ['$record.price.amount + 1', '13.5'], ['ISBLANK(price)', 'FALSE'], ['price = NULL', 'FALSE'],
  ['NULL <> price', 'TRUE'], ['ISBLANK(other)', 'TRUE'], ['COUNT(price, other)', '1'],
  ['COUNTA(price)', '1'], ['COUNT(lines.price)', '2'], ['SUM(lines.price.amount)', '3'],
  ['COUNT(lines, price.currency = "USD")', '1'], ['TEXTJOIN(",", TRUE, lines.price.currency)',
    'USD,CNY'],
  ['CHANGED(price)', 'TRUE'], ['CHANGED(price.amount)', 'FALSE'],
  ['CHANGED(price.currency)', 'TRUE'],
  ['WAS(price, NULL)', 'FALSE'], ['WAS(price.currency, "CNY")', 'TRUE'],
  ['$old.price.currency', 'CNY'], ['$old.price.amount', '12.5'],
  ['cny + tax', '110'], ['cny + 1', '101'], ['cny * quantity', '300'], ['cny / tax', '10'],
  ['cny / tax + quantity', '13'], ['cny > tax', 'TRUE'], ['cny > 5', 'TRUE'],
  ['IF(quantity > 1, cny, 0) + tax', '110'], ['ROUND(cny * 1.234, 1) - tax', '113.4'],
  ['SUM(cny, tax, 1)', '111'], ['MAX(cny, 0)', '100'], ['cny * 10% + tax', '20'],
  ['-cny + tax', '-90'],
  ['SUM(lines.net) + cny', '107'], ['usd * 2 > 9', 'TRUE'], ['cny * tax + usd', '1005'],
])('%s is %s', (formula, expected) => {
  const compiled = made(formula);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const result = evaluate(compiled.formula, scope);
  expect(result.ok && joinedText(result.value)).toBe(expected);
});

const wholeHint = 'price is an amount in one of several currencies: EXCHANGE(price, "CNY") '
  + 'converts it, price.amount is the bare number';

describe('refused', () => {
  test.each<[string, string, string?]>([
    ['price', '0-5', wholeHint], ['price * 2', '0-5', wholeHint], ['-price', '1-6'],
    ['price & "x"', '0-5'], ['price = 3', '0-5'], ['price = other', '0-5'], ['price > NULL', '0-5'],
    ['IF(quantity > 1, price, NULL)', '17-22'], ['MAX(price, 1)', '4-9'], ['SUM(price)', '4-9'],
    ['COALESCE(price, 0)', '9-14'], ['TEXT(price, "0.00")', '5-10'], ['price%', '0-5'],
    ['SUM(lines.price)', '4-15', 'lines.price is an amount in one of several currencies: take a '
      + 'field of the rows that is computed by EXCHANGE, or lines.price.amount, the bare number'],
    ['COUNT(lines, price > 3)', '13-18'], ['WAS(price, 3)', '4-9'],
    ['order.price + 1', '0-11'], ['price.total', '6-11',
      'behind price there is its "amount" and its "currency"'],
    ['price.amount.x', '13-14'], ['cny.amount', '4-10', 'cny is a number and has no fields'],
    ['$old.order.price', '11-16'], ['CHANGED(order.price)', '8-19'],
    ['cny + usd', '0-9', 'these do not go together: cny is an amount in CNY, '
      + 'usd is an amount in USD; EXCHANGE(usd, "CNY") converts it'],
    ['cny > usd', '0-9'], ['cny = usd', '0-9'], ['cny * usd', '0-9'], ['cny / usd', '0-9'],
    ['IF(quantity > 1, cny, usd)', '22-25'], ['MIN(1, cny, usd)', '12-15'],
    ['SUM(1, cny, usd)', '12-15'], ['IN(cny, 1, usd)', '11-14'], ['cny + 1 - usd', '0-13'],
    ['cny * quantity + usd', '0-20'], ['ROUND(cny, 1) + usd', '0-19'], ['spent + cny', '0-11'],
    ['SUM(lines.net) - usd', '0-20'], ['price.currency = "GBP"', '17-22'],
    ['CHOOSE(quantity, cny, usd)', '22-25'], ['SWITCH(title, "a", cny, usd)', '24-27'],
  ])('%s at %s', (formula, at, message) => {
    const compiled = made(formula);
    if (compiled.ok) throw new Error('not refused');
    expect(compiled.problems.map((one) => [one.rule, one.at])).toEqual([['formula.type', at]]);
    if (message) expect(compiled.problems[0]?.message).toBe(message);
  });
});

describe('EXCHANGE', () => {
  const rates = findFunction('EXCHANGE_RATE') !== undefined;

  test.each([
    ['EXCHANGE(quantity, "CNY")', 'formula.type', '9-17'],
    ['EXCHANGE(price)', 'formula.type', '0-15'],
    ['EXCHANGE(price, 3)', 'formula.type', '16-17'],
    ['EXCHANGE(price, "CNY", title)', 'formula.type', '23-28'],
  ])('%s is refused', (formula, rule, at) => {
    const compiled = made(formula);
    if (compiled.ok) throw new Error('not refused');
    expect(compiled.problems.map((one) => [one.rule, one.at])).toContainEqual([rule, at]);
  });

  test.runIf(rates)('is the amount times the rate of its currency', () => {
    for (const formula of ['EXCHANGE(price, "CNY") + cny', 'EXCHANGE(usd, "CNY", due_on) + cny',
      'EXCHANGE(order.price, title)', 'EXCHANGE(price.amount + usd, "CNY") > 3']) {
      expect([formula, made(formula).ok]).toEqual([formula, true]);
    }
    const compiled = made('EXCHANGE(price, "CNY", due_on)');
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
    expect(compiled.formula.needs).toEqual([['price'], ['price.currency'], ['due_on']]);
    expect(compiled.formula.root.children.map(({ op, entry }) => [op, entry?.name]))
      .toEqual([['field', undefined], ['call', 'EXCHANGE_RATE']]);
  });

  test.runIf(rates)('knows the currency of what it yields, and which there are', () => {
    expect(made('EXCHANGE(price, "USD") + cny').ok).toBe(false);
    const odd = made('EXCHANGE(price, "XYW")');
    expect(odd).toMatchObject({ ok: false, problems: [{ at: '16-21' }] });
  });
});
