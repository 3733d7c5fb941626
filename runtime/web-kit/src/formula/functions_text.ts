import { bytesUpTo, countCodePoints, offsetOf, widthAt } from './code_points.ts';
import { decimalOf, negated, readDecimal } from './decimal.ts';
import { multiply } from './decimal_math.ts';
import { type Call, type Definition, numberIn, textIn, wholeIn } from './function_entry.ts';
import { formatNumber } from './number_format.ts';
import { parseNumberFormat } from './number_format_reader.ts';
import { badArgument, tooLong } from './refusal.ts';
import { joinedText, type Kind, type Value } from './value.ts';

export const textBytesMax = 262_144;

const left: Call = ([text, count]) => {
  const most = wholeIn(count, 1);
  if (most < 0) throw badArgument('LEFT needs a count of at least 0');
  return textIn(text).slice(0, offsetOf(textIn(text), most));
};

const right: Call = ([text, count]) => {
  const most = wholeIn(count, 1);
  if (most < 0) throw badArgument('RIGHT needs a count of at least 0');
  const given = textIn(text);
  return given.slice(offsetOf(given, countCodePoints(given) - most));
};

const middle: Call = ([text, start, count]) => {
  const [from, most] = [wholeIn(start), wholeIn(count)];
  if (from < 1) throw badArgument('MID needs a start of at least 1');
  if (most < 0) throw badArgument('MID needs a count of at least 0');
  const begin = offsetOf(textIn(text), from - 1);
  return textIn(text).slice(begin, offsetOf(textIn(text), most, begin));
};

function placeOf(part: string, text: string, start: number): Value {
  if (start < 1 || start > countCodePoints(text) + 1) {
    throw badArgument('the search must start within the text');
  }
  const at = text.indexOf(part, offsetOf(text, start - 1));
  if (at < 0) throw badArgument('the part is not in the text');
  return decimalOf(countCodePoints(text.slice(0, at)) + 1);
}

const find: Call = ([part, text, start]) => placeOf(textIn(part), textIn(text), wholeIn(start, 1));
const search: Call = ([part, text, start]) => placeOf(
  textIn(part).toLowerCase(), textIn(text).toLowerCase(), wholeIn(start, 1));

// Title case differs from upper case here: ǆ ǉ ǌ ǳ.
const titles: Record<string, string> = {};
for (const trio of ['Ǆǅǆ', 'Ǉǈǉ', 'Ǌǋǌ', 'Ǳǲǳ']) {
  for (const letter of trio) titles[letter] = trio[1] ?? letter;
}

/** One code point as another, where the mapping is one. */
function single(letter: string, mapped: string): string {
  return mapped.length === widthAt(mapped, 0) ? mapped : letter;
}

const proper: Call = ([text]) => {
  let made = '';
  let inside = false;
  for (const letter of textIn(text)) {
    made += inside ? single(letter, letter.toLowerCase())
      : titles[letter] ?? single(letter, letter.toUpperCase());
    inside = /\p{L}/u.test(letter);
  }
  return made;
};

const trim: Call = ([text]) => textIn(text).replace(/ +/g, ' ').replace(/^ | $/g, '');

const substitute: Call = (args) => {
  const [text, old, fresh] = [textIn(args[0]), textIn(args[1]), textIn(args[2])];
  const nth = args.length > 3 ? wholeIn(args[3]) : null;
  if (nth !== null && nth < 1) throw badArgument('SUBSTITUTE counts occurrences from 1');
  if (old === '') return text;
  const parts = text.split(old);
  if (nth === null) {
    if ((parts.length - 1) * fresh.length > textBytesMax) throw tooLong();
    return parts.join(fresh);
  }
  if (nth >= parts.length) return text;
  return parts.slice(0, nth).join(old) + fresh + parts.slice(nth).join(old);
};

const replace: Call = ([text, start, count, fresh]) => {
  const [from, most] = [wholeIn(start), wholeIn(count)];
  if (from < 1) throw badArgument('REPLACE needs a start of at least 1');
  if (most < 0) throw badArgument('REPLACE needs a count of at least 0');
  const given = textIn(text);
  const begin = offsetOf(given, from - 1);
  return given.slice(0, begin) + textIn(fresh) + given.slice(offsetOf(given, most, begin));
};

