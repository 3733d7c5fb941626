import {
  type Fixed, fixedOf, fixedOfDecimal, logarithmOf, minus, over, plus, raisedTo, roundedFixed,
  smallFixed, times,
} from './fixed.ts';
import { type Call, type Definition, numberIn, wholeIn } from './function_entry.ts';
import { badArgument } from './refusal.ts';
import type { Value } from './value.ts';

// Payment plans: what is paid is negative, as in Excel. Twin of
// engine/formula/functions_payment.cpp: the same steps in the same order.

const digits = 20;
const periodsMax = 10_000;
const one = fixedOf(1);

interface Plan {
  rate: Fixed;
  periods: number;
  payment: Fixed;
  present: Fixed;
  future: Fixed;
  atBegin: boolean;
}

const noPlan = () => badArgument('there is no such plan of payments');
const fixedIn = (value: Value | undefined): bigint =>
  (value === undefined ? 0n : fixedOfDecimal(numberIn(value)));
const negated = (value: Fixed): Fixed => minus(0n, value);

function rounded(value: Fixed): Value {
  if (value === null) throw noPlan();
  return roundedFixed(value, digits);
}

const isRate = (rate: Fixed): boolean => rate !== null && rate > -one;
const arePeriods = (periods: number) => Math.abs(periods) <= periodsMax;

const growthOf = ({ rate, periods }: Plan): Fixed => raisedTo(plus(one, rate), periods);
const beginFactor = ({ rate, atBegin }: Plan): Fixed => (atBegin ? plus(one, rate) : one);

/** What one unit paid each period comes to at the end. */
function annuity(plan: Plan): Fixed {
  if (plan.rate === 0n) return fixedOf(plan.periods);
  return over(times(beginFactor(plan), minus(growthOf(plan), one)), plan.rate);
}

const paymentOf = (plan: Plan): Fixed =>
  over(negated(plus(times(plan.present, growthOf(plan)), plan.future)), annuity(plan));
const futureOf = (plan: Plan): Fixed => negated(
  plus(times(plan.present, growthOf(plan)), times(plan.payment, annuity(plan))));

/** rate, periods, then two amounts, then type. */
function planOf(args: readonly Value[], from = 0): Plan {
  const rate = fixedIn(args[0]);
  const periods = wholeIn(args[from + 1]);
  if (!isRate(rate) || !arePeriods(periods)) throw noPlan();
  return { rate, periods, payment: 0n, present: 0n, future: 0n,
    atBegin: wholeIn(args[from + 4]) !== 0 };
}

const payment: Call = (args) => rounded(paymentOf({
  ...planOf(args), present: fixedIn(args[2]), future: fixedIn(args[3]) }));

const futureValue: Call = (args) => rounded(futureOf({
  ...planOf(args), payment: fixedIn(args[2]), present: fixedIn(args[3]) }));

const presentValue: Call = (args) => {
  const plan = { ...planOf(args), payment: fixedIn(args[2]), future: fixedIn(args[3]) };
  return rounded(over(
    negated(plus(plan.future, times(plan.payment, annuity(plan)))), growthOf(plan)));
};

/** rate, period, periods, present, future, type */
const partOfPayment = (forUse: boolean): Call => (args) => {
  const plan = { ...planOf(args, 1), present: fixedIn(args[3]), future: fixedIn(args[4]) };
  const period = wholeIn(args[1]);
  if (period < 1 || period > plan.periods) throw noPlan();
  plan.payment = paymentOf(plan);
  const share = plan.atBegin && period === 1 ? 0n
    : over(times(futureOf({ ...plan, periods: period - 1 }), plan.rate), beginFactor(plan));
  return rounded(forUse ? share : minus(plan.payment, share));
};

const periods: Call = (args) => {
  const [rate, paid, present, future] = args.slice(0, 4).map(fixedIn);
  const [r = 0n, pmt = 0n, pv = 0n, fv = 0n] = [rate, paid, present, future];
  if (!isRate(r)) throw noPlan();
  if (r === 0n) return rounded(over(negated(plus(pv, fv)), pmt));
  const due = wholeIn(args[4]) !== 0 ? times(pmt, plus(one, r)) : pmt;
  const grown = over(minus(due, times(fv, r)), plus(due, times(pv, r)));
  return rounded(over(logarithmOf(grown), logarithmOf(plus(one, r))));
};

/** The value of the equation at a rate, and how it changes with it. */
interface Slope { value: Fixed; change: Fixed }

/** Newton's way: until a step is too small to count. A step to -100 % or below it goes half the way
 * there, so that great losses are found. */
