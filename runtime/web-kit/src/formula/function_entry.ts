import { decimalOf, type Decimal, isNegative, scaledAt, truncated } from './decimal.ts';
import type { Op } from './tree.ts';
import type { Kind, Value } from './value.ts';

// What a function of the language is, and how it looks at its arguments.

/** What a parameter takes; T and S are type variables. */
export type Takes = 'boolean' | 'number' | 'text' | 'text_list' | 'list' | 'item'
  | 'date|datetime' | 'date|datetime|text'
  | 'time|datetime' | 'text|datetime' | 'number|text' | 'number|date|time|datetime' | 'any' | 'T'
  | 'S' | 'field' | 'rows' | 'rows|boolean' | 'rows|number' | 'rows|T';
export type Nulls = 'own' | 'propagate' | 'text' | 'skip';

export interface Parameter {
  readonly name: string;
  readonly takes: Takes;
  readonly optional: boolean;
}

export type Call = (args: readonly Value[]) => Value;

/** As a family writes it; parameters: `number:number digits:number?`. */
export interface Definition {
  readonly name: string;
  readonly parameters: string;
  readonly repeat?: number;
  readonly result: Kind | 'T';
  readonly nulls: Nulls;
  readonly op?: Op;
  readonly call?: Call;
  readonly aggregates?: boolean;
  readonly looksUp?: boolean;
}

export interface FunctionEntry {
  readonly name: string;
  readonly family: string;
  readonly parameters: readonly Parameter[];
  readonly repeat: number; // So many parameters come once or more, as a group.
  readonly result: Kind | null; // Nothing: that of T.
  readonly nulls: Nulls;
  readonly op: Op; // 'call', or the operation of the tree that does it.
  readonly call: Call;
  readonly aggregates: boolean; // Takes rows in place of its repeated values, and a condition.
  readonly looksUp: boolean; // Looks at records: the server computes it.
}

export const numberIn = (value: Value | undefined): Decimal =>
  (value !== null && typeof value === 'object' && value.kind === 'number' ? value : decimalOf(0));
export const textIn = (value: Value | undefined): string =>
  (typeof value === 'string' ? value : '');
export const daysIn = (value: Value | undefined): number =>
  (value !== null && typeof value === 'object' && value.kind === 'date' ? value.days : 0);

const wholeMax = 2_147_483_647;

/** Cut off behind the point, within ±2,147,483,647; `otherwise` where it is not given. */
export function wholeIn(value: Value | undefined, otherwise = 0): number {
  if (value === undefined) return otherwise;
  const number = numberIn(value);
  const whole = scaledAt(truncated(number, 0), 0);
  if (whole === null) return isNegative(number) ? -wholeMax : wholeMax;
  return Math.min(Math.max(Number(whole), -wholeMax), wholeMax);
}
