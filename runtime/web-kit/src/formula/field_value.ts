import { countCodePoints } from './code_points.ts';
import { dateText, dateTimeText, parseDate, parseDateTime, parseTime, timeText } from './date.ts';
import {
  compareDecimals, type Decimal, decimalOf, decimalText, decimalTextAt, digitsBehindPoint,
  magnitude, parseDecimal, rounded, scaledAt,
} from './decimal.ts';
import { isoOfSeconds, secondsOfIso, secondsMax } from '../format/duration.ts';
import { kindOfType } from './names.ts';
import { normalForms } from './normal_forms.ts';
import { parseReference } from './record_id.ts';
import { Refusal } from './refusal.ts';
import { structures } from './structures.ts';
import {
  dateValue, joinedText, kindOf, listValue, momentValue, referencesValue, timeValue, type Value,
} from './value.ts';

// What a field may hold, as the API writes it ↔ values. Twin of engine/value/type.cpp.

export interface FieldType {
  readonly type: string;
  readonly scale?: number;
  readonly length_max?: number;
  readonly minimum?: string;
  readonly maximum?: string;
  readonly options?: readonly string[];
}

const scales: Record<string, number> = { decimal: 2, money: 2, percent: 4 };
const lengths: Record<string, number> = {
  auto_number: 64, barcode: 128,
  choice: 48, color: 7, email: 254, long_text: 65_536, phone: 32, rich_text: 65_536, text: 255,
  url: 2048,
};
const durationMost = decimalOf(secondsMax);
const plainNumbers = new Set(['integer', 'rating']);
const exactMax = 2n ** 53n; // Of a number in JavaScript.
const referencesMax = 200;
const jsonBytesMax = 262_144;

export const scaleOf = (type: FieldType): number => type.scale ?? scales[type.type] ?? 0;

const wrongKind = (wanted: string) => new Refusal('type', `must be ${wanted}`);

/** Bounds are written as the values are. */
function boundOf(type: FieldType, bound: string): Decimal {
  return type.type === 'duration' ? decimalOf(secondsOfIso(bound) ?? 0) : parseDecimal(bound);
}

function bounded(type: FieldType, number: Decimal): Decimal {
  const { minimum, maximum } = type;
  if (type.type === 'duration' && compareDecimals(magnitude(number), durationMost) > 0) {
    throw new Refusal('overflow', 'is too long for a duration');
  }
  if (minimum !== undefined && compareDecimals(number, boundOf(type, minimum)) < 0) {
    throw new Refusal('minimum', `must be at least ${minimum}`);
  }
  if (maximum !== undefined && compareDecimals(number, boundOf(type, maximum)) > 0) {
    throw new Refusal('maximum', `must be at most ${maximum}`);
  }
  if (scaledAt(number, scaleOf(type)) === null) {
    throw new Refusal('overflow', 'is too large for this field');
  }
  return number;
}

/** Digits that the field does not keep are refused, not rounded away. */
function numberOf(type: FieldType, text: string): Decimal {
  const number = parseDecimal(text);
  if (digitsBehindPoint(number) > scaleOf(type)) {
    throw new Refusal('scale', `may have at most ${scaleOf(type)} digits behind the point`);
  }
  return bounded(type, number);
}

const noOption = (name: string) => new Refusal('option', `there is no option "${name}"`);

function textOf(type: FieldType, text: string): Value {
  if (text === '') return null;
  if (text.includes('\0')) throw new Refusal('text', 'must not contain a zero character');
  if (type.options?.length && !type.options.includes(text)) throw noOption(text);
  const most = type.length_max ?? lengths[type.type] ?? 0;
  if (most > 0 && text.length > most && countCodePoints(text) > most) {
    throw new Refusal('length', `may have at most ${most} characters`);
  }
  return normalForms[type.type]?.(text) ?? text;
}

/** In the order of the options, each once. */
function listOf(type: FieldType, given: readonly string[]): Value {
  const options = type.options ?? [];
  const foreign = given.find((name) => !options.includes(name));
  if (foreign !== undefined) throw noOption(foreign);
  const items = options.filter((option) => given.includes(option));
  return items.length === 0 ? null : listValue(items);
}