const repeat: Call = ([text, count]) => {
  const times = wholeIn(count);
  if (times < 0) throw badArgument('REPT needs a count of at least 0');
  if (bytesUpTo(textIn(text)) * times > textBytesMax) throw tooLong();
  return textIn(text) === '' ? '' : textIn(text).repeat(times);
};

/** The values are texts by now, but for lists, which count as their items. */
const textJoin: Call = ([separator = null, skip, ...values]) => {
  const pieces = values.flatMap((value) => (value !== null && typeof value === 'object'
    && value.kind === 'text_list' ? [...value.items] : [joinedText(value)]));
  return pieces.filter((piece) => piece !== '' || skip !== true).join(joinedText(separator));
};

const format: Call = ([number, text]) => {
  const found = parseNumberFormat(textIn(text));
  if (!found) throw badArgument('TEXT needs a format such as "#,##0.00"');
  return formatNumber(numberIn(number), found);
};

/** Without a sign of currency, and without commas where they stand every three digits. */
const withoutMarks = (text: string): string => text
  .replace(/^([-+]?)[$¥￥€£₹₩](?=[\d.])/, '$1')
  .replace(/^[-+]?(?=\.\d)/, '$&0')
  .replace(/^[-+]?\d{1,3}(?:,\d{3})+(?![\d,])/, (grouped) => grouped.replaceAll(',', ''))
  .replace(/^([-+]?\d+)\.$/, '$1');

const value: Call = ([text]) => {
  const whole = textIn(text).replace(/^ +| +$/g, '');
  const [, inside] = /^\(([^-+].*)\)$/s.exec(whole) ?? []; // As accountants write -5: "(5)".
  const given = inside ?? whole;
  const percent = given.endsWith('%');
  const number = readDecimal(withoutMarks(percent ? given.slice(0, -1) : given));
  if (!number) throw badArgument('VALUE needs a number such as -12.5');
  const signed = inside === undefined ? number : negated(number);
  return percent ? multiply(signed, decimalOf(1, 2)) : signed;
};

const of = (name: string, parameters: string, result: Kind, call: Call): Definition =>
  ({ name, parameters, result, nulls: 'text', call });
const part = 'text:text part:text';
const finding = 'part:text text:text start:number?';

export const textFunctions: Definition[] = [
  of('LEN', 'text:text', 'number', ([text]) => decimalOf(countCodePoints(textIn(text)))),
  of('LEFT', 'text:text count:number?', 'text', left),
  of('RIGHT', 'text:text count:number?', 'text', right),
  of('MID', 'text:text start:number count:number', 'text', middle),
  of('FIND', finding, 'number', find),
  of('SEARCH', finding, 'number', search),
  of('UPPER', 'text:text', 'text', ([text]) => textIn(text).toUpperCase()),
  of('LOWER', 'text:text', 'text', ([text]) => textIn(text).toLowerCase()),
  of('PROPER', 'text:text', 'text', proper),
  of('TRIM', 'text:text', 'text', trim),
  of('SUBSTITUTE', 'text:text old:text new:text nth:number?', 'text', substitute),
  of('REPLACE', 'text:text start:number count:number new:text', 'text', replace),
  of('REPT', 'text:text count:number', 'text', repeat),
  { name: 'CONCAT', parameters: 'value:any', repeat: 1, result: 'text', nulls: 'own',
    op: 'join' },
  { name: 'TEXTJOIN', parameters: 'separator:text skip_empty:boolean value:any', repeat: 1,
    result: 'text', nulls: 'own', call: textJoin, aggregates: true },
  { name: 'EXACT', parameters: 'a:text b:text', result: 'boolean', nulls: 'own', op: 'equal' },
  of('CONTAINS', part, 'boolean', ([text, piece]) => textIn(text).includes(textIn(piece))),
  of('STARTS_WITH', part, 'boolean', ([text, piece]) => textIn(text).startsWith(textIn(piece))),
  of('ENDS_WITH', part, 'boolean', ([text, piece]) => textIn(text).endsWith(textIn(piece))),
  of('TEXT', 'value:number|date|time|datetime format:text', 'text', format),
  { name: 'VALUE', parameters: 'text:text', result: 'number', nulls: 'propagate', call: value },
];
