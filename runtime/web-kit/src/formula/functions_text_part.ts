import { formatDate, parseDateFormat } from './date_format.ts';
import { isoOfSeconds, secondsMax } from '../format/duration.ts';
import { decimalOf, readDecimal, rounded, scaledAt } from './decimal.ts';
import { multiply } from './decimal_math.ts';
import { formatDuration, parseDurationFormat } from './duration_format.ts';
import { type Call, daysIn, type Definition, numberIn, textIn, wholeIn } from './function_entry.ts';
import { secondsIn } from './functions_date.ts';
import { formatNumber } from './number_format.ts';
import { parseNumberFormat } from './number_format_reader.ts';
import { badArgument, Refusal } from './refusal.ts';
import { type Kind, listValue, type Value } from './value.ts';

// Characters and their numbers, parts of texts, numbers written and read, formats of dates.

const character: Call = ([number]) => {
  const code = wholeIn(number);
  const control = code < 0x20 && code !== 9 && code !== 10 && code !== 13;
  if (control || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
    throw badArgument('no character has this number');
  }
  return String.fromCodePoint(code);
};

const code: Call = ([text]) => {
  const point = textIn(text).codePointAt(0);
  if (point === undefined) throw badArgument('an empty text has no first character');
  return decimalOf(point);
};

/** Full width to half width: letters, digits, marks and the space. */
const halfWidth: Call = ([text]) => textIn(text).replace(/[\uFF01-\uFF5E]/g,
  (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xFEE0)).replaceAll('\u3000', ' ');

const fixed: Call = ([number, places, plain]) => {
  const digits = Math.min(Math.max(wholeIn(places, 2), -68), 34);
  const format = parseNumberFormat(`${plain === true ? '0' : '#,##0'}${
    digits > 0 ? `.${'0'.repeat(digits)}` : ''}`);
  return format && formatNumber(rounded(numberIn(number), digits), format);
};

/** Where the nth delimiter begins (from the end where negative), not overlapping. */
function placeOf(text: string, part: string, nth: number): number {
  let at = nth > 0 ? -part.length : text.length;
  for (let left = Math.abs(nth); left > 0; left -= 1) {
    if (nth < 0 && at < part.length) return -1;
    at = nth > 0 ? text.indexOf(part, at + part.length) : text.lastIndexOf(part, at - part.length);
    if (at < 0) return -1;
  }
  return at;
}

const beside = (before: boolean): Call => ([given, delimiter, instance]) => {
  const [text, part, nth] = [textIn(given), textIn(delimiter), wholeIn(instance, 1)];
  if (nth === 0) throw badArgument('delimiters are counted from 1, or from -1 at the end');
  if (part === '') return (nth > 0) === before ? '' : text;
  const at = placeOf(text, part, nth);
  if (at < 0) throw badArgument('the delimiter is not in the text');
  return before ? text.slice(0, at) : text.slice(at + part.length);
};

const malformed = () => badArgument('NUMBERVALUE needs a number such as 1.234,5');
const firstOf = (text: string) => [...text][0] ?? '';

const numberValue: Call = ([text, decimalSeparator, groupSeparator]) => {
  const point = decimalSeparator === undefined ? '.' : firstOf(textIn(decimalSeparator));
  const group = groupSeparator === undefined ? ',' : firstOf(textIn(groupSeparator));
  let plain = '';
  let behindPoint = false;
  let percents = 0;
  for (const letter of textIn(text)) {
    if (letter === ' ') continue;
    if (letter === '%') {
      percents += 1;
      continue;
    }
    if (percents > 0 || (behindPoint && (letter === point || letter === group))) throw malformed();
    if (letter === point) {
      behindPoint = true;
      plain += /^[-+]?$/.test(plain) ? '0.' : '.';
    } else if (letter !== group) {
      if (!/^[-+\deE]$/.test(letter)) throw malformed();
      plain += letter;
    }
  }
  if (percents > 17) throw malformed();
  const number = readDecimal(plain.replace(/\.$/, ''));
  if (!number) throw malformed();
  return multiply(number, decimalOf(1, 2 * percents));
};

