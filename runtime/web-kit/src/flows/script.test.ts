import { expect, test } from 'vitest';
import { isoText } from './iso_text.ts';
import { type Answer, delayMs, firstAnswer, scriptOf, storyName } from './script.ts';

const answer = (node: string, more: Partial<Answer> = {}): Answer => ({
  ...firstAnswer(node), ...more });
const bob = { id: 'b', name: 'Bob' };

test('where everybody agrees at once nothing is said', () => {
  expect(scriptOf([answer('a'), answer('b')], 'x')).toEqual([]);
});

test('a return says where to, a reject why, a delay how long', () => {
  expect(scriptOf([
    answer('a', { do: 'return', to: 'start' }), answer('b', { do: 'reject', after: 'P1D' }),
    answer('c', { after: 'PT4H' }), answer('d', { do: 'wait', after: 'PT4H' }),
  ], 'because')).toEqual([
    { node: 'a', do: 'return', to: 'start', comment: 'because' },
    { node: 'b', do: 'reject', comment: 'because', after: 'P1D' },
    { node: 'c', do: 'approve', after: 'PT4H' },
    { node: 'd', do: 'wait' }]);
});

test('single people come first, also where they only agree', () => {
  const lines = scriptOf([answer('a', { do: 'wait' }), answer('a', { person: bob })], '');
  expect(lines.map(({ person, do: what }) => [person, what]))
    .toEqual([['b', 'approve'], [undefined, 'wait']]);
});

test('delays have a length', () => {
  expect(['PT0S', 'PT4H', 'P1D', 'P3D'].map(delayMs))
    .toEqual([0, 4 * 3_600_000, 24 * 3_600_000, 72 * 3_600_000]);
});

test('a story is called what a file may be called', () => {
  expect(storyName('  Big order, Über all! ')).toBe('big_order_ber_all');
  expect(storyName('审批')).toBe('');
  expect(storyName('9 lives')).toBe('lives');
});

test('what is no duration is told as it is written', () => {
  expect(isoText('soon')).toBe('soon');
});
