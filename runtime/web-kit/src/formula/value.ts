import { compareTexts } from './code_points.ts';
import { dateText, dateTimeText, timeText } from './date.ts';
import { compareDecimals, type Decimal, decimalText } from './decimal.ts';

// What a field or a formula may yield. An empty text is never kept: it is null.

export type Kind = 'boolean' | 'number' | 'text' | 'date' | 'time' | 'datetime' | 'reference'
  | 'text_list' | 'json' | 'reference_list';

export interface DateValue { readonly kind: 'date'; readonly days: number }
export interface TimeValue { readonly kind: 'time'; readonly seconds: number }
export interface MomentValue { readonly kind: 'datetime'; readonly ms: number }
export interface ReferenceValue { readonly kind: 'reference'; readonly id: string }
export interface ListValue { readonly kind: 'text_list'; readonly items: readonly string[] }
export interface ReferencesValue {
  readonly kind: 'reference_list';
  readonly items: readonly string[]; // Ids.
}
export interface JsonValue { readonly kind: 'json'; readonly text: string }
export type Value = null | boolean | string | Decimal | DateValue | TimeValue | MomentValue
  | ReferenceValue | ListValue | JsonValue | ReferencesValue;

export const dateValue = (days: number): DateValue => ({ kind: 'date', days });
export const timeValue = (seconds: number): TimeValue => ({ kind: 'time', seconds });
export const momentValue = (ms: number): MomentValue => ({ kind: 'datetime', ms });
export const referenceValue = (id: string): ReferenceValue => ({ kind: 'reference', id });
export const listValue = (items: readonly string[]): ListValue => ({ kind: 'text_list', items });

export const referencesValue = (items: readonly string[]): ReferencesValue =>
  ({ kind: 'reference_list', items });
export const isList = (kind: Kind): boolean => kind === 'text_list' || kind === 'reference_list';
export const isReferring = (kind: Kind): boolean =>
  kind === 'reference' || kind === 'reference_list';

export function kindOf(value: Exclude<Value, null>): Kind {
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'text' : value.kind;
}

const order: Kind[] = ['boolean', 'number', 'text', 'date', 'time', 'datetime', 'reference',
  'text_list', 'json', 'reference_list'];

function compareLists(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const sign = compareTexts(a[i] ?? '', b[i] ?? '');
    if (sign !== 0) return sign;
  }
  return Math.sign(a.length - b.length);
}

/** Empty comes first; texts by code point, false before true. */
export function compareValues(a: Value, b: Value): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (typeof a === 'object' && typeof b === 'object') {
    if (a.kind === 'number' && b.kind === 'number') return compareDecimals(a, b);
    if (a.kind === 'date' && b.kind === 'date') return Math.sign(a.days - b.days);
    if (a.kind === 'time' && b.kind === 'time') return Math.sign(a.seconds - b.seconds);
    if (a.kind === 'datetime' && b.kind === 'datetime') return Math.sign(a.ms - b.ms);
    if (a.kind === 'reference' && b.kind === 'reference') return compareTexts(a.id, b.id);
    if (a.kind === 'text_list' && b.kind === 'text_list') return compareLists(a.items, b.items);
    if (a.kind === 'reference_list' && b.kind === 'reference_list') {
      return compareLists(a.items, b.items);
    }
    if (a.kind === 'json' && b.kind === 'json') return compareTexts(a.text, b.text);
  }
  return Math.sign(order.indexOf(kindOf(a)) - order.indexOf(kindOf(b)));
}

export const sameValue = (a: Value, b: Value): boolean => compareValues(a, b) === 0;

/** As `&` joins it. */
export function joinedText(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  switch (value.kind) {
    case 'number': return decimalText(value);
    case 'date': return dateText(value.days);
    case 'time': return timeText(value.seconds);
    case 'datetime': return dateTimeText(value.ms);
    case 'reference': return value.id;
    case 'text_list':
    case 'reference_list': return value.items.join(', ');
    case 'json': return value.text;
  }
}
