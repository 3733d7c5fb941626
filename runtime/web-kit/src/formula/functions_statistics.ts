import { compareDecimals, type Decimal, decimalOf, tenTo, zero } from './decimal.ts';
import { add, divide, multiply, power } from './decimal_math.ts';
import { roundedQuotient } from './fixed.ts';
import { type Call, type Definition, numberIn, textIn, wholeIn } from './function_entry.ts';
import { badArgument } from './refusal.ts';
import type { Kind, Value } from './value.ts';

// Of several numbers, or of the rows behind a name. Nulls are left out.

const given = (args: readonly Value[]) => args.filter((value) => value !== null).map(numberIn);
const sorted = (args: readonly Value[]) => given(args).sort(compareDecimals);
const squaresOf = (numbers: Decimal[]) =>
  numbers.reduce((sum, number) => add(sum, multiply(number, number)), zero);

const product: Call = (args) => {
  const [first, ...others] = given(args);
  return first ? others.reduce(multiply, first) : null;
};

const median: Call = (args) => {
  const numbers = sorted(args);
  const middle = Math.floor(numbers.length / 2);
  const [below, at] = [numbers[middle - 1], numbers[middle]];
  if (!at) return null;
  return numbers.length % 2 === 1 || !below ? at : divide(add(below, at), decimalOf(2));
};

/** (n Σx² - (Σx)²) / (n (n - `taken`)): exact up to the division. */
function variance(args: readonly Value[], taken: number): Decimal | null {
  const numbers = given(args);
  const count = BigInt(numbers.length);
  if (count <= BigInt(taken)) return null;
  const scale = numbers.reduce((most, number) => Math.max(most, number.scale), 0);
  const units = numbers.map((number) => number.coefficient * tenTo(scale - number.scale));
  const sum = units.reduce((before, one) => before + one, 0n);
  const squares = units.reduce((before, one) => before + one * one, 0n);
  return roundedQuotient(squares * count - sum * sum,
    count * (count - BigInt(taken)) * tenTo(2 * scale));
}

function deviation(args: readonly Value[], taken: number): Value {
  const spread = variance(args, taken);
  return spread && power(spread, decimalOf(5, 1));
}

const countGiven: Call = (args) => decimalOf(args.filter((value) => value !== null).length);

/** The place comes first, the rows behind it. */
const atRank = (fromAbove: boolean): Call => ([place = null, ...rows]) => {
  if (place === null) return null;
  const rank = wholeIn(place);
  const numbers = sorted(rows);
  const found = rank < 1 ? undefined : numbers[fromAbove ? numbers.length - rank : rank - 1];
  if (!found) throw badArgument('there are not so many numbers');
  return found;
};

const several = (name: string, nulls: 'own' | 'skip', call: Call): Definition => ({
  name, parameters: nulls === 'skip' ? 'number:number' : 'value:any', repeat: 1, result: 'number',
  nulls, call, aggregates: true });

export const statisticsFunctions: Definition[] = [
  several('COUNT', 'own', countGiven),
  several('COUNTA', 'own', countGiven),
  { name: 'COUNTBLANK', parameters: 'value:any', repeat: 1, result: 'number', nulls: 'own',
    call: (args) => decimalOf(args.filter((value) => value === null).length) },
  several('PRODUCT', 'skip', product),
  several('SUMSQ', 'skip', (args) => squaresOf(given(args))),
  several('MEDIAN', 'skip', median),
  several('VAR.S', 'skip', (args) => variance(args, 1)),
  several('VAR.P', 'skip', (args) => variance(args, 0)),
  several('STDEV.S', 'skip', (args) => deviation(args, 1)),
  several('STDEV.P', 'skip', (args) => deviation(args, 0)),
];

const ofRows = (name: string, rows: string, result: Kind | 'T', call: Call): Definition =>
  ({ name, parameters: `rows:${rows} condition:boolean?`, result, nulls: 'own', call,
    aggregates: true });

/** What is empty is left out already. */
export const rowFunctions: Definition[] = [
  ofRows('FIRST', 'rows|T', 'T', (rows) => rows[0] ?? null),
  ofRows('LAST', 'rows|T', 'T', (rows) => rows.at(-1) ?? null),
  ofRows('COUNTDISTINCT', 'rows', 'number', (rows) => decimalOf(new Set(rows.map(textIn)).size)),
  ofRows('ANY', 'rows|boolean', 'boolean', (rows) => rows.includes(true)),
  ofRows('ALL', 'rows|boolean', 'boolean', (rows) => rows.every((value) => value === true)),
  ofRows('LARGE', 'rows|number rank:number', 'number', atRank(true)),
  ofRows('SMALL', 'rows|number rank:number', 'number', atRank(false)),
];
