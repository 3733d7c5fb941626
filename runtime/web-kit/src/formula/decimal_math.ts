import {
  absolute, coefficientMax, type Decimal, decimalOf, digitsMax, fitted, isNegative, isZero,
  negated, one, scaledAt, scaleMax, stripped, tenTo, zero,
} from './decimal.ts';
import { Refusal } from './refusal.ts';

// + - * are exact where 34 digits hold the result; else, and where nothing can be exact, it is
// rounded half-even to 34 digits.

const byZero = (message: string) => new Refusal('division_by_zero', message);

/** Half-even to 34 digits, at most 34 of them behind the point. */
function near(exact: bigint, scale: number): Decimal {
  let size = absolute(exact);
  const drop = Math.max(size.toString().length - digitsMax, scale - scaleMax, 0);
  const unit = tenTo(drop);
  const rest = size % unit;
  size /= unit;
  if (rest * 2n > unit || (rest * 2n === unit && size % 2n === 1n)) size += 1n;
  return fitted(exact < 0n ? -size : size, scale - drop);
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return near(
    a.coefficient * tenTo(scale - a.scale) + b.coefficient * tenTo(scale - b.scale), scale);
}

export const subtract = (a: Decimal, b: Decimal): Decimal => add(a, negated(b));

export function multiply(a: Decimal, b: Decimal): Decimal {
  const plain = a.coefficient * b.coefficient;
  if (absolute(plain) <= coefficientMax && a.scale + b.scale <= scaleMax) {
    return decimalOf(plain, a.scale + b.scale);
  }
  const [x, y] = [stripped(a), stripped(b)];
  return near(x.coefficient * y.coefficient, x.scale + y.scale);
}

export function divide(a: Decimal, b: Decimal): Decimal {
  if (isZero(b)) throw byZero('divides by zero');
  const divisor = absolute(b.coefficient);
  let quotient = absolute(a.coefficient) / divisor;
  let rest = absolute(a.coefficient) % divisor;
  let scale = a.scale - b.scale;
  while (rest !== 0n && quotient < tenTo(digitsMax - 1) && scale < scaleMax) {
    rest *= 10n;
    quotient = quotient * 10n + rest / divisor;
    rest %= divisor;
    scale += 1;
  }
  const half = rest * 2n - divisor;
  if (rest !== 0n && (half > 0n || (half === 0n && quotient % 2n === 1n))) quotient += 1n;
  if (isNegative(a) !== isNegative(b)) quotient = -quotient;
  const { coefficient, scale: kept } = scale > 0 ? stripped(decimalOf(quotient, scale))
    : { coefficient: quotient, scale };
  return fitted(coefficient, kept);
}

/** a − b × ⌊a / b⌋: the sign is that of b. */
export function modulo(a: Decimal, b: Decimal): Decimal {
  if (isZero(b)) throw byZero('divides by zero');
  const scale = Math.max(a.scale, b.scale);
  const divisor = b.coefficient * tenTo(scale - b.scale);
  let rest = (a.coefficient * tenTo(scale - a.scale)) % divisor;
  if (rest !== 0n && (rest < 0n) !== (divisor < 0n)) rest += divisor;
  return near(rest, scale);
}

function wholePower(base: Decimal, exponent: bigint): Decimal {
  let left = absolute(exponent);
  let factor = base;
  let result = one;
  while (left !== 0n) {
    if (left % 2n === 1n) result = multiply(result, factor);
    left /= 2n;
    if (left !== 0n) factor = multiply(factor, factor);
  }
  return exponent < 0n ? divide(one, result) : result;
}

function rootOfWhole(value: bigint): bigint {
  if (value < 2n) return value;
  let near = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (near + value / near) / 2n;
    if (next >= near) return near;
    near = next;
  }
}

/** Digit by digit until it is exact, has 34 digits or 34 behind the point; then half-even. */
function rootOf(value: Decimal): Decimal {
  if (isNegative(value)) throw new Refusal('domain', 'a negative number has no square root');
  let { coefficient, scale } = stripped(value);
  if (coefficient === 0n) return zero;
  if (scale % 2 !== 0) {
    coefficient *= 10n;
    scale += 1;
  }
  scale /= 2;
  const digits = Math.ceil(coefficient.toString().length / 2);
  const most = Math.max(0, Math.min(digitsMax - digits, scaleMax - scale));
  const wide = coefficient * tenTo(2 * most);
  let root = rootOfWhole(wide);
  if (wide - root * root > root) root += 1n; // Above the half; it cannot lie on it.
  const { coefficient: short, scale: kept } = stripped(decimalOf(root, scale + most));
  return fitted(short, kept);
}

/** Whole exponents and halves from −10,000 to 10,000; else `exponent`, `domain`. */
export function power(base: Decimal, exponent: Decimal): Decimal {
  const halves = scaledAt(decimalOf(exponent.coefficient * 2n, exponent.scale), 0);
  if (halves === null || absolute(halves) > 20_000n) {
    throw new Refusal('exponent', 'the exponent must be whole or a half, from -10,000 to 10,000');
  }
  if (isZero(base) && isNegative(exponent)) throw byZero('zero has no negative power');
  if (halves % 2n === 0n) return wholePower(base, halves / 2n);
  const root = rootOf(base);
  const raised = multiply(wholePower(base, absolute(halves) / 2n), root);
  return halves < 0n ? divide(one, raised) : raised;
}
