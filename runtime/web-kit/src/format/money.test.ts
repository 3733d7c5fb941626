import { describe, expect, test } from 'vitest';
import { Formats } from './formats.ts';
import { digitsOf, moneyOf, scaleFor, sumsOf } from './money.ts';
import { parseMoney } from './spoken_money.ts';

const currencies = ['CNY', 'USD', 'EUR', 'JPY'];
const read = (typed: string, current = 'CNY', known = currencies) =>
  parseMoney(typed, { currencies: known, current });

describe('what is typed or pasted', () => {
  test.each<[string, string, string]>([
    ['1200 usd', '1200', 'USD'], ['USD 1,200.50', '1200.50', 'USD'], ['usd1200', '1200', 'USD'],
    ['1200', '1200', 'CNY'], ['1,200.50', '1200.50', 'CNY'], ['$12', '12', 'USD'],
    ['US$ 12.5', '12.5', 'USD'], ['€ 3', '3', 'EUR'], ['12 元', '12', 'CNY'], ['¥5', '5', 'CNY'],
    ['-USD 12', '-12', 'USD'], ['USD -12', '-12', 'USD'], ['-$12', '-12', 'USD'],
    ['(USD 1,200.50)', '-1200.50', 'USD'], ['EUR (3.00)', '-3.00', 'EUR'],
    ['1.2万美元', '12000', 'USD'], ['1.2万', '12000', 'CNY'], ['3k usd', '3000', 'USD'],
    ['3 k', '3000', 'CNY'], ['2m eur', '2000000', 'EUR'], ['1200 US Dollar', '1200', 'USD'],
    ['人民币 30', '30', 'CNY'], ['1.234,50 EUR', '1234.50', 'EUR'], ['12,5 eur', '12.5', 'EUR'],
    ['US$ 12 USD', '12', 'USD'], ['１２ usd', '12', 'USD'], ['1 200 usd', '1200', 'USD'],
    ['500円', '500', 'JPY'], ['usd', '', 'USD'], ['', '', 'CNY'], ['3 rmb', '3', 'CNY'],
  ])('%s is %s %s', (typed, amount, currency) => {
    expect(read(typed)).toEqual({ amount, currency });
  });

  test('a sign of several currencies means the one that is chosen', () => {
    expect(read('¥5', 'JPY')).toEqual({ amount: '5', currency: 'JPY' });
    expect(read('$5', 'CAD', ['USD', 'CAD'])).toEqual({ amount: '5', currency: 'CAD' });
    expect(read('$5', 'CNY', ['CNY', 'AUD', 'CAD'])).toEqual({ wrong: 'currency', text: '$' });
    expect(read('CA$5', 'USD', ['USD', 'CAD'])).toEqual({ amount: '5', currency: 'CAD' });
  });

  test.each(['12 gbp', '12 us', 'abc', '12 usd eur', '12 usdx', '12 k gbp'])(
    '%s names no currency of the field', (typed) => {
      expect(read(typed)).toMatchObject({ wrong: 'currency' });
    });

  test.each(['1.2.3', '--3', '12..', '1/2 usd'])('%s is no amount', (typed) => {
    expect(read(typed)).toEqual({ wrong: 'amount' });
  });
});

test('a bare number is in the currency of its field', () => {
  expect(moneyOf('12.00', 'CNY')).toEqual({ amount: '12.00', currency: 'CNY' });
  expect(moneyOf(12, 'CNY')).toEqual({ amount: '12', currency: 'CNY' });
  expect(moneyOf({ amount: '12.00' }, 'USD')).toEqual({ amount: '12.00', currency: 'USD' });
  for (const odd of [null, undefined, '', 'x', {}, { currency: 'USD' }, [], '12', true]) {
    expect(moneyOf(odd)).toBeNull();
  }
});

test('digits are those of the currency, and no more than the field keeps', () => {
  expect(['CNY', 'JPY', 'KWD'].map(digitsOf)).toEqual([2, 0, 3]);
  expect([scaleFor('KWD'), scaleFor('KWD', 4), scaleFor('CNY', 4), scaleFor('JPY')])
    .toEqual([2, 3, 2, 0]);
});

test('amounts are added currency by currency, in the order of the field', () => {
  const values = [
    { amount: '300.00', currency: 'USD' }, { amount: '1000.5', currency: 'CNY' }, null, 'x',
    { amount: '199.50', currency: 'CNY' }, '1', { amount: '2', currency: 'GBP' }];
  expect(sumsOf(values, currencies, 'CNY')).toEqual([
    { amount: '1201.00', currency: 'CNY' }, { amount: '300.00', currency: 'USD' },
    { amount: '2', currency: 'GBP' }]);
  expect(sumsOf([], currencies)).toEqual([]);
});

test.each(['en', 'zh-CN'])('an amount is written with its code, %s', (locale) => {
  const formats = new Formats(locale, 'UTC', 'CNY');
  const one = (amount: string, currency: string, scale?: number) =>
    formats.sumsText([{ amount, currency }], scale);
  expect(one('1200', 'CNY')).toBe('CNY 1,200.00');
  expect(one('-1200.5', 'USD')).toBe('USD -1,200.50');
  expect(one('1200.00', 'JPY')).toBe('JPY 1,200');
  expect(one('1.2345', 'KWD', 3)).toBe('KWD 1.2345');
  expect(formats.sumsText([
    { amount: '1200', currency: 'CNY' }, { amount: '-300', currency: 'USD' }]))
    .toBe('CNY 1,200.00 + USD -300.00');
});
