import { type Decimal, decimalOf, negated, parseDecimal } from './decimal.ts';
import { divide, multiply } from './decimal_math.ts';
import { coerceValue, type FieldType, readValue } from './field_value.ts';
import { secondsOfIso } from '../format/duration.ts';
import { parseDuration } from '../format/spoken_duration.ts';
import { dayCell, momentCell, timeCell } from './moment_cell.ts';
import { kindOfType } from './names.ts';
import { Refusal } from './refusal.ts';
import { structures } from './structures.ts';
import { dateValue, listValue, momentValue, timeValue, type Value } from './value.ts';

// A cell of a file: surrounding blanks go, separators of thousands and signs of currency are
// understood. Twin of engine/value/type_cell.cpp.

export interface CellFormat {
  date: string; // Out of YYYY M MM D DD and separators.
  point: string;
  /** Whose clocks moments without an offset are told by; without it those are refused. */
  zone?: string | undefined;
  /** Numbers are multiplied by it, then rounded. */
  times?: string | undefined;
}

const trimmed = (text: string) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
const yes = new Set(['yes', 'true', '1', 'y', '是', 'x']);
const no = new Set(['no', 'false', '0', 'n', '否']);
const currencies = ['$', '€', '£', '¥', '￥', '₹', '₩', '₽', '元', '円', '฿'];
const blanks = [' ', '\t', '\u00A0', '\u202F', '\u3000'];
const malformed = () => new Refusal('number', 'is not a number');

function booleanOf(cell: string): boolean {
  const text = cell.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  if (yes.has(text)) return true;
  if (no.has(text)) return false;
  throw new Refusal('boolean', 'must be yes or no');
}

/** Without one of these at the front, or at the back; null where there is none. */
function without(text: string, parts: string[]): string | null {
  for (const part of parts) {
    if (text.startsWith(part)) return text.slice(part.length);
    if (text.endsWith(part)) return text.slice(0, -part.length);
  }
  return null;
}

/** What stands around a number: blanks, one sign of currency, a percent sign, a minus, brackets. */
function bareNumber(cell: string) {
  let text = cell;
  let [negative, percent, currency, sign] = [false, false, false, false];
  for (let more = true; more;) {
    const inside = without(text, blanks);
    more = inside !== null;
    text = inside ?? text;
    const priceless = currency ? null : without(text, currencies);
    if (priceless !== null) {
      text = priceless;
      currency = more = true;
    }
    if (!percent && text.endsWith('%')) {
      text = text.slice(0, -1);
      percent = more = true;
    }
    if (sign || text === '') continue;
    const bracketed = text.length > 1 && text.startsWith('(') && text.endsWith(')');
    const minus = /^[-\u2212]/.test(text);
    if (!bracketed && !minus && !text.startsWith('+')) continue;
    negative = bracketed || minus;
    text = text.slice(1, bracketed ? -1 : undefined);
    sign = more = true;
  }
  return { text, negative, percent };
}

/** A group of other than three digits before the point is no number rather than another one. */
function groupedNumber(text: string, point: string): Decimal {
  const end = [...text].findIndex((letter) => letter === point || /[eE]/.test(letter));
  const whole = end < 0 ? text : text.slice(0, end);
  const groups = whole.split(point === '.' ? /[, '\u00A0\u2019\u202F]/ : /[. '\u00A0\u2019\u202F]/);
  const grouped = groups.length > 1;
  const wrong = groups.some((group, i) => {
    const last = i === groups.length - 1;
    if (last) return grouped && group.length !== 3;
    return group.length < (i === 0 ? 1 : 2) || group.length > 3;
  });
  if (wrong) throw malformed();
  const rest = end < 0 ? '' : text.slice(end);
  const plain = groups.join('');
  if (plain === '' ? !rest.startsWith(point) : !/^\d/.test(plain)) throw malformed();
  return parseDecimal((plain || '0') + (rest.startsWith(point) ? `.${rest.slice(1)}` : rest));
}

const times = (number: Decimal, factor?: string) =>
  (factor === undefined ? number : multiply(number, parseDecimal(factor)));

function numberOf(cell: string, type: FieldType, { point, times: factor }: CellFormat): Value {
  const { text, negative, percent } = bareNumber(cell);
  const size = groupedNumber(text, point);
  const number = negative ? negated(size) : size;
  return coerceValue(type, times(percent ? divide(number, decimalOf(100)) : number, factor));
}

function durationOf(cell: string, type: FieldType, { point, times: factor }: CellFormat): Value {
  const iso = parseDuration(cell, point);
  if (iso === null) throw new Refusal('duration', 'must be a duration such as 1h 30m');
  if (factor === undefined) return readValue(type, iso);
  return coerceValue(type, times(decimalOf(secondsOfIso(iso) ?? 0), factor));
}

/** Of a place two numbers; an address comes in parts. */
function partsIn(text: string, type: FieldType): Value {
  if (type.type === 'address') throw new Refusal('address', 'an address is read part by part');
  const [, latitude, longitude] = /^([^ ,;\t]+)[ ,;\t]+([^ ,;\t].*)$/.exec(text) ?? [];
  if (longitude === undefined) throw new Refusal('location', 'must be a place');
  return readValue(type, { latitude, longitude });
}

function jsonOf(text: string, type: FieldType): Value {
  if (type.type in structures && !text.startsWith('{')) return partsIn(text, type);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new Refusal('json', 'is no JSON');
  }
  return readValue(type, raw);
}

/** References are matched, not read from a cell. */
export function readCell(cell: string, type: FieldType, format: CellFormat): Value {
  const text = trimmed(cell);
  if (text === '') return null;
  switch (kindOfType(type.type)) {
    case 'boolean': return booleanOf(text);
    case 'number': return type.type === 'duration' ? durationOf(text, type, format)
      : numberOf(text, type, format);
    case 'datetime': {
      const moment = momentCell(text, format.date, format.zone);
      if (moment === null) throw new Refusal('datetime', 'must be a moment');
      return momentValue(moment);
    }
    case 'json': return jsonOf(text, type);
    case 'date': {
      const day = dayCell(text, format.date);
      if (day === null) throw new Refusal('date', `must be a day written as ${format.date}`);
      return dateValue(day);
    }
    case 'time': {
      const seconds = timeCell(text);
      if (seconds === null) throw new Refusal('time', 'must be a time such as 9:30');
      return timeValue(seconds);
    }
    case 'text_list': {
      const items = text.split(';').map(trimmed).filter(Boolean);
      return coerceValue(type, items.length === 0 ? null : listValue(items));
    }
    case 'text': return coerceValue(type, text);
    default: throw new Refusal('reference', 'references are matched, not read from a cell');
  }
}
