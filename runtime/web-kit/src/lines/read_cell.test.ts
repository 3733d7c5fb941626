import { describe, expect, test } from 'vitest';
import { Unread } from '../fields/unread.ts';
import { field } from '../form/lines_fixture.ts';
import { Formats } from '../format/formats.ts';
import { readNumber } from '../format/spoken_number.ts';
import { isMonthFirst, readCell } from './read_cell.ts';

const reading = {
  formats: new Formats('en', 'Asia/Shanghai', 'CNY'), today: '2026-11-26' };
const read = (type: string, text: string, more = {}, how = {}) =>
  readCell(field('x', type, more), text, { ...reading, ...how });
const options = [
  { name: 'open', label: 'Open', color: null }, { name: 'won', label: '赢单', color: null }];

describe('numbers', () => {
  test.each([
    ['1,234.50', '1234.50'], ['1.234,50', '1234.50'], ['12,5', '12.5'], ['(12.00)', '-12.00'],
    ['¥ 3,000', '3000'], ['CNY 5', '5'], ['5 元', '5'], ['１２３', '123'], ['−4', '-4'],
    ['1 234.5', '1234.5'], ['3万', '30000'], ['1,234', '1234'], ['1.5', '1.5'],
  ])('%s is %s', (text, expected) => {
    expect(readNumber(text)).toBe(expected);
  });

  test('a percent is a fraction, with its sign or without', () => {
    expect(read('percent', '12.5%')).toBe('0.125');
    expect(read('percent', '12.5')).toBe('0.125');
  });

  test('a whole number is a number, what is none stays', () => {
    expect(read('integer', '1,200')).toBe(1200);
    expect(read('integer', 'some')).toBe('some');
  });
});

describe('days', () => {
  test.each([
    ['2026-4-30', '2026-04-30'], ['2026/4/30', '2026-04-30'], ['2026年4月30日', '2026-04-30'],
    ['30.4.2026', '2026-04-30'], ['30 Apr 2026', '2026-04-30'], ['Apr 30, 2026', '2026-04-30'],
    ['30-Apr-26', '2026-04-30'], ['31.2.2026', '31.2.2026'],
  ])('%s is %s', (text, expected) => {
    expect(read('date', text)).toBe(expected);
  });

  test('a column of days tells whether the month comes first', () => {
    expect(isMonthFirst(['1/5/2026', '4/30/2026'])).toBe(true);
    expect(isMonthFirst(['1/5/2026', '30/4/2026'])).toBe(false);
    expect(isMonthFirst(['1/5/2026'])).toBe(false);
    expect(read('date', '4/5/2026', {}, { monthFirst: true })).toBe('2026-04-05');
  });

  test('a moment is the wall clock of the workspace', () => {
    expect(read('datetime', '2026-04-30 9:30')).toBe('2026-04-30T01:30:00Z');
    expect(read('datetime', '2026-04-30 09:30:05')).toBe('2026-04-30T01:30:05Z');
    expect(read('datetime', '2026-04-30 09:30:60')).toBe('2026-04-30 09:30:60');
    expect(read('datetime', '2026-04-30T09:30:00+02:00')).toBe('2026-04-30T07:30:00Z');
    expect(read('datetime', '2026-04-30 25:30')).toBe('2026-04-30 25:30');
  });

  test('times and spans of time', () => {
    expect(read('time', '9:05')).toBe('09:05');
    expect(read('time', '9:05 pm')).toBe('21:05');
    expect(read('time', '9:05:07')).toBe('09:05:07');
    expect(read('time', '9:05:00')).toBe('09:05');
    expect(read('duration', '1:30')).toBe('PT1H30M');
  });
});

describe('words', () => {
  test('options are known by label and by name', () => {
    expect(read('choice', 'OPEN', { options })).toBe('open');
    expect(read('choice', '赢单', { options })).toBe('won');
    expect(read('choices', '赢单、open', { options })).toEqual(['won', 'open']);
    expect(read('choice', 'gone', { options })).toEqual(new Unread('gone'));
  });

  test.each([['TRUE', true], ['是', true], ['x', true], ['no', false], ['否', false]])(
    '%s is %s', (text, expected) => {
      expect(read('boolean', text)).toBe(expected);
    });

  test('a name of a record is left to be looked for', () => {
    expect(read('reference', ' Pump ')).toEqual(new Unread('Pump'));
  });

  test('blank is empty', () => {
    for (const type of ['text', 'decimal', 'date', 'choice', 'reference']) {
      expect(read(type, '  ')).toBeNull();
    }
  });
});
