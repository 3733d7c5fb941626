import {
  compareDecimals, type Decimal, decimalOf, isNegative, isZero, magnitude, negated, one,
  parseDecimal, truncated, zero,
} from './decimal.ts';
import { add, divide, modulo, multiply, subtract } from './decimal_math.ts';
import {
  exponentialOf, fixedOfDecimal, logarithmOfDecimal, over, roundedFixed,
} from './fixed.ts';
import { type Call, type Definition, numberIn, wholeIn } from './function_entry.ts';
import { badArgument, Refusal } from './refusal.ts';
import type { Value } from './value.ts';

// Whole numbers, logarithms, multiples.

const signed = (number: Decimal, negative: boolean) => (negative ? negated(number) : number);

const quotient: Call = ([value, divisor]) => {
  const [number, by] = [numberIn(value), numberIn(divisor)];
  const size = magnitude(number);
  const whole = divide(subtract(size, modulo(size, magnitude(by))), magnitude(by));
  return signed(whole, isNegative(number) !== isNegative(by));
};

function commonDivisor(a: Decimal, b: Decimal): Decimal {
  let [large, small] = [a, b];
  while (!isZero(small)) [large, small] = [small, modulo(large, small)];
  return large;
}

const commonMultiple = (a: Decimal, b: Decimal): Decimal =>
  (isZero(a) || isZero(b) ? zero : multiply(divide(a, commonDivisor(a, b)), b));

const folded = (step: (a: Decimal, b: Decimal) => Decimal): Call => (args) => {
  let result: Decimal | null = null;
  for (const value of args) {
    if (value === null) continue;
    const whole = truncated(numberIn(value), 0);
    if (isNegative(whole)) throw badArgument('this needs numbers that are not negative');
    result = result ? step(result, whole) : whole;
  }
  return result;
};

/** from · (from - 1) · …, so many factors. */
function falling(from: number, factors: number): Decimal {
  let product = one;
  for (let i = 0; i < factors; i += 1) product = multiply(product, decimalOf(from - i));
  return product;
}

const factorial: Call = ([value]) => {
  const count = wholeIn(value);
  if (count < 0) throw badArgument('FACT needs a number that is not negative');
  return falling(count, count);
};

function chosenOf([value, wanted]: readonly Value[]): [number, number] {
  const [count, chosen] = [wholeIn(value), wholeIn(wanted)];
  if (chosen < 0 || count < chosen) throw badArgument('so many cannot be chosen');
  return [count, chosen];
}

const combinations: Call = (args) => {
  const [count, wanted] = chosenOf(args);
  const chosen = Math.min(wanted, count - wanted);
  let product = one;
  for (let i = 0; i < chosen; i += 1) {
    product = divide(multiply(product, decimalOf(count - i)), decimalOf(i + 1));
  }
  return product;
};

const nearMultiple: Call = ([value, multiple]) => {
  const [number, step] = [numberIn(value), numberIn(multiple)];
  if (isZero(number) || isZero(step)) return zero;
  if (isNegative(number) !== isNegative(step)) {
    throw badArgument('MROUND needs two numbers of the same sign');
  }
  const size = magnitude(step);
  const rest = modulo(magnitude(number), size);
  const above = subtract(size, rest);
  const below = subtract(magnitude(number), rest);
  const near = compareDecimals(rest, above) >= 0 ? add(below, size) : below;
  return signed(near, isNegative(number));
};

const isOdd = (value: Value | undefined): boolean =>
  !isZero(modulo(truncated(numberIn(value), 0), decimalOf(2)));

const exponential: Call = ([value]) => {
  const number = numberIn(value);
  if (compareDecimals(number, decimalOf(-100)) < 0) return zero;
  if (compareDecimals(number, decimalOf(100)) > 0) {
    throw new Refusal('overflow', 'the number needs more than 34 digits');
  }
  return roundedFixed(exponentialOf(fixedOfDecimal(number)));
};

function above(number: Decimal): Decimal {
  if (isNegative(number) || isZero(number)) {
    throw badArgument('only a number above zero has a logarithm');
  }
  return number;
}

const logarithm: Call = ([value, base]) => {
  const [number, to] = [above(numberIn(value)), above(base ? numberIn(base) : decimalOf(10))];
  const unit = logarithmOfDecimal(to);
  if (unit === 0n) {
    throw new Refusal('division_by_zero', 'there is no logarithm to the base 1');
  }
  return roundedFixed(over(logarithmOfDecimal(number), unit));
};

const of = (name: string, parameters: string, call: Call): Definition =>
  ({ name, parameters, result: 'number', nulls: 'propagate', call });
const asked = (name: string, call: Call): Definition =>
  ({ name, parameters: 'number:number', result: 'boolean', nulls: 'propagate', call });
const several = (name: string, call: Call): Definition =>
  ({ name, parameters: 'number:number', repeat: 1, result: 'number', nulls: 'skip', call });

export const wholeFunctions: Definition[] = [
  of('QUOTIENT', 'number:number divisor:number', quotient),
  several('GCD', folded(commonDivisor)),
  several('LCM', folded(commonMultiple)),
  of('FACT', 'number:number', factorial),
  of('COMBIN', 'number:number chosen:number', combinations),
  of('PERMUT', 'number:number chosen:number', (args) => falling(...chosenOf(args))),
  of('MROUND', 'number:number multiple:number', nearMultiple),
  asked('ISEVEN', ([value]) => !isOdd(value)),
  asked('ISODD', ([value]) => isOdd(value)),
  of('EXP', 'number:number', exponential),
  of('LN', 'number:number', ([value]) =>
    roundedFixed(logarithmOfDecimal(above(numberIn(value))))),
  of('LOG', 'number:number base:number?', logarithm),
  of('LOG10', 'number:number', logarithm),
  { name: 'PI', parameters: '', result: 'number', nulls: 'own',
    call: () => parseDecimal('3.141592653589793238462643383279503') },
];
