import {
  compareDecimals, type Decimal, decimalOf, floorOf, isNegative, isZero, magnitude, negated, one,
  parseDecimal, rounded, scaleMax, truncated, zero,
} from './decimal.ts';
import { add, divide, modulo, power, subtract } from './decimal_math.ts';
import { type Call, type Definition, numberIn, wholeIn } from './function_entry.ts';
import {
  exponentialOf, fixedOf, fixedOfDecimal, logarithmOfDecimal, roundedFixed, times,
} from './fixed.ts';
import { badArgument, Refusal } from './refusal.ts';
import { compareValues, type Value } from './value.ts';

// Beyond these a number of 34 digits is itself, or zero.
const digitsIn = (value: Value | undefined) => Math.min(Math.max(wholeIn(value), -68), 68);

function roundUp(args: readonly Value[]): Value {
  const number = numberIn(args[0]);
  const digits = digitsIn(args[1]);
  const kept = truncated(number, digits);
  if (compareDecimals(kept, number) === 0) return number;
  const unit = parseDecimal(`1e${-digits}`);
  return add(kept, isNegative(number) ? negated(unit) : unit);
}

/** To 30 digits: 8 ^ (1 / 3) is 2, though 1 / 3 has lost what is behind its 34 digits. */
function raisedByLogarithm(base: Decimal, exponent: Decimal): Decimal {
  const most = fixedOf(100); // A power of e: beyond, 34 digits hold nothing of it.
  const raisedTo = times(fixedOfDecimal(exponent), logarithmOfDecimal(base));
  if (raisedTo !== null && raisedTo < -most) return zero;
  const made = raisedTo === null || raisedTo > most ? null : exponentialOf(raisedTo);
  return roundedFixed(made, scaleMax, 30);
}

const exponentMax = decimalOf(1_000_000_000);

/** ^ and POWER: the refusals of decimals as errors of evaluation. */
export function raised(base: Decimal, exponent: Decimal): Decimal {
  try {
    return power(base, exponent);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.rule === 'domain') throw badArgument(error.message);
    if (error.rule !== 'exponent') throw error;
  }
  if (isNegative(base)) {
    throw badArgument('a negative number has whole powers only, from -10,000 to 10,000');
  }
  if (isZero(base)) return power(base, decimalOf(isNegative(exponent) ? -1 : 1));
  if (compareDecimals(magnitude(exponent), exponentMax) > 0) {
    throw badArgument('the exponent must lie between -1,000,000,000 and 1,000,000,000');
  }
  return raisedByLogarithm(base, exponent);
}

const best = (sign: number): Call => (args) => {
  let found: Value = null;
  for (const value of args) {
    if (value === null) continue;
    if (found === null || compareValues(value, found) * sign > 0) found = value;
  }
  return found;
};

const given = (args: readonly Value[]) => args.filter((value) => value !== null).map(numberIn);
const sum = (numbers: Decimal[]) => numbers.reduce(add, zero);

function average(args: readonly Value[]): Value {
  const numbers = given(args);
  return numbers.length === 0 ? null : divide(sum(numbers), decimalOf(numbers.length));
}

/** The greatest multiple of the step's size at or below, or the least at or above. */
function multiple(number: Decimal, step: Decimal, above: boolean): Decimal {
  const size = magnitude(step);
  if (isZero(size)) return zero;
  const rest = modulo(number, size);
  const below = subtract(number, rest);
  return above && !isZero(rest) ? add(below, size) : below;
}

/** A negative step turns up and down about zero; a positive number has none. */
const nextMultiple = (above: boolean): Call => ([value, given]) => {
  const number = numberIn(value);
  const step = given === undefined ? one : numberIn(given);
  if (isNegative(step) && !isNegative(number) && !isZero(number)) {
    throw badArgument('a positive number has no multiples of a negative one');
  }
  return multiple(number, step, above !== isNegative(step));
};

const floor: Call = (args) => {
  const number = numberIn(args[0]);
  const byZero = args[1] !== undefined && isZero(numberIn(args[1]));
  return byZero && !isZero(number) ? divide(number, zero) : nextMultiple(false)(args);
};

/** The next whole number of the form 2n + `shift`, away from zero. */
const nextOfTwo = (shift: Decimal): Call => ([value]) => {
  const number = numberIn(value);
  const even = multiple(add(magnitude(number), shift), decimalOf(2), true);
  const next = subtract(even, shift);
  if (isNegative(next)) return one;
  return isNegative(number) ? negated(next) : next;
};

const signOf = (number: Decimal) => decimalOf(isZero(number) ? 0 : isNegative(number) ? -1 : 1);

const of = (name: string, parameters: string, call: Call): Definition =>
  ({ name, parameters, result: 'number', nulls: 'propagate', call });
const digits = 'number:number digits:number?';
const step = 'number:number significance:number?';
const cut: Call = ([number, places]) => truncated(numberIn(number), digitsIn(places));

export const numberFunctions: Definition[] = [
  of('ABS', 'number:number', ([number]) => magnitude(numberIn(number))),
  of('ROUND', digits, ([number, places]) => rounded(numberIn(number), digitsIn(places))),
  of('ROUNDUP', digits, roundUp),
  of('ROUNDDOWN', digits, cut),
  of('INT', 'number:number', ([number]) => floorOf(numberIn(number))),
  of('TRUNC', digits, cut),
  of('MOD', 'number:number divisor:number', ([a, b]) => modulo(numberIn(a), numberIn(b))),
  of('POWER', 'number:number exponent:number', ([a, b]) => raised(numberIn(a), numberIn(b))),
  of('SQRT', 'number:number', ([number]) => raised(numberIn(number), decimalOf(5, 1))),
  of('SIGN', 'number:number', ([number]) => signOf(numberIn(number))),
  { name: 'MIN', parameters: 'value:T', repeat: 1, result: 'T', nulls: 'skip', call: best(-1),
    aggregates: true },
  { name: 'MAX', parameters: 'value:T', repeat: 1, result: 'T', nulls: 'skip', call: best(1),
    aggregates: true },
  { name: 'SUM', parameters: 'number:number', repeat: 1, result: 'number', nulls: 'skip',
    call: (args) => sum(given(args)), aggregates: true },
  { name: 'AVERAGE', parameters: 'number:number', repeat: 1, result: 'number', nulls: 'skip',
    call: average, aggregates: true },
  of('CEILING', step, nextMultiple(true)),
  of('FLOOR', step, floor),
  of('EVEN', 'number:number', nextOfTwo(zero)),
  of('ODD', 'number:number', nextOfTwo(one)),
  // Written by the compiler: the amount times EXCHANGE_RATE of its currency.
  { name: 'EXCHANGE', parameters: 'money:number to:text on:date|datetime?', result: 'number',
    nulls: 'propagate', op: 'multiply' },
];
