import { beforeAll, describe, expect, test } from 'vitest';
import type { AppField, AppObject } from '../api/types.ts';
import { Formats } from '../format/formats.ts';
import { startI18n } from '../i18n/i18n.ts';
import { cellText, readCell } from '../lines/read_cell.ts';
import { totalledFields, totalOf } from '../lines/totals.ts';
import { choiceFilter } from './choice_filter.ts';
import { FormStore } from './form_store.ts';
import { formulaCompiler } from './formula_adapter.ts';
import { computed, field, object } from './lines_fixture.ts';

// Forms with money in several currencies, in the record and in its lines.

const currencies = ['CNY', 'USD', 'JPY'];
const money = (name: string, more: Partial<AppField> = {}) =>
  field(name, 'money', { currency: 'CNY', currencies, ...more });

beforeAll(async () => {
  globalThis.localStorage ??= { setItem: () => {}, getItem: () => null } as unknown as Storage;
  globalThis.document ??= { documentElement: {} } as Document;
  await startI18n('en');
});

const line = object('trade_line', [
  field('item'), money('price'), field('spent', 'duration'),
  { ...computed('same', 'price.currency = parent.price.currency'), result: 'boolean' },
], { lines_of: 'trade', rules: [
  { name: 'dear', when: 'price.amount > 1000', effect: 'reject', field: 'price',
    message: 'Too dear' }] });
const trade = object('trade', [
  field('title'), money('price', { required: true, minimum: '1' }), field('reason'),
  field('lines', 'children', { children: { object: 'trade_line', parent: 'parent' } }),
  computed('twice', 'price.amount * 2'), computed('many', 'COUNT(lines, price.currency = "USD")'),
], { rules: [
  { name: 'why', when: 'price.amount > 100 AND price.currency = "USD"', effect: 'require',
    field: 'reason', message: 'Why in dollars?' },
  { name: 'fixed', when: 'CHANGED(price)', effect: 'hide', field: 'title', message: '' },
  { name: 'no_yen', when: 'price.currency = "JPY"', effect: 'reject', field: 'price',
    message: 'Not in yen' }] });

function formOf(initial: Record<string, unknown> = {}, shape: AppObject = trade) {
  const find = (name: string) => ({ trade_line: line, trade })[name];
  return new FormStore({
    object: shape, objects: find, initial,
    compile: formulaCompiler({ object: find }, 'UTC', () => 0),
    scope: { today: '2026-11-26', user: '0000000000001' } });
}
const usd = (amount: string) => ({ amount, currency: 'USD' });

describe('a record', () => {
  test('rules and formulas look at the amount and at the currency', () => {
    const form = formOf();
    expect(form.asksServer).toBe(false);
    form.set('price', usd('120'));
    expect(form.state('reason').required).toBe(true);
    expect(form.state('twice').value).toBe('240.00');
    form.set('price', { amount: '120', currency: 'CNY' });
    expect(form.state('reason').required).toBe(false);
    form.set('price', { amount: '120', currency: 'JPY' });
    form.touch('price');
    expect(form.state('price').problem).toBe('Not in yen');
    expect(form.changed()).toEqual({ price: { amount: '120', currency: 'JPY' } });
  });

  test('another currency is a change, the same amount written otherwise is none', () => {
    const form = formOf({
      id: '0000000000002', title: 'a', reason: null, lines: [], price: usd('12.00') });
    expect(form.state('title').hidden).toBe(false);
    form.set('price', usd('12'));
    expect(form.state('title').hidden).toBe(false);
    form.set('price', { amount: '12.00', currency: 'CNY' });
    expect(form.state('title').hidden).toBe(true);
  });

  test.each<[unknown, object | string | null]>([
    [null, { key: 'problem.empty' }],
    [usd('12.345'), { key: 'problem.scale', values: { count: 2 } }],
    [{ amount: '12.5', currency: 'JPY' }, { key: 'problem.whole_money' }],
    [usd('12.50'), null], ['12.50', null], [usd('0.50'), { key: 'problem.minimum' }],
    ['12 gbp', { key: 'problem.currency', values: { text: 'gbp' } }],
    ['1.2.3', { key: 'problem.number' }],
    [{ amount: '1', currency: 'EUR' }, { key: 'problem.currency', values: { text: 'EUR' } }],
  ])('%j: what is wrong with it is said', (value, expected) => {
    const form = formOf();
    form.set('price', value);
    form.attempt(['price']);
    const { problem } = form.state('price');
    if (expected === null) expect(problem).toBeNull();
    else expect(problem).toMatchObject(expected as object);
  });

  test('a filter of what may be chosen is asked with amount and currency', async () => {
    const form = formOf();
    form.set('price', usd('12.50'));
    const ask = (filter: string) => choiceFilter(filter, form.record,
      { object: () => undefined, fetch: () => Promise.reject(new Error('none')) });
    expect(await ask('limit > $record.price.amount AND currency = $record.price.currency'))
      .toBe('limit > 12.50 AND currency = "USD"');
    form.set('price', null);
    expect(await ask('limit > $record.price.amount')).toBe('limit > NULL');
  });
});

