import type { AppField } from '../api/types.ts';
import { hasCurrencies, isEmptyValue } from '../fields/field_type.ts';
import { Unread } from '../fields/unread.ts';
import { compareDecimals, shiftPoint } from '../format/decimal.ts';
import { secondsOfIso } from '../format/duration.ts';
import { moneyOf, scaleFor } from '../format/money.ts';
import { parseMoney } from '../format/spoken_money.ts';

// What a value must be by its type alone. Answers a message key with its parameters, or null.

export interface Complaint {
  key: string;
  values: Record<string, unknown>;
}

const say = (key: string, values: Record<string, unknown> = {}): Complaint => ({
  key: `problem.${key}`, values });
const numbers = new Set(['integer', 'decimal', 'money', 'percent', 'rating']);
const number = /^-?\d+(\.\d+)?$/;
const email = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]{2,}$/;
/** Digits of any width; the server knows how many a country has. */
const phone = /^[+＋]?[\d０-９\s()（）./－–—-]{5,32}$/;
const url = /^https?:\/\/[^\s/]+\.[^\s]+$|^https?:\/\/localhost/;
const clock = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;
const moment = /^\d{4}-\d{2}-\d{2}T/;
const color = /^#[0-9a-f]{6}$/i;
const degrees = /^-?\d{1,3}(\.\d+)?$/;
const day = /^\d{4}-\d{2}-\d{2}$/;

export function complaintAbout(field: AppField, value: unknown): Complaint | null {
  if (isEmptyValue(value)) return null;
  if (value instanceof Unread) return unreadComplaint(field, value);
  if (hasCurrencies(field)) return complaintAboutMoney(field, value);
  if (numbers.has(field.type)) {
    const text = String(value);
    const percent = field.type === 'percent';
    const shown = (limit: string) => (percent ? `${shiftPoint(limit, 2)}%` : limit);
    if (!number.test(text)) return say('number');
    if (field.type === 'integer' && text.includes('.')) return say('integer');
    const places = text.split('.')[1]?.replace(/0+$/, '').length ?? 0;
    const scale = field.scale ?? { decimal: 2, money: 2, percent: 4 }[field.type];
    if (scale !== undefined && places > scale) {
      return say('scale', { count: percent ? Math.max(0, scale - 2) : scale });
    }
    return outOfBounds(field, text, shown);
  }
  if (typeof value === 'string') {
    if (field.length_max && [...value].length > field.length_max) {
      return say('length', { count: field.length_max });
    }
    if (field.type === 'email' && !email.test(value)) {
      return say(value.includes(',') ? 'email_comma' : 'email');
    }
    if (field.type === 'phone' && !phone.test(value)) return say('phone');
    if (field.type === 'url' && !url.test(value)) return say('url');
    return complaintAboutText(field.type, value) ?? beyond(field, secondsOfIso(value));
  }
  return field.type === 'location' ? complaintAboutPlace(value) : null;
}

function outOfBounds(
  { minimum, maximum }: AppField, text: string, shown: (limit: string) => string,
): Complaint | null {
  if (minimum !== undefined && compareDecimals(text, String(minimum)) < 0) {
    return say('minimum', { limit: shown(String(minimum)) });
  }
  if (maximum !== undefined && compareDecimals(text, String(maximum)) > 0) {
    return say('maximum', { limit: shown(String(maximum)) });
  }
  return null;
}

/** Of an amount with its currency: which there may be, and the digits that it has. */
function complaintAboutMoney(field: AppField, value: unknown): Complaint | null {
  const { currencies = [], currency = '', scale } = field;
  const known = (text: string) => say('currency', { text, currencies: currencies.join(', ') });
  const money = moneyOf(value, currency);
  if (!money) {
    const read = parseMoney(String(value), { currencies, current: currency });
    return 'text' in read ? known(read.text) : say('number');
  }
  if (!currencies.includes(money.currency)) return known(money.currency);
  const places = money.amount.split('.')[1]?.replace(/0+$/, '').length ?? 0;
  const most = scaleFor(money.currency, scale);
  if (places > most) {
    return say(most === 0 ? 'whole_money' : 'scale', { count: most, currency: money.currency });
  }
  return outOfBounds(field, money.amount, (limit) => limit);
}

/** A duration that is out of its field's bounds, which are written as it is. */
function beyond({ type, minimum, maximum }: AppField, seconds: number | null): Complaint | null {
  if (type !== 'duration' || seconds === null) return null;
  const least = secondsOfIso(String(minimum)) ?? seconds;
  const most = secondsOfIso(String(maximum)) ?? seconds;
  if (seconds < least) return say('minimum', { limit: minimum });
  return seconds > most ? say('maximum', { limit: maximum }) : null;
}

function complaintAboutText(type: string, value: string): Complaint | null {
  const holds: Record<string, () => boolean> = {
    date: () => day.test(value), time: () => clock.test(value), color: () => color.test(value),
    datetime: () => moment.test(value), duration: () => secondsOfIso(value) !== null,
  };
  return holds[type]?.() === false ? say(type) : null;
}

/** What was pasted or typed and means nothing to its field. */
function unreadComplaint(field: AppField, { text }: Unread): Complaint {
  if (field.type === 'json') return say('json');
  const key = field.options || field.type === 'boolean' ? 'option' : 'not_found';
  return say(key, { text, label: field.label });
}

function complaintAboutPlace(value: unknown): Complaint | null {
  const { latitude = '', longitude = '' } = value as { latitude?: string; longitude?: string };
  const within = (text: string, limit: number) =>
    degrees.test(text) && Math.abs(Number(text)) <= limit;
  return within(latitude, 90) && within(longitude, 180) ? null : say('location');
}
