import { type Decimal, decimalOf, decimalTextAt, scaleMax } from './decimal.ts';
import { multiply } from './decimal_math.ts';

export interface NumberFormat {
  prefix: string; // A sign of currency.
  grouped: boolean;
  whole: number; // Digits before the point, at least.
  fixed: number;
  loose: number; // Digits behind the point that go where they are zeros.
  percent: boolean;
}

const form = /^([$¥￥€£₹₩]?)(?:(#,##)|#*)(0+)(?:\.(?=[0#])(0*)(#*))?(%)?$/;

/** `#,##0.0#%`; null where the text is none. */
export function parseNumberFormat(text: string): NumberFormat | null {
  const found = form.exec(text);
  if (!found) return null;
  const [, prefix = '', grouped, whole = '', fixed = '', loose = '', percent] = found;
  if (Math.max(whole.length, fixed.length + loose.length) > scaleMax) return null;
  return {
    prefix, grouped: grouped !== undefined, whole: whole.length, fixed: fixed.length,
    loose: loose.length, percent: percent !== undefined,
  };
}

export function formatNumber(number: Decimal, format: NumberFormat): string {
  const shown = format.percent ? multiply(number, decimalOf(100)) : number;
  const text = decimalTextAt(shown, format.fixed + format.loose);
  const negative = text.startsWith('-');
  let [whole = '', fraction = ''] = text.replace('-', '').split('.');
  while (fraction.length > format.fixed && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  whole = whole.padStart(format.whole, '0');
  const sign = negative && /[1-9]/.test(whole + fraction) ? '-' : '';
  if (format.grouped) whole = whole.replace(/(?<=\d)(?=(?:\d{3})+$)/g, ',');
  return `${sign}${format.prefix}${whole}${fraction && `.${fraction}`}${format.percent ? '%' : ''}`;
}
