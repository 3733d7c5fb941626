import { expect, test } from 'vitest';
import type { ExplainPart, LookedUp } from '../api/explain.ts';
import { whyLines } from './why_lines.ts';

const words = {
  hidden: 'not shown', unused: 'not looked at', error: (rule: string) => `! ${rule}`,
  value: ({ value }: ExplainPart) => String(value ?? '—'),
  lookedUp: (found: LookedUp) => ('calendar' in found ? found.calendar : found.rates
    .map(({ date, rate }) => `${rate} of ${date}`).join(', ') || 'no rate'),
};

const part = (text: string | null, rest: Partial<ExplainPart>): ExplainPart =>
  ({ text, kind: 'number', state: 'value', parts: [], ...rest });

test('each part is told once, the outer first, and what stands there as it is not at all', () => {
  const whole = part('a * (b + a) / 10', { parts: [
    part('a * (b + a)', { value: '35', parts: [
      part('a', { value: '5' }),
      part('b + a', { value: '7', parts: [part('b', { value: '2' }), part('a', { value: '5' })] }),
    ] }),
    part('10', { value: '10' }),
  ] });
  expect(whyLines(whole, words).map(({ text, came }) => `${text} = ${came}`)).toEqual([
    'a * (b + a) = 35', 'a = 5', 'b + a = 7', 'b = 2']);
});

test('what is hidden, was not looked at or went wrong is said in words', () => {
  const whole = part('IF(x, 1 / y, z)', { parts: [
    part(null, { state: 'hidden' }),
    part('1 / y', { state: 'error', error: 'division_by_zero' }),
    part('z', { state: 'unused' }),
  ] });
  expect(whyLines(whole, words)).toEqual([
    { text: null, came: 'not shown', look: 'dim' },
    { text: '1 / y', came: '! division_by_zero', look: 'bad' },
    { text: 'z', came: 'not looked at', look: 'dim' },
  ]);
});

test('what was looked up stands behind the value, of the whole on a line of its own', () => {
  const rates = [{ from: 'USD', to: 'CNY', date: '2026-11-01', rate: '7.2' }];
  const rate = part('EXCHANGE_RATE(currency, "CNY")', {
    value: '7.2', looked_up: { from: 'USD', to: 'CNY', on: '2026-11-23', rates } });
  const none = part('EXCHANGE_RATE("QQQ", "CNY")', {
    looked_up: { from: 'QQQ', to: 'CNY', on: '2026-11-23', rates: [] } });
  const whole = part('rate * other', { parts: [rate, none] });
  expect(whyLines(whole, words).map(({ came }) => came)).toEqual(
    ['7.2 · 7.2 of 2026-11-01', '— · no rate']);
  const day = part('WORKDAY(due_on, 1, "Gulf")', {
    value: '2026-11-29', looked_up: { calendar: 'Gulf', found: true } });
  expect(whyLines(day, words)).toEqual([{ text: 'WORKDAY(due_on, 1, "Gulf")', came: 'Gulf' }]);
});

test('a long formula is cut where nobody reads on', () => {
  const parts = Array.from({ length: 40 }, (_, index) => part(`f${index}`, { value: index + 1 }));
  expect(whyLines(part('SUM(…)', { parts }), words)).toHaveLength(14);
});
