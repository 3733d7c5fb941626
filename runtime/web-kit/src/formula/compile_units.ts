import { areMixed, goTogether, isMoney, refuseMixed } from './compile_money.ts';
import { readLiteral } from './compile_operators.ts';
import type { Compiler } from './compiler.ts';
import { decimalOf } from './decimal.ts';
import type { FunctionEntry, Parameter, Takes } from './function_entry.ts';
import type { Unit } from './names.ts';
import type { Span, Token } from './token.ts';
import { nodeOf, type Op, type Typed, typedOf } from './tree.ts';

// Durations: numbers of seconds that only go with their like. schemas/formula/README.md,
// "Durations". Twin of engine/formula/compiler_units.cpp.

const daySeconds = 86_400;
const keepers = new Set(['ABS', 'SUM', 'AVERAGE', 'MEDIAN']);
/** Their result is an amount where the first argument is one. */
const moneyKeepers = new Set(
  ['ROUND', 'ROUNDUP', 'ROUNDDOWN', 'TRUNC', 'INT', 'CEILING', 'FLOOR', 'MROUND']);
const numeric = new Set<Takes>(
  ['number', 'rows|number', 'number|date|time|datetime', 'number|text']);
export const durationHint =
  '; a duration is written "PT1H30M", or DURATION of a number of days';

/** What comes of two numbers of which one at least is a duration. */
const countings: [Token, Unit, Unit, Op, Unit][] = [
  ['+', 'duration', 'duration', 'add', 'duration'],
  ['-', 'duration', 'duration', 'subtract', 'duration'],
  ['*', 'duration', '', 'multiply', 'duration'],
  ['*', '', 'duration', 'multiply', 'duration'],
  ['/', 'duration', '', 'divide', 'duration'],
  ['/', 'duration', 'duration', 'divide', ''],
];

const isMoment = ({ free, kind }: Typed) => !free && kind === 'datetime';

export function counting(
  compiler: Compiler, token: Token, left: Typed, right: Typed, span: Span,
): Typed {
  if (isMoment(left) || isMoment(right)) return shifted(compiler, token, left, right, span);
  const adds = token === '+' || token === '-';
  const beside = (typed: Typed, other: Typed): Typed => {
    const read = typed.isTextLiteral ? readLiteral(compiler, typed, 'number', other.unit) : typed;
    if (!read.free || !read.node) return read;
    return { ...read, kind: 'number', unit: adds ? other.unit : '' };
  };
  const a = beside(left, right);
  if (!a.node) return compiler.nothing();
  const b = beside(right, a);
  if (!b.node) return compiler.nothing();
  const numbers = a.kind === 'number' && b.kind === 'number';
  const rule = countings.find(([sign, first, second]) =>
    numbers && sign === token && first === a.unit && second === b.unit);
  if (rule) return typedOf('number', nodeOf(rule[3], [a.node, b.node]), { unit: rule[4] });
  return compiler.refuse(span, 'formula.type', `these do not go together: ${
    compiler.described(a)}, ${compiler.described(b)}${durationHint}`);
}

/** A moment and a duration: what operations on moments take are days. */
function shifted(
  compiler: Compiler, token: Token, left: Typed, right: Typed, span: Span,
): Typed {
  const fromLeft = isMoment(left);
  const duration = fromLeft ? right : left;
  const fits = token === '+' || (token === '-' && fromLeft);
  if (!fits || !duration.unit || !left.node || !right.node) {
    return compiler.refuse(span, 'formula.type', `these do not go together: ${
      compiler.described(left)}, ${compiler.described(right)}`);
  }
  const days = nodeOf('divide', [fromLeft ? right.node : left.node,
    nodeOf('literal', [], { value: decimalOf(daySeconds) })]);
  return typedOf('datetime', nodeOf(token === '+' ? 'add_moment' : 'subtract_moment',
    fromLeft ? [left.node, days] : [days, right.node]));
}

/** The argument, or its problem: not every function of numbers takes what counts something. */
export function unitAccepted(
  compiler: Compiler, { name }: FunctionEntry, parameter: Parameter, argument: Typed,
): Typed {
  if (argument.free || argument.unit !== 'duration') return argument;
  if (!numeric.has(parameter.takes) || keepers.has(name)) return argument;
  const written = parameter.takes === 'number|date|time|datetime'; // Of TEXT.
  if (written && argument.unit === 'duration') return argument;
  return compiler.refuse(argument.span, 'formula.type', `${name} needs a number as its ${
    parameter.name}, and ${compiler.described(argument)
  }; divided by "PT1H" it is a number of hours`);
}

/** SUM(spent, 5) is no sum. */
export function unitsAgreed(
  compiler: Compiler, { name }: FunctionEntry, args: Typed[],
): Typed[] {
  let model: Typed | null = null;
  return !keepers.has(name) ? args : args.map((argument) => {
    if (!argument.node || argument.free) return argument;
    if (!model || (!model.unit && isMoney(argument.unit))) model = argument;
    if (goTogether(argument.unit, model.unit)) return argument;
    if (areMixed(argument.unit, model.unit)) {
      return refuseMixed(compiler, model, argument, argument.span);
    }
    return compiler.refuse(argument.span, 'formula.type', `these must be of one kind: ${
      compiler.described(model)}, ${compiler.described(argument)}`);
  });
}

export function unitOfResult({ name }: FunctionEntry, args: Typed[]): Unit {
  if (name === 'DURATION') return 'duration';
  const first = args[0]?.unit ?? '';
  if (moneyKeepers.has(name)) return isMoney(first) ? first : '';
  return keepers.has(name) ? args.find(({ free, unit }) => !free && unit)?.unit ?? '' : '';
}