function jsonOf(type: FieldType, raw: unknown): Value {
  const parts = structures[type.type]?.(raw);
  if (parts && Object.keys(parts).length === 0) return null;
  const text = JSON.stringify(parts ?? raw);
  if (new TextEncoder().encode(text).length > jsonBytesMax) {
    throw new Refusal('length', `may have at most ${jsonBytesMax} bytes`);
  }
  return { kind: 'json', text };
}

function referenceOf(raw: unknown): Value {
  const given: unknown = raw !== null && typeof raw === 'object' && 'id' in raw ? raw.id : raw;
  if (typeof given !== 'string') throw wrongKind('a text');
  const reference = parseReference(given);
  if (!reference) throw new Refusal('reference', 'must be the id of a record');
  return reference;
}

/** Each once, in the order given. */
function referencesOf(raw: unknown): Value {
  if (!Array.isArray(raw)) throw wrongKind('a list');
  const ids = new Set<string>();
  for (const item of raw) ids.add(joinedText(referenceOf(item)));
  if (ids.size > referencesMax) {
    throw new Refusal('limit', `may hold at most ${referencesMax} records`);
  }
  return ids.size === 0 ? null : referencesValue([...ids]);
}

function parsed(kind: string, text: string, value: number | null, of: (n: number) => Value): Value {
  if (value === null) throw new Refusal(kind, `"${text}" is no ${kind}`);
  return of(value);
}

/** As the API writes it → a value; refused with the rule that says why. */
export function readValue(type: FieldType, raw: unknown): Value {
  const kind = kindOfType(type.type);
  if (raw === null || raw === undefined || (raw === '' && kind !== 'json')) return null;
  if (kind === 'json') return jsonOf(type, raw);
  if (kind === 'reference') return referenceOf(raw);
  if (kind === 'reference_list') return referencesOf(raw);
  if (kind === 'boolean') {
    if (typeof raw !== 'boolean') throw wrongKind('true or false');
    return raw;
  }
  if (type.type === 'duration') {
    if (typeof raw !== 'string') throw wrongKind('a text');
    const seconds = secondsOfIso(raw);
    if (seconds === null) throw new Refusal('duration', 'must be a duration such as "PT1H30M"');
    return bounded(type, decimalOf(seconds));
  }
  if (kind === 'number') {
    if (!['string', 'number', 'bigint'].includes(typeof raw)) throw wrongKind('a number');
    return numberOf(type, String(raw));
  }
  if (kind === 'text_list') {
    if (!Array.isArray(raw)) throw wrongKind('a list');
    return listOf(type, raw.map((item: unknown) => {
      if (typeof item !== 'string') throw wrongKind('a text');
      return item;
    }));
  }
  if (typeof raw !== 'string') throw wrongKind('a text');
  switch (kind) {
    case 'date': return parsed(kind, raw, parseDate(raw), dateValue);
    case 'time': return parsed(kind, raw, parseTime(raw), timeValue);
    case 'datetime': return parsed(kind, raw, parseDateTime(raw), momentValue);
    default: return textOf(type, raw);
  }
}

/** A value → as the API writes it; numbers with the digits of the field's scale, if it has one. */
export function writeValue(type: FieldType | null, value: Value): unknown {
  if (value === null || typeof value !== 'object') return value;
  switch (value.kind) {
    case 'number': {
      if (!type) return decimalText(value);
      if (type.type === 'duration') return isoOfSeconds(Number(scaledAt(rounded(value, 0), 0)));
      const whole = plainNumbers.has(type.type) ? scaledAt(value, 0) : null;
      const exact = whole !== null && whole <= exactMax && whole >= -exactMax;
      return exact ? Number(whole) : decimalTextAt(value, scaleOf(type));
    }
    case 'date': return dateText(value.days);
    case 'time': return timeText(value.seconds);
    case 'datetime': return dateTimeText(value.ms);
    case 'reference': return value.id;
    case 'text_list':
    case 'reference_list': return value.items;
    case 'json': return JSON.parse(value.text) as unknown;
  }
}

/** In the type's own form, where a formula yields another of the same kind. */
export function coerceValue(type: FieldType, value: Value): Value {
  if (value === null) return null;
  if (kindOf(value) !== kindOfType(type.type)) throw new Refusal('type', 'is of another kind');
  if (typeof value === 'string') return textOf(type, value);
  if (typeof value === 'boolean') return value;
  if (value.kind === 'number') return bounded(type, rounded(value, scaleOf(type)));
  return value.kind === 'text_list' && type.options?.length ? listOf(type, value.items) : value;
}
