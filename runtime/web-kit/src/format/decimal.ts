// Exact decimals as text: read from what people type, add, compare. Never a float.

const wide = /[０-９]/g;
const scales: Record<string, number> = { k: 3, m: 6, 万: 4, 亿: 8 };

/** What a person typed → canonical text, or null when it is no number. Empty → ''. */
export function parseDecimal(typed: string): string | null {
  let text = typed.trim()
    .replace(wide, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[，,\s  ']/g, '')
    .replace(/。|．/g, '.')
    .replace(/[－−–]/g, '-')
    .replace(/^[¥￥$€£]/, '');
  if (text === '') return '';
  const last = text.slice(-1).toLowerCase();
  const shift = scales[last] ?? 0;
  if (shift) text = text.slice(0, -1);
  if (!/^[-+]?(\d+(\.\d*)?|\.\d+)$/.test(text)) return null;
  return canonical(shift ? shiftPoint(text, shift) : text);
}

export function canonical(text: string): string {
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.replace(/^[-+]/, '').split('.');
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  const body = fraction ? `${digits}.${fraction}` : digits;
  return negative && /[1-9]/.test(body) ? `-${body}` : body;
}

/** Moves the point: 2 makes a fraction a percent, -2 the other way round. */
export function shiftPoint(text: string, by: number): string {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace(/^[-+]/, '').split('.');
  const point = whole.length + by;
  let digits = whole + fraction;
  if (point > digits.length) digits = digits.padEnd(point, '0');
  const front = point <= 0 ? '0' : digits.slice(0, point);
  const back = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  const trimmed = back.replace(/0+$/, '');
  return canonical(`${negative ? '-' : ''}${front}${trimmed ? `.${trimmed}` : ''}`);
}

function scaled(text: string, scale: number): bigint {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace(/^[-+]/, '').split('.');
  const value = BigInt(whole + fraction.padEnd(scale, '0').slice(0, scale));
  return negative ? -value : value;
}

const scaleOf = (text: string) => text.split('.')[1]?.length ?? 0;

function unscaled(value: bigint, scale: number): string {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(scale + 1, '0');
  const cut = digits.length - scale;
  const text = scale ? `${digits.slice(0, cut)}.${digits.slice(cut)}` : digits;
  return negative ? `-${text}` : text;
}

export function addDecimals(values: string[]): string {
  const scale = Math.max(0, ...values.map(scaleOf));
  return unscaled(values.reduce((sum, text) => sum + scaled(text, scale), 0n), scale);
}

export function compareDecimals(a: string, b: string): number {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  const left = scaled(a, scale);
  const right = scaled(b, scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

export const isZero = (text: string) => !/[1-9]/.test(text);
