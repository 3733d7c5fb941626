import { expect, test } from 'vitest';
import { parseTable, tableText } from './clipboard.ts';

test.each<[string, string, string[][]]>([
  ['cells and rows', 'a\tb\nc\td\n', [['a', 'b'], ['c', 'd']]],
  ['line ends of every system', 'a\r\nb\rc\n', [['a'], ['b'], ['c']]],
  ['no line end at the end', 'a\tb', [['a', 'b']]],
  ['empty cells', '\ta\t\n\t\t', [['', 'a', ''], ['', '', '']]],
  ['an empty row between', 'a\n\nb', [['a'], [''], ['b']]],
  ['marks around tabs and line ends', '"a\tb"\t"c\nd"', [['a\tb', 'c\nd']]],
  ['doubled marks', '"say ""hi"""\tx', [['say "hi"', 'x']]],
  ['an inch is no beginning', '24" pipe\t5"', [['24" pipe', '5"']]],
  ['a lone mark at the start', '"half\tb', [['"half', 'b']]],
  ['nothing', '', []],
])('reads %s', (_, text, rows) => {
  expect(parseTable(text)).toEqual(rows);
});

test('what is copied is read back', () => {
  const rows = [['plain', 'a\tb', 'say "hi"'], ['two\nlines', '', '中文']];
  expect(parseTable(tableText(rows))).toEqual(rows);
});
