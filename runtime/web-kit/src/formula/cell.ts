import { dateOf, dayMs, parseDateTime, parseTime } from './date.ts';
import { type Decimal, decimalOf, negated, parseDecimal } from './decimal.ts';
import { divide } from './decimal_math.ts';
import { coerceValue, type FieldType, readValue } from './field_value.ts';
import { parseDuration } from '../format/spoken_duration.ts';
import { kindOfType } from './names.ts';
import { Refusal } from './refusal.ts';
import { dateValue, listValue, momentValue, timeValue, type Value } from './value.ts';

// A cell of a file: surrounding blanks go, separators of thousands and signs of currency are
// understood. Twin of engine/value/type_cell.cpp.

export interface CellFormat {
  date: string; // Out of YYYY M MM D DD and separators.
  point: string;
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

function numberOf(cell: string, type: FieldType, point: string): Value {
  const { text, negative, percent } = bareNumber(cell);
  const size = groupedNumber(text, point);
  const number = negative ? negated(size) : size;
  return coerceValue(type, percent ? divide(number, decimalOf(100)) : number);
}

function durationOf(cell: string, type: FieldType, point: string): Value {
  const iso = parseDuration(cell, point);
  if (iso === null) throw new Refusal('duration', 'must be a duration such as 1h 30m');
  return readValue(type, iso);
}

/** A day by a pattern out of YYYY M MM D DD; anything else stands for itself. */
function dayOf(cell: string, pattern: string): number | null {
  const letters: string[] = [];
  const source = pattern.replace(/(Y+|M+|D+)|[\s\S]/g, (part: string, letter?: string) => {
    if (!letter) return part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    letters.push(letter[0] ?? '');
    return letter.length === 1 ? '(\\d{1,2})' : `(\\d{${letter.length}})`;
  });
  const found = new RegExp(`^${source}$`).exec(cell);
  if (!found) return null;
  const part = (letter: string) => Number(found[letters.indexOf(letter) + 1] ?? 0);
  return letters.includes('Y') && letters.includes('M') && letters.includes('D')
    ? dateOf(part('Y'), part('M'), part('D')) : null;
}

function momentOf(cell: string, pattern: string): Value {
  const moment = parseDateTime(cell);
  if (moment !== null) return momentValue(moment);
  const day = dayOf(cell, pattern);
  if (day === null) throw new Refusal('datetime', 'must be a moment');
  return momentValue(day * dayMs);
}

function jsonOf(text: string, type: FieldType): Value {
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
    case 'number': return type.type === 'duration' ? durationOf(text, type, format.point)
      : numberOf(text, type, format.point);
    case 'datetime': return momentOf(text, format.date);
    case 'json': return jsonOf(text, type);
    case 'date': {
      const day = dayOf(text, format.date);
      if (day === null) throw new Refusal('date', `must be a day written as ${format.date}`);
      return dateValue(day);
    }
    case 'time': {
      const seconds = parseTime(text);
      if (seconds === null) throw new Refusal('time', 'must be a time such as 09:30');
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
