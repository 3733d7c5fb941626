import { expect, test } from 'vitest';
import { durationText, isoOfSeconds, secondsOfIso } from './duration.ts';
import { parseDuration } from './spoken_duration.ts';

test.each([
  ['90', 'PT1H30M'], ['90m', 'PT1H30M'], ['1h 30m', 'PT1H30M'], ['1:30', 'PT1H30M'],
  ['1.5h', 'PT1H30M'], ['2d', 'P2D'], ['2天', 'P2D'], ['1小时30分', 'PT1H30M'], ['0:00:07', 'PT7S'],
  ['1：30', 'PT1H30M'], ['-15m', '-PT15M'], ['PT90M', 'PT1H30M'], ['P1W', 'P7D'],
  ['0', 'PT0S'], ['90 分钟', 'PT1H30M'], ['1 小时 30 分钟', 'PT1H30M'], ['2 weeks', 'P14D'],
])('%s is read as %s', (typed, expected) => {
  expect(parseDuration(typed)).toBe(expected);
});

test.each(['', 'soon', '1x', '1h x', '1:99', 'P', 'PT'])('%j is no span of time', (typed) => {
  expect(parseDuration(typed)).toBeNull();
});

test('is said in the units that it has, in both languages', () => {
  expect(durationText('P1DT2H', 'en')).toBe('1d 2h');
  expect(durationText('P1DT2H', 'zh-CN')).toBe('1天2小时');
  expect(durationText('-PT5M', 'en')).toBe('−5m');
  expect(durationText('PT0S', 'en')).toBe('0m');
});

test('seconds go there and back', () => {
  for (const seconds of [0, 7, 60, 5400, 86_400, -90, 1_000_003]) {
    expect(secondsOfIso(isoOfSeconds(seconds))).toBe(seconds);
  }
});
