import { Refusal } from './refusal.ts';

// Exact decimal numbers: at most 34 significant digits, at most 34 behind the point. Twin of
// engine/value/decimal.cpp; both are held to tests/vectors/value/decimal.json.

/** The value is coefficient / 10^scale; the scale is from 0 to 34. */
export interface Decimal {
  readonly kind: 'number';
  readonly coefficient: bigint;
  readonly scale: number;
}

export const digitsMax = 34;
export const scaleMax = 34;
const powers: bigint[] = [];
for (let i = 0, power = 1n; i <= 120; i += 1, power *= 10n) powers.push(power);

export const tenTo = (exponent: number): bigint => powers[exponent] ?? 10n ** BigInt(exponent);
export const coefficientMax = tenTo(digitsMax) - 1n;
export const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

const overflow = () => new Refusal('overflow', 'the number needs more than 34 digits');
const malformed = () => new Refusal('number', 'is not a number');

export const decimalOf = (coefficient: bigint | number, scale = 0): Decimal =>
  ({ kind: 'number', coefficient: BigInt(coefficient), scale });
export const zero = decimalOf(0);
export const one = decimalOf(1);

/** Without zeros at the end of the digits behind the point. */
export function stripped({ coefficient, scale }: Decimal): Decimal {
  if (coefficient === 0n) return zero;
  let rest = coefficient;
  let kept = scale;
  while (kept > 0 && rest % 10n === 0n) {
    rest /= 10n;
    kept -= 1;
  }
  return decimalOf(rest, kept);
}

/** Keeps the scale where 34 digits hold the value, else gives up zeros at its end. */
export function fitted(coefficient: bigint, scale: number): Decimal {
  let rest = coefficient;
  let kept = scale;
  while (absolute(rest) > coefficientMax || kept > scaleMax) {
    if (kept <= 0 || rest % 10n !== 0n) throw overflow();
    rest /= 10n;
    kept -= 1;
  }
  for (; kept < 0; kept += 1) {
    if (absolute(rest) > coefficientMax / 10n) throw overflow();
    rest *= 10n;
  }
  return decimalOf(rest, kept);
}

const form = /^([-+]?)0*(\d*)(?:\.(\d+))?(?:[eE]([-+]?)(\d+))?$/;

/** "-12.50", "1e3"; refused: anything else (`number`), more than 34 digits (`overflow`). */
export function parseDecimal(text: string): Decimal {
  const found = /^[-+]?\d/.test(text) ? form.exec(text) : null;
  if (!found) throw malformed();
  const [, sign = '', whole = '', fraction = '', down = '', power = '0'] = found;
  const exponent = Math.min(9999, Number(power)) * (down === '-' ? -1 : 1);
  const digits = (whole + fraction).replace(/^0+/, '');
  let scale = fraction.length - exponent;
  if (digits === '') return decimalOf(0, Math.min(Math.max(scale, 0), scaleMax));
  const zeros = digits.length - digitsMax;
  if (zeros > 0) {
    if (/[1-9]/.test(digits.slice(digitsMax))) throw overflow();
    scale -= zeros;
  }
  if (scale < -digitsMax) throw overflow();
  const size = BigInt(digits.slice(0, digitsMax));
  return fitted(sign === '-' ? -size : size, scale);
}

export function readDecimal(text: string): Decimal | null {
  try {
    return parseDecimal(text);
  } catch {
    return null;
  }
}

/** With exactly so many digits behind the point, rounded half away from zero. */
export function decimalTextAt(number: Decimal, digits: number): string {
  const scale = Math.min(Math.max(digits, 0), scaleMax);
  const { coefficient, scale: from } = scale < number.scale ? rounded(number, scale) : number;
  const text = (absolute(coefficient) * tenTo(scale - from)).toString().padStart(scale + 1, '0');
  const cut = text.length - scale;
  const body = scale > 0 ? `${text.slice(0, cut)}.${text.slice(cut)}` : text;
  return coefficient < 0n ? `-${body}` : body;
}

/** The shortest text, without an exponent. */
export function decimalText(number: Decimal): string {
  const short = stripped(number);
  return decimalTextAt(short, short.scale);
}

export const digitsBehindPoint = (number: Decimal): number => stripped(number).scale;
export const isZero = (number: Decimal): boolean => number.coefficient === 0n;
export const isNegative = (number: Decimal): boolean => number.coefficient < 0n;
export const negated = (number: Decimal): Decimal => decimalOf(-number.coefficient, number.scale);
export const magnitude = (number: Decimal): Decimal =>
  (isNegative(number) ? negated(number) : number);

const int64Max = 2n ** 63n - 1n;

/** The coefficient at this scale; null where digits would be lost or 64 bits do not hold it. */
export function scaledAt(number: Decimal, scale: number): bigint | null {
  let { coefficient } = number;
  if (scale >= number.scale) coefficient *= tenTo(scale - number.scale);
  else {
    const unit = tenTo(number.scale - scale);
    if (coefficient % unit !== 0n) return null;
    coefficient /= unit;
  }
  return coefficient > int64Max || coefficient < -int64Max - 1n ? null : coefficient;
}

/** Half away from zero; `digits` may be negative. */
export function rounded(number: Decimal, digits: number): Decimal {
  const drop = number.scale - digits;
  if (drop <= 0) return number;
  if (digits < -digitsMax || drop > digitsMax) return zero;
  const unit = tenTo(drop);
  let quotient = number.coefficient / unit;
  const rest = absolute(number.coefficient % unit);
  if (rest * 2n >= unit) quotient += isNegative(number) ? -1n : 1n;
  return fitted(quotient, digits);
}

/** Towards zero. */
export function truncated(number: Decimal, digits: number): Decimal {
  const drop = number.scale - digits;
  if (drop <= 0) return number;
  if (digits < -digitsMax || drop > digitsMax) return zero;
  const quotient = number.coefficient / tenTo(drop);
  return digits >= 0 ? decimalOf(quotient, digits) : decimalOf(quotient * tenTo(-digits));
}

export function floorOf(number: Decimal): Decimal {
  const whole = truncated(number, 0);
  return isNegative(number) && compareDecimals(whole, number) !== 0
    ? decimalOf(whole.coefficient - 1n) : whole;
}

export const ceilingOf = (number: Decimal): Decimal => negated(floorOf(negated(number)));

export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const left = a.coefficient * tenTo(scale - a.scale);
  const right = b.coefficient * tenTo(scale - b.scale);
  return left < right ? -1 : left > right ? 1 : 0;
}
