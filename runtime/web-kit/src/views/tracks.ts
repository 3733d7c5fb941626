import type { Column } from '../fields/columns.ts';
import { fieldTypeOf } from '../fields/field_types.tsx';

/** The width of a column as a grid track: the title takes what is left, the others their due. */
export function trackOf(column: Column, index: number): string {
  if (index === 0) return 'minmax(220px, 1.6fr)';
  const { width, family } = fieldTypeOf(column.field);
  return ['text', 'reference'].includes(family) ? `minmax(${width}px, 1fr)` : `${width}px`;
}