const split: Call = ([text, delimiter]) => {
  if (textIn(delimiter) === '') throw badArgument('TEXTSPLIT needs a delimiter');
  return textIn(text) === '' ? null : listValue(textIn(text).split(textIn(delimiter)));
};

function formatted(format: string, days: number, seconds: number, kind: Kind): string {
  const pieces = parseDateFormat(format, kind);
  if (!pieces) throw badArgument('TEXT needs a format such as "yyyy-mm-dd" or "hh:mm"');
  return formatDate(pieces, days, seconds);
}

const of = (name: string, parameters: string, result: Kind, call: Call): Definition =>
  ({ name, parameters, result, nulls: 'text', call });
const given = (definition: Definition): Definition => ({ ...definition, nulls: 'propagate' });
const parts = 'text:text delimiter:text instance:number?';

export const textPartFunctions: Definition[] = [
  given(of('CHAR', 'number:number', 'text', character)),
  given(of('UNICHAR', 'number:number', 'text', character)),
  of('CODE', 'text:text', 'number', code),
  of('UNICODE', 'text:text', 'number', code),
  // eslint-disable-next-line no-control-regex -- that is what it is for
  of('CLEAN', 'text:text', 'text', ([text]) => textIn(text).replace(/[\u0000-\u001F]/g, '')),
  of('ASC', 'text:text', 'text', halfWidth),
  given(of('FIXED', 'number:number digits:number? no_commas:boolean?', 'text', fixed)),
  of('TEXTBEFORE', parts, 'text', beside(true)),
  of('TEXTAFTER', parts, 'text', beside(false)),
  given(of('NUMBERVALUE', 'text:text decimal_separator:text? group_separator:text?', 'number',
    numberValue)),
  { name: 'T', parameters: 'value:any', result: 'text', nulls: 'own', op: 'first_given' },
  { name: 'CONCATENATE', parameters: 'value:any', repeat: 1, result: 'text', nulls: 'own',
    op: 'join' },
  of('TEXTSPLIT', 'text:text delimiter:text', 'text_list', split),
];

/** Whole seconds, as a field keeps them. */
function wholeSeconds(value: Value | undefined): number {
  const whole = scaledAt(rounded(numberIn(value), 0), 0);
  if (whole === null || whole > secondsMax || whole < -secondsMax) {
    throw new Refusal('overflow', 'the duration is longer than ten thousand years');
  }
  return Number(whole);
}

function durationFormatted(seconds: Value | undefined, format: string): string {
  const pieces = parseDurationFormat(format);
  if (!pieces) throw badArgument('TEXT needs a format such as "[h]:mm" or "hh:mm:ss"');
  return formatDuration(pieces, wholeSeconds(seconds));
}

export const durationText: Definition = of('a duration as text', 'number:number', 'text',
  ([seconds]) => isoOfSeconds(wholeSeconds(seconds)));

/** TEXT of what is no plain number; not to be called by name. */
export const formatFunctions: Definition[] = [
  of('TEXT of a date', 'date:date|datetime format:text', 'text', ([day, format]) =>
    formatted(textIn(format), daysIn(day), 0, 'date')),
  of('TEXT of a time', 'time:time|datetime format:text', 'text', ([clock, format]) =>
    formatted(textIn(format), 0, secondsIn(clock), 'time')),
  of('TEXT of a datetime', 'date:date|datetime time:time|datetime format:text', 'text',
    ([day, clock, format]) =>
      formatted(textIn(format), daysIn(day), secondsIn(clock), 'datetime')),
  of('TEXT of a duration', 'duration:number format:text', 'text', ([seconds, format]) =>
    durationFormatted(seconds, textIn(format))),
];