function solved(guess: Fixed, equation: (rate: bigint) => Slope): Value {
  let rate: Fixed = guess;
  for (let i = 0; i < 100 && rate !== null; i += 1) {
    const { value, change } = equation(rate);
    const step = over(value, change);
    const next = minus(rate, step);
    if (step === null || next === null) throw noPlan();
    const beyond = !isRate(next);
    rate = beyond ? over(minus(rate, one), fixedOf(2)) : next;
    if (beyond || rate === null || (step < 0n ? -step : step) >= smallFixed(30)) continue;
    if (rate + one <= smallFixed(15)) throw noPlan(); // All is lost: no rate of anything.
    return roundedFixed(rate, 15);
  }
  throw noPlan();
}

function slopeOf(plan: Plan, rate: bigint): Slope {
  const count = fixedOf(plan.periods);
  const begin = plan.atBegin ? one : 0n;
  if ((rate < 0n ? -rate : rate) < smallFixed(15)) {
    const pairs = over(times(count, minus(count, one)), fixedOf(2));
    return {
      value: plus(plus(plan.present, times(plan.payment, count)), plan.future),
      change: plus(times(plan.present, count),
        times(plan.payment, plus(times(begin, count), pairs))),
    };
  }
  const growth = growthOf({ ...plan, rate });
  const growing = over(times(count, growth), plus(one, rate));
  const sum = over(minus(growth, one), rate);
  const summing = minus(over(growing, rate), over(sum, rate));
  const factor = plus(one, times(rate, begin));
  return {
    value: plus(plus(times(plan.present, growth), times(times(plan.payment, factor), sum)),
      plan.future),
    change: plus(times(plan.present, growing),
      times(plan.payment, plus(times(begin, sum), times(factor, summing)))),
  };
}

/** The same of what all is worth at the begin: from there great rates are found. */
function discounted({ value, change }: Slope, plan: Plan, rate: bigint): Slope {
  const count = fixedOf(plan.periods);
  return { value, change: minus(change, over(times(value, count), plus(one, rate))) };
}

const tenth = () => over(one, fixedOf(10));

/** periods, payment, present, future, type, guess */
const rate: Call = (args) => {
  const plan: Plan = {
    rate: 0n, periods: wholeIn(args[0]), payment: fixedIn(args[1]), present: fixedIn(args[2]),
    future: fixedIn(args[3]), atBegin: wholeIn(args[4]) !== 0,
  };
  if (plan.periods < 1 || !arePeriods(plan.periods)) throw noPlan();
  const guess = args.length > 5 ? fixedIn(args[5]) : tenth();
  try {
    return solved(guess, (at) => slopeOf(plan, at));
  } catch {
    return solved(guess, (at) => discounted(slopeOf(plan, at), plan, at));
  }
};

const flowsOf = (args: readonly Value[]): bigint[] =>
  args.filter((value) => value !== null).map(fixedIn);

const netPresentValue: Call = ([given = null, ...payments]) => {
  if (given === null) return null;
  const grown = plus(one, fixedIn(given));
  let growth: Fixed = one;
  let sum: Fixed = 0n;
  for (const flow of flowsOf(payments)) {
    growth = times(growth, grown);
    sum = plus(sum, over(flow, growth));
  }
  return rounded(sum);
};

function slopeOfFlows(flows: bigint[], at: bigint): Slope {
  const grown = plus(one, at);
  let growth: Fixed = one;
  let value: Fixed = 0n;
  let change: Fixed = 0n;
  for (const [i, flow] of flows.entries()) {
    const now = over(flow, growth);
    value = plus(value, now);
    change = minus(change, over(times(now, fixedOf(i)), grown));
    growth = times(growth, grown);
  }
  return { value, change };
}

const internalRate: Call = (args) => {
  const flows = flowsOf(args);
  if (!flows.some((flow) => flow > 0n) || !flows.some((flow) => flow < 0n)) {
    throw badArgument('IRR needs what is paid and what comes back');
  }
  return solved(tenth(), (at) => slopeOfFlows(flows, at));
};

const of = (name: string, parameters: string, call: Call): Definition => ({
  name, parameters: parameters.replaceAll(/\S+/g, (one_) => one_.replace(/\??$/, ':number$&')),
  result: 'number', nulls: 'propagate', call });

export const paymentFunctions: Definition[] = [
  of('PMT', 'rate periods present future? type?', payment),
  of('IPMT', 'rate period periods present future? type?', partOfPayment(true)),
  of('PPMT', 'rate period periods present future? type?', partOfPayment(false)),
  of('PV', 'rate periods payment future? type?', presentValue),
  of('FV', 'rate periods payment present? type?', futureValue),
  of('NPER', 'rate payment present future? type?', periods),
  of('RATE', 'periods payment present future? type? guess?', rate),
  { ...of('NPV', 'rate payment', netPresentValue), repeat: 1, nulls: 'own', aggregates: true },
  { ...of('IRR', 'payment', internalRate), repeat: 1, nulls: 'skip', aggregates: true },
];
