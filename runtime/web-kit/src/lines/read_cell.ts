import type { Application } from '../api/application.tsx';
import type { AppField } from '../api/types.ts';
import { hasCurrencies, isEmptyValue } from '../fields/field_type.ts';
import { textOf } from '../fields/field_types.tsx';
import { Unread } from '../fields/unread.ts';
import { parseDate } from '../format/dates.ts';
import { shiftPoint } from '../format/decimal.ts';
import { durationText } from '../format/duration.ts';
import { moneyOf } from '../format/money.ts';
import { parseDuration } from '../format/spoken_duration.ts';
import { parseMoney } from '../format/spoken_money.ts';
import { readNumber } from '../format/spoken_number.ts';
import type { Formats } from '../format/formats.ts';

// A cell's text ↔ its value: what people type into it, and what a spreadsheet gives.

export interface CellReading {
  formats: Formats;
  today: string;
  /** Days are written month first: 4/30/2026. */
  monthFirst?: boolean;
  /** The one of the cell, where its amounts may be in several currencies. */
  currency?: string | undefined;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/;

const fullYear = (year: string) => (year.length === 2 ? `20${year}` : year);

/** A day as typed or pasted → `2026-04-30`, or null. */
export function readDay(typed: string, { today, monthFirst }: CellReading): string | null {
  const text = typed.trim();
  const parts = slashed.exec(text);
  if (parts) {
    const [, first = '', second = '', year = ''] = parts;
    const swapped = monthFirst ? [second, first] : [first, second];
    return parseDate(`${swapped[0]}.${swapped[1]}.${fullYear(year)}`, today);
  }
  const named = /^(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4}|\d{2})$/i.exec(text);
  const american = /^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})$/i.exec(text);
  const [day, month, year] = named ? [named[1], named[2], named[3]]
    : american ? [american[2], american[1], american[3]] : [];
  if (!day || !month || !year) return parseDate(text, today);
  const place = months.indexOf(month.slice(0, 3).toLowerCase());
  return place < 0 ? null : parseDate(`${day}.${place + 1}.${fullYear(year)}`, today);
}

/** A column of days tells its order by the first that can be read in one way only. */
export function isMonthFirst(texts: string[]): boolean {
  for (const text of texts) {
    const [, first = '0', second = '0'] = slashed.exec(text.trim()) ?? [];
    if (Number(first) > 12) return false;
    if (Number(second) > 12) return true;
  }
  return false;
}

function readMoment(typed: string, reading: CellReading): string | null {
  const text = typed.trim();
  if (/T\d{2}:\d{2}.*(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text))) {
    return new Date(text).toISOString().replace('.000Z', 'Z');
  }
  const found = /^(.+?)(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  const day = readDay(found?.[1] ?? '', reading);
  const hour = Number(found?.[2] ?? 0);
  const seconds = Number(found?.[4] ?? 0);
  if (!day || hour > 23 || Number(found?.[3] ?? 0) > 59 || seconds > 59) return null;
  const minute = reading.formats.momentOf(
    `${day}T${String(hour).padStart(2, '0')}:${found?.[3] ?? '00'}`);
  return minute.replace(/:00Z$/, `:${String(seconds).padStart(2, '0')}Z`);
}

function readTime(text: string): string | null {
  const found = /^(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?\s*(am|pm)?$/i.exec(text);
  if (!found) return null;
  const [, hours, minutes, seconds = '00', half] = found;
  const hour = half ? Number(hours) % 12 + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hours);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return `${String(hour).padStart(2, '0')}:${minutes}${seconds === '00' ? '' : `:${seconds}`}`;
}

const yes = new Set(['true', 'yes', 'y', '1', 'x', '✓', '是', '真']);
const no = new Set(['false', 'no', 'n', '0', '—', '-', '否', '假']);

function readBoolean(text: string): boolean | null {
  const word = text.toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : null;
}

