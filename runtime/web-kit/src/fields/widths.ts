import type { AppField } from '../api/types.ts';
import { fieldTypeOf } from './field_types.tsx';

// How wide a column must be: for the values of its type, and for its own name in either language.
// A guess from the letters, not a measure, which would lay the page out once more.

const latin = 7;
const ideograph = 12;
const most = 240;

/** In pixels. `beside` is what the head needs for other things than its words. */
export function columnWidth(field: AppField, words: string, beside: number): number {
  const letters = [...words].reduce(
    (sum, letter) => sum + (letter > '\u2e7f' ? ideograph : latin), 0);
  return Math.max(fieldTypeOf(field).width, Math.min(letters + beside, most));
}
