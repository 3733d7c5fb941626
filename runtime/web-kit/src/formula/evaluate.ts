import { bytesUpTo } from './code_points.ts';
import { dayMs, firstMs, lastMs } from './date.ts';
import {
  decimalOf, floorOf, isNegative, negated, scaledAt, tenTo, truncated, type Decimal,
} from './decimal.ts';
import { add, divide, multiply, subtract } from './decimal_math.ts';
import { daysIn, numberIn } from './function_entry.ts';
import { callFunction } from './functions.ts';
import { dayAfter } from './functions_date.ts';
import { raised } from './functions_number.ts';
import { textBytesMax } from './functions_text.ts';
import { LeftToServer, outside, Refusal, tooLong } from './refusal.ts';
import { type Node, nodeOf, type Op } from './tree.ts';
import {
  compareValues, dateValue, joinedText, momentValue, sameValue, timeValue, type Value,
} from './value.ts';
import { localOf } from './zone.ts';

/** What a formula is computed of: the record's values, paths over references, the moment. */
/** A line, or a record that refers back. */
export interface Row {
  field: (name: string) => Value;
  path: (steps: readonly string[]) => Value;
}

export interface Scope {
  field: (name: string) => Value;
  path: (steps: readonly string[]) => Value;
  user: Value;
  today: number;
  now: number;
  zone: string;
  /** By the name of the lines or records. */
  rows?: (name: string) => readonly Row[];
  /** As it was before the change; null in a new record. */
  old?: (name: string) => Value;
  /** The row that an aggregate looks at. */
  row?: Row;
  /** Told what came out of each part: explain(). */
  trace?: (node: Node, value: Value, rule: string | null) => void;
}

type Walk = (node: Node, scope: Scope) => Value;

const msIn = (value: Value): number =>
  (value !== null && typeof value === 'object' && value.kind === 'datetime' ? value.ms : 0);

/** An empty text is null; none is too long. */
function kept(value: Value): Value {
  if (typeof value !== 'string') return value;
  if (value === '') return null;
  if (value.length * 3 > textBytesMax && bytesUpTo(value) > textBytesMax) throw tooLong();
  return value;
}

const nothing = nodeOf('literal');
const child = (node: Node, place: number): Node => node.children[place] ?? nothing;

const one = (run: (value: Exclude<Value, null>, scope: Scope) => Value): Walk => (node, scope) => {
  const value = evaluateNode(child(node, 0), scope);
  return value === null ? null : run(value, scope);
};
const two = (run: (left: Value, right: Value) => Value): Walk => (node, scope) => {
  const left = evaluateNode(child(node, 0), scope);
  return run(left, evaluateNode(child(node, 1), scope));
};
const numbers = (run: (left: Decimal, right: Decimal) => Value): Walk => two((left, right) =>
  (left === null || right === null ? null : run(numberIn(left), numberIn(right))));

const beyond = 10_000_000; // More days than the calendar has.

/** Days as milliseconds, rounded half away from zero. */
function millisecondsOf(days: Decimal): number {
  const whole = scaledAt(truncated(days, 0), 0);
  if (whole === null || whole > beyond || whole < -beyond) throw outside();
  const unit = tenTo(days.scale);
  const scaled = days.coefficient * BigInt(dayMs);
  const size = ((scaled < 0n ? -scaled : scaled) * 2n + unit) / (unit * 2n);
  return Number(scaled < 0n ? -size : size);
}

function moved(left: Value, right: Value, back: boolean): Value {
  if (left === null || right === null) return null;
  const turned = typeof left === 'object' && left.kind === 'number'; // 1 + due_on
  const [start, number] = turned ? [right, left] : [left, numberIn(right)];
  const days = back ? negated(number) : number;
  if (typeof start === 'object' && start.kind === 'datetime') {
    const ms = start.ms + millisecondsOf(days);
    if (ms < firstMs || ms > lastMs) throw outside();
    return momentValue(ms);
  }
  const whole = scaledAt(floorOf(days), 0);
  const by = whole === null ? (isNegative(days) ? -beyond : beyond) : Number(whole);
  return dayAfter(daysIn(start), Math.min(Math.max(by, -beyond), beyond));
}

const orders = (holds: (order: number) => boolean): Walk => two((left, right) =>
  left !== null && right !== null && holds(compareValues(left, right)));

/** AND stops at what is not true, OR at what is. */
const logic = (decisive: boolean): Walk => (node, scope) => {
  for (const operand of node.children) {
    if ((evaluateNode(operand, scope) === true) === decisive) return decisive;
  }
  return !decisive;
};

function caught<T>(run: () => T, otherwise: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return otherwise();
  }
}

const chooseFirst: Walk = (node, scope) => {
  for (let i = 0; i < node.children.length; i += 2) {
    const holds = evaluateNode(child(node, i), scope) === true;
    if (holds) return evaluateNode(child(node, i + 1), scope);
  }
  return null;
};