describe('lines', () => {
  const given = () => formOf({
    id: '0000000000002', title: 'a', reason: null, price: usd('1.00'), lines: [
      { id: '0000000000003', price: usd('300.00'), spent: 'PT1H30M' },
      { id: '0000000000004', price: { amount: '1200.00', currency: 'CNY' }, spent: 'PT45M' },
      { id: '0000000000005', price: usd('0.50') }, { id: '0000000000006' }] });
  const columns = () => [...given().shapeOf('trade_line').fields.values()];

  test('look at their own currency and at that of what holds them', () => {
    const form = given();
    const lines = form.record.rows('lines');
    expect(lines.map(({ fields }) => fields['same'])).toEqual([true, false, true, false]);
    expect(form.state('many').value).toBe('2.00');
    form.set('price', { amount: '1.00', currency: 'CNY' });
    expect(lines.map(({ fields }) => fields['same'])).toEqual([false, true, false, false]);
    const [first] = lines;
    if (first) form.set('price', { amount: '2000', currency: 'CNY' }, first);
    if (first) form.touch('price', first);
    expect(first && form.state('price', first).problem).toBe('Too dear');
    expect(form.state('many').value).toBe('1.00');
  });

  test('have a total for each currency, and of spans of time', () => {
    const form = given();
    expect(totalledFields(form.record, 'lines', columns())).toEqual(new Set(['price']));
    const values = (name: string) => form.record.rows('lines').map(({ fields }) => fields[name]);
    const of = (name: string) => totalOf(columns().find((one) => one.name === name)
      ?? field(name), values(name));
    expect(of('price')).toEqual([{ amount: '1200.00', currency: 'CNY' }, usd('300.50')]);
    expect(of('spent')).toBe('PT2H15M');
  });

  test('what the record adds up has a total, the spans of time among it', () => {
    const sums = object('trade', [...trade.fields,
      { ...computed('all', 'SUM(lines.spent)'), result: 'duration' },
      computed('bare', 'SUM(lines.price.amount)')]);
    const form = formOf({}, sums);
    expect(totalledFields(form.record, 'lines', columns())).toEqual(new Set(['price', 'spent']));
  });
});

describe('a cell', () => {
  const reading = { formats: new Formats('en', 'UTC', 'CNY'), today: '2026-11-26' };
  const application = { formats: reading.formats } as Parameters<typeof cellText>[2];

  test.each<[string, unknown]>([
    ['1200 usd', usd('1200')], ['USD 1,200.50', usd('1200.50')], ['3', { amount: '3',
      currency: 'CNY' }], ['', null], ['usd', 'usd'], ['3 gbp', '3 gbp'], ['(2.00)', {
      amount: '-2.00', currency: 'CNY' }],
  ])('reads %j', (text, expected) => {
    expect(readCell(money('x'), text, reading)).toEqual(expected);
  });

  test('keeps its currency where none is typed', () => {
    expect(readCell(money('x'), '3', { ...reading, currency: 'USD' })).toEqual(usd('3'));
  });

  test('what is copied is read back', () => {
    for (const one of [usd('1200.5'), usd('-3.00'), { amount: '5', currency: 'JPY' }]) {
      const text = cellText(money('x'), one, application);
      const back = readCell(money('x'), text, reading) as { amount: string; currency: string };
      expect([Number(back.amount), back.currency]).toEqual([Number(one.amount), one.currency]);
    }
    expect(cellText(money('x'), '3 gbp', application)).toBe('3 gbp');
  });
});
