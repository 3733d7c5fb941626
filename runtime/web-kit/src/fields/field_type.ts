import type { ReactNode } from 'react';
import type { Application } from '../api/application.tsx';
import type { AppField } from '../api/types.ts';

// What every field type knows about itself. The table of them is `field_types.tsx`.

export type Family =
  'text' | 'number' | 'boolean' | 'date' | 'time' | 'datetime' | 'choice' | 'choices' | 'reference'
  | 'references' | 'duration' | 'other';

export interface CellContext {
  application: Application;
  field: AppField;
  /** A card or a fact: no avatar column, no fixed height. */
  loose?: boolean;
}

/** Worked out when it is asked, for the draft as it then is. */
export type Among = () => Promise<string | null>;

export interface InputProps {
  field: AppField;
  value: unknown;
  onChange: (value: unknown) => void;
  id?: string;
  invalid?: boolean;
  describedBy?: string;
  disabled?: boolean;
  /** What may be chosen of a choice; what is chosen already is shown all the same. */
  only?: readonly string[] | null | undefined;
  /** Asks which records may be chosen: a filter over them; null: all. */
  among?: Among | null | undefined;
  /** In a cell: opens at once, ends on leaving. */
  inCell?: boolean;
  onDone?: () => void;
}

export interface FieldType {
  family: Family;
  width: number;
  end: boolean;
  cell: (value: unknown, context: CellContext) => ReactNode;
  /** The value as one line of plain text: card titles, announcements, copies. */
  text: (value: unknown, context: CellContext) => string;
  input: (props: InputProps) => ReactNode;
}

export const isEmptyValue = (value: unknown) =>
  value === null || value === undefined || value === ''
  || (Array.isArray(value) && value.length === 0);

const numbers = new Set(['integer', 'decimal', 'money', 'percent', 'rating']);

/** An amount of money in one of several currencies: the value has its own beside it. */
export const hasCurrencies = (field: AppField): boolean => field.currencies !== undefined;

/** As a plain number: what filters compare such a field with. */
export function asAmount(field: AppField): AppField {
  const { currency: _, currencies: __, ...plain } = field;
  return hasCurrencies(field) ? { ...plain, type: 'decimal' } : field;
}

/** Whether a value can be shown as its type would; what was typed wrongly is shown as it is. */
export function isSound(field: AppField, value: unknown): boolean {
  const { type } = field;
  if (hasCurrencies(field)) return true; // It shows what it cannot read as it is.
  const text = String(value);
  if (numbers.has(type)) return /^-?\d+(\.\d+)?$/.test(text);
  if (type === 'date') return /^\d{4}-\d{2}-\d{2}/.test(text);
  return type !== 'datetime' || !Number.isNaN(Date.parse(text));
}