const match: Walk = (node, scope) => {
  const subject = evaluateNode(child(node, 0), scope);
  let i = 1;
  for (; i + 1 < node.children.length; i += 2) {
    if (sameValue(subject, evaluateNode(child(node, i), scope))) {
      return evaluateNode(child(node, i + 1), scope);
    }
  }
  return evaluateNode(child(node, i), scope);
};

const among: Walk = (node, scope) => {
  const [subject = null, ...items] = node.children.map((part) => evaluateNode(part, scope));
  return items.some((item) => sameValue(subject, item));
};

/** The other arguments come first, then row by row the condition and, where it holds, the value. */
const aggregate: Walk = (node, scope) => {
  const values = node.children.slice(2).map((part) => evaluateNode(part, scope));
  for (const row of scope.rows?.(node.steps[0] ?? '') ?? []) {
    const inside: Scope = { ...scope, row, trace: undefined };
    if (evaluateNode(child(node, 1), inside) !== true) continue;
    const value = evaluateNode(child(node, 0), inside);
    if (value !== null) values.push(value);
  }
  return node.entry ? kept(callFunction(node.entry, values)) : null;
};

const firstGiven: Walk = (node, scope) => {
  for (const part of node.children) {
    const value = evaluateNode(part, scope);
    if (value !== null) return value;
  }
  return null;
};

const walks: Record<Op, Walk> = {
  row_field: (node, { row }) => row?.field(node.steps[0] ?? '') ?? null,
  row_path: (node, { row }) => row?.path(node.steps) ?? null,
  old_field: (node, { old }) => old?.(node.steps[0] ?? '') ?? null,
  aggregate,
  literal: (node) => node.value,
  field: (node, scope) => scope.field(node.steps[0] ?? ''),
  path: (node, scope) => scope.path(node.steps),
  user: (_, scope) => scope.user,
  now: (_, scope) => momentValue(scope.now),
  today: (_, scope) => dateValue(scope.today),
  local_date: one((value, scope) => dateValue(localOf(msIn(value), scope.zone).days)),
  local_time: one((value, scope) => timeValue(localOf(msIn(value), scope.zone).seconds)),
  as_text: one((value) => kept(joinedText(value))),
  negate: one((value) => negated(numberIn(value))),
  percent: one((value) => multiply(numberIn(value), decimalOf(1, 2))),
  add: numbers(add),
  subtract: numbers(subtract),
  multiply: numbers(multiply),
  divide: numbers(divide),
  power: numbers(raised),
  add_days: two((left, right) => moved(left, right, false)),
  subtract_days: two((left, right) => moved(left, right, true)),
  add_moment: two((left, right) => moved(left, right, false)),
  subtract_moment: two((left, right) => moved(left, right, true)),
  days_between: two((left, right) => (left === null || right === null ? null
    : decimalOf(daysIn(left) - daysIn(right)))),
  moments_between: two((left, right) => (left === null || right === null ? null
    : divide(decimalOf(msIn(left) - msIn(right)), decimalOf(dayMs)))),
  equal: two(sameValue),
  not_equal: two((left, right) => !sameValue(left, right)),
  less: orders((order) => order < 0),
  less_equal: orders((order) => order <= 0),
  greater: orders((order) => order > 0),
  greater_equal: orders((order) => order >= 0),
  join: (node, scope) => kept(
    node.children.map((part) => joinedText(evaluateNode(part, scope))).join('')),
  all: logic(false),
  any: logic(true),
  negation: (node, scope) => evaluateNode(child(node, 0), scope) !== true,
  choose: (node, scope) => evaluateNode(
    child(node, evaluateNode(child(node, 0), scope) === true ? 1 : 2), scope),
  choose_first: chooseFirst,
  match,
  among,
  is_blank: (node, scope) => evaluateNode(child(node, 0), scope) === null,
  is_error: (node, scope) => caught(() => {
    evaluateNode(child(node, 0), scope);
    return false;
  }, () => true),
  first_given: firstGiven,
  if_error: (node, scope) => caught(
    () => evaluateNode(child(node, 0), scope), () => evaluateNode(child(node, 1), scope)),
  call: (node, scope) => {
    if (node.entry?.looksUp) throw new LeftToServer('only the server looks at records');
    const values = node.children.map((part) => evaluateNode(part, scope));
    return node.entry ? kept(callFunction(node.entry, values)) : null;
  },
};

/** A value or null; what cannot be computed is thrown as a Refusal. */
export function evaluateNode(node: Node, scope: Scope): Value {
  if (!scope.trace) return walks[node.op](node, scope);
  try {
    const value = walks[node.op](node, scope);
    scope.trace(node, value, null);
    return value;
  } catch (error) {
    if (error instanceof Refusal) scope.trace(node, null, error.rule);
    throw error;
  }
}
