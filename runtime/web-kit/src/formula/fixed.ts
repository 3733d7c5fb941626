import {
  absolute, type Decimal, decimalOf, digitsMax, scaleMax, stripped, tenTo,
} from './decimal.ts';
import { Refusal } from './refusal.ts';

// Numbers with 48 digits behind the point: for what is irrational, before it is rounded. Cut off
// towards zero step by step, as engine/formula/fixed.cpp does, so that both have the same digits.
// null: divided by zero, or grown beyond 10^60.

/** Units of 10^-48. */
export type Fixed = bigint | null;

const scale = 48;
const unit = tenTo(scale);
const most = tenTo(scale + 60);

const kept = (units: bigint): Fixed => (absolute(units) > most ? null : units);

export const fixedOf = (whole: number): bigint => BigInt(whole) * unit;
export const fixedOfDecimal = ({ coefficient, scale: from }: Decimal): bigint =>
  coefficient * tenTo(scale - from);
/** 10^-digits */
export const smallFixed = (digits: number): bigint => tenTo(scale - digits);

export const plus = (a: Fixed, b: Fixed): Fixed => (a === null || b === null ? null : kept(a + b));
export const minus = (a: Fixed, b: Fixed): Fixed => (a === null || b === null ? null : kept(a - b));
export const times = (a: Fixed, b: Fixed): Fixed =>
  (a === null || b === null ? null : kept((a * b) / unit));
export const over = (a: Fixed, b: Fixed): Fixed =>
  (a === null || b === null || b === 0n ? null : kept((a * unit) / b));

export function raisedTo(base: Fixed, exponent: number): Fixed {
  let left = Math.abs(exponent);
  let factor = base;
  let result: Fixed = unit;
  while (left !== 0) {
    if (left % 2 === 1) result = times(result, factor);
    left = Math.floor(left / 2);
    if (left !== 0) factor = times(factor, factor);
  }
  return exponent < 0 ? over(unit, result) : result;
}

/** 2 (z + z³/3 + z⁵/5 + …), which is the logarithm of (1 + z) / (1 - z). */
function series(z: bigint): bigint {
  const square = (z * z) / unit;
  let power = z;
  let sum = z;
  for (let i = 3; power !== 0n; i += 2) {
    power = (power * square) / unit;
    sum += (power * unit) / fixedOf(i);
  }
  return sum + sum;
}

let logarithms: { two: bigint; ten: bigint } | null = null;

function known() {
  if (!logarithms) {
    const two = series((unit * unit) / fixedOf(3));
    logarithms = { two, ten: (fixedOf(3) * two) / unit + series((unit * unit) / fixedOf(9)) };
  }
  return logarithms;
}

/** Of a number from 1 on, not too large. */
function aboveOne(given: bigint): bigint {
  const bound = (fixedOf(3) * unit) / fixedOf(2);
  let number = given;
  let halved = 0;
  for (; bound < number; halved += 1) number = (number * unit) / fixedOf(2);
  return (fixedOf(halved) * known().two) / unit
    + series(((number - unit) * unit) / (number + unit));
}

/** The natural logarithm of a number above zero; as 1.25 · 10^n, so that a small one keeps its
 * digits. */
export function logarithmOfDecimal(number: Decimal): bigint {
  let exponent = -number.scale;
  let size = 1n;
  for (; number.coefficient >= size * 10n; exponent += 1) size *= 10n;
  const top = (number.coefficient * unit) / size;
  return aboveOne(top) + (fixedOf(exponent) * known().ten) / unit;
}

export function logarithmOf(number: Fixed): Fixed {
  if (number === null || number <= 0n) return null;
  return number < unit ? -aboveOne((unit * unit) / number) : aboveOne(number);
}

/** e^x = 2^k · e^r with a small r. */
export function exponentialOf(number: bigint): Fixed {
  const { two } = known();
  let rest = number;
  let twos = 0;
  for (; two < rest; twos += 1) rest -= two;
  for (; rest < 0n; twos -= 1) rest += two;
  let sum = unit;
  let term = unit;
  for (let i = 1; term !== 0n; i += 1) {
    term = (((term * rest) / unit) * unit) / fixedOf(i);
    sum += term;
  }
  return times(sum, raisedTo(fixedOf(2), twos));
}

/** Half-even to so many significant digits, at most so many of them behind the point. The divisor
 * is above zero. */
export function roundedQuotient(
  number: bigint, divisor: bigint, digits = scaleMax, significant = digitsMax,
): Decimal {
  for (let at = digits; at >= significant - digitsMax; at -= 1) {
    const units = absolute(number) * tenTo(Math.max(at, 0));
    const step = divisor * tenTo(Math.max(-at, 0));
    let near = units / step;
    const rest = (units % step) * 2n;
    if (rest > step || (rest === step && near % 2n === 1n)) near += 1n;
    if (near >= tenTo(significant)) continue;
    if (at < 0) near *= tenTo(-at);
    return stripped(decimalOf(number < 0n ? -near : near, Math.max(at, 0)));
  }
  throw new Refusal('overflow', 'the number needs more than 34 digits');
}

export function roundedFixed(number: Fixed, digits = scaleMax, significant = digitsMax): Decimal {
  if (number !== null) return roundedQuotient(number, unit, digits, significant);
  throw new Refusal('overflow', 'the number needs more than 34 digits');
}
