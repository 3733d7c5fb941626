import { type ReferenceValue, referenceValue } from './value.ts';

const form = /^[0-7][0-9A-HJKMNP-TV-Z]{12}$/;

/** The id of a record: 13 letters of Crockford's alphabet, in any case, I and L for 1, O for 0. */
export function parseReference(text: string): ReferenceValue | null {
  if (!/^[0-9A-Za-z]{13}$/.test(text)) return null;
  const id = text.toUpperCase().replace(/[IL]/g, '1').replaceAll('O', '0');
  return form.test(id) ? referenceValue(id) : null;
}