const optionNamed = (field: AppField, text: string) => field.options?.find(({ name, label }) =>
  name === text || label.toLowerCase() === text.toLowerCase())?.name;

function readOptions(field: AppField, text: string): string[] | null {
  const names = text.split(/[,;，；、]/).map((one) => one.trim()).filter(Boolean)
    .map((one) => optionNamed(field, one));
  return names.every((name) => name !== undefined) ? names as string[] : null;
}

function readPercent(text: string): string | null {
  const exact = readNumber(text.replace(/[%％]\s*$/, ''));
  return exact ? shiftPoint(exact, -2) : exact;
}

function readWhole(text: string): string | number | null {
  const exact = readNumber(text);
  return exact && exact.length < 16 && !exact.includes('.') ? Number(exact) : exact;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** An amount with its currency; what is none stays a text, and its field says what is wrong. */
function readMoney(field: AppField, text: string, { currency }: CellReading): unknown {
  const { currencies } = field;
  if (!currencies) return readNumber(text) ?? text;
  const money = parseMoney(text, { currencies, current: currency ?? field.currency ?? '' });
  return 'wrong' in money || money.amount === '' ? text : money;
}

const referring = new Set(['reference', 'references', 'user', 'users', 'department']);
export const isReferring = (field: AppField) => referring.has(field.type);

/** The value that a text means to a field. What means nothing stays: as text where the field takes
 * texts and says itself what is wrong, else as Unread. References are found by name elsewhere. */
export function readCell(field: AppField, typed: string, reading: CellReading): unknown {
  const text = typed.trim();
  if (text === '') return null;
  const readers: Record<string, () => unknown> = {
    integer: () => readWhole(text) ?? text, rating: () => readWhole(text) ?? text,
    decimal: () => readNumber(text) ?? text, money: () => readMoney(field, text, reading),
    percent: () => readPercent(text) ?? text, date: () => readDay(text, reading) ?? text,
    datetime: () => readMoment(text, reading) ?? text, time: () => readTime(text) ?? text,
    duration: () => parseDuration(text) ?? text,
    boolean: () => readBoolean(text) ?? new Unread(text),
    choice: () => optionNamed(field, text) ?? new Unread(text),
    choices: () => readOptions(field, text) ?? new Unread(text),
    json: () => readJson(text) ?? new Unread(text),
    long_text: () => typed, rich_text: () => typed,
  };
  if (isReferring(field)) return new Unread(text);
  return readers[field.type]?.() ?? typed;
}

const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text);

/** A value as it is typed, copied and shown where it is edited; readCell() takes it back. */
export function cellText(field: AppField, value: unknown, application: Application): string {
  if (isEmptyValue(value)) return '';
  if (value instanceof Unread) return value.text;
  const { formats } = application;
  const money = hasCurrencies(field) ? moneyOf(value, field.currency) : null;
  if (money) return formats.sumsText([money], field.scale);
  const text = String(value);
  switch (field.type) {
    case 'money': return isNumber(text) ? formats.number(text, field.scale ?? 2) : text;
    case 'integer': case 'rating': case 'decimal':
      return isNumber(text) ? formats.number(text) : text;
    case 'percent': return isNumber(text) ? `${shiftPoint(text, 2)}%` : text;
    case 'datetime': return Number.isNaN(Date.parse(text)) ? text
      : formats.localOf(text).replace('T', ' ');
    case 'time': return text.slice(0, 5);
    case 'duration': return durationText(text, formats.locale);
    case 'date': case 'text': case 'long_text': case 'rich_text': case 'email': case 'phone':
    case 'url': case 'color': case 'barcode': case 'auto_number': return text;
    case 'formula': case 'rollup': case 'lookup':
      return field.result === 'number' && isNumber(text) ? formats.number(text, field.scale)
        : field.result === 'boolean' ? String(value) : text;
    default: return textOf(value, { application, field });
  }
}
