import { asText, type Compiler } from './compiler.ts';
import {
  areMixed, goTogether, refuseMixed, refuseSeveral, unitBeside,
} from './compile_money.ts';
import { counting, durationHint } from './compile_units.ts';
import { parseDate, parseDateTime, parseTime } from './date.ts';
import { secondsOfIso } from '../format/duration.ts';
import { decimalOf } from './decimal.ts';
import type { Unit } from './names.ts';
import { parseReference } from './record_id.ts';
import type { Syntax } from './parser.ts';
import { didYouMean } from './suggest.ts';
import type { Span, Token } from './token.ts';
import { type Node, nodeOf, type Op, type Typed, typedOf } from './tree.ts';
import { dateValue, type Kind, momentValue, timeValue, type Value } from './value.ts';

const arithmetics: [Token, Kind, Kind, Op, Kind][] = [
  ['+', 'number', 'number', 'add', 'number'],
  ['+', 'date', 'number', 'add_days', 'date'],
  ['+', 'number', 'date', 'add_days', 'date'],
  ['+', 'datetime', 'number', 'add_moment', 'datetime'],
  ['+', 'number', 'datetime', 'add_moment', 'datetime'],
  ['-', 'number', 'number', 'subtract', 'number'],
  ['-', 'date', 'number', 'subtract_days', 'date'],
  ['-', 'datetime', 'number', 'subtract_moment', 'datetime'],
  ['-', 'date', 'date', 'days_between', 'number'],
  ['-', 'datetime', 'datetime', 'moments_between', 'number'],
  ['*', 'number', 'number', 'multiply', 'number'],
  ['/', 'number', 'number', 'divide', 'number'],
  ['^', 'number', 'number', 'power', 'number'],
];

const comparisons: Partial<Record<Token, Op>> = {
  '=': 'equal', '<>': 'not_equal', '<': 'less', '<=': 'less_equal', '>': 'greater',
  '>=': 'greater_equal',
};
const ordered = new Set<Kind>(['number', 'text', 'date', 'time', 'datetime']);
const isCalendar = (kind: Kind) => kind === 'date' || kind === 'datetime';

/** The nodes of what is sound. */
const nodesOf = (parts: Typed[]): Node[] => parts.flatMap(({ node }) => (node ? [node] : []));

export function infixIn(compiler: Compiler, { token, operands, inner }: Syntax): Typed {
  const asksEmpty = token === '=' || token === '<>';
  const parts = operands.map((operand) => (asksEmpty ? compiler.anyPart(operand)
    : compiler.part(operand)));
  if (token === 'AND' || token === 'OR') return logic(compiler, token, parts);
  const [left, right] = parts;
  if (!left || !right || parts.some(({ node }) => !node)) return compiler.nothing();
  if (token === '&') {
    return typedOf('text', nodeOf('join', parts.map((one) => asText(one))));
  }
  const op = comparisons[token];
  return op ? comparison(compiler, op, left, right, inner)
    : arithmetic(compiler, token, left, right, inner);
}

/** The kind of an operand; NULL takes the one that makes sense beside the other. */
function kindBeside(typed: Typed, other: Typed, leftOfMinus: boolean): Kind {
  if (!typed.free) return typed.kind;
  return leftOfMinus && !other.free && isCalendar(other.kind) ? other.kind : 'number';
}

function arithmetic(
  compiler: Compiler, token: Token, left: Typed, right: Typed, span: Span,
): Typed {
  if (left.unit === 'duration' || right.unit === 'duration') {
    return counting(compiler, token, left, right, span);
  }
  const a = kindBeside(left, right, token === '-');
  const b = kindBeside(right, left, false);
  const rule = arithmetics.find(([sign, first, second]) =>
    sign === token && first === a && second === b);
  if (rule) {
    const unit = unitBeside(token, left, right);
    if (unit === null) return refuseMixed(compiler, left, right, span);
    return typedOf(rule[4], nodeOf(rule[3], nodesOf([left, right])),
      { unit: rule[4] === 'number' ? unit : '' });
  }
  const hint = token === '+' && (a === 'text' || b === 'text') ? '; texts are joined by &' : '';
  return compiler.refuse(span, 'formula.type', `these do not go together: ${
    compiler.described(left)}, ${compiler.described(right)}${hint}`);
}

export function comparison(
  compiler: Compiler, op: Op, first: Typed, second: Typed, span: Span,
): Typed {
  if (first.unit === 'several' && !second.free) return refuseSeveral(compiler, first);
  if (second.unit === 'several' && !first.free) return refuseSeveral(compiler, second);
  const [left = first, right = second] = adapted(compiler, [first, second]);
  if (!left.node || !right.node) return compiler.nothing();
  const refuse = (message: string) => compiler.refuse(span, 'formula.type', message);
  const free = left.free || right.free;
  if (!free && left.kind !== right.kind) {
    const dates = isCalendar(left.kind) && isCalendar(right.kind)
      ? '; DATEVALUE gives the date of a date with time' : '';
    return refuse(`these cannot be compared: ${compiler.described(left)}, ${
      compiler.described(right)}${dates}`);
  }
  if (!free && areMixed(left.unit, right.unit)) return refuseMixed(compiler, left, right, span);
  if (!free && !goTogether(left.unit, right.unit)) {
    return refuse(`these cannot be compared: ${compiler.described(left)}, ${
      compiler.described(right)}${durationHint}`);
  }
  if (!free && left.object !== right.object) {
    return refuse(`these are never equal: one refers to ${left.object}, the other to ${
      right.object}`);
  }
  const given = left.free ? right : left;
  if (op !== 'equal' && op !== 'not_equal' && !given.free && !ordered.has(given.kind)) {
    return refuse(`${compiler.described(given)}, which has no order: use = or <>`);
  }
  return typedOf('boolean', nodeOf(op, [left.node, right.node]));
}

function logic(compiler: Compiler, token: 'AND' | 'OR', parts: Typed[]): Typed {
  let sound = true;
  for (const part of parts) {
    if (part.node && !part.free && part.kind !== 'boolean') {
      compiler.refuse(part.span, 'formula.type',
        `${token} needs true or false, and ${compiler.described(part)}`);
      sound = false;
    }
    sound &&= part.node !== null;
  }
  if (!sound) return compiler.nothing();
  return typedOf('boolean', nodeOf(token === 'AND' ? 'all' : 'any', nodesOf(parts)));
}

/** Text literals beside a date, a reference or a choice: read as one, or checked. */
export function adapted(compiler: Compiler, group: Typed[]): Typed[] {
  const model = group.find((typed) => typed.node && !typed.free && !typed.isTextLiteral);
  if (!model) return group;
  const { kind, unit } = model;
  const read = isCalendar(kind) || kind === 'time' || kind === 'reference' || unit === 'duration';
  return group.map((typed) => {
    if (!typed.node || !typed.isTextLiteral) return typed;
    if (kind === 'text') return checkedOption(compiler, typed, model.options);
    return read ? { ...readLiteral(compiler, typed, kind, unit), object: model.object } : typed;
  });
}

const examples: Partial<Record<Kind, string>> = {
  number: 'a duration such as "PT1H30M"',
  date: 'a date such as "2026-11-23"', time: 'a time such as "09:30"',
  datetime: 'a date with time such as "2026-11-23T09:30:00+08:00"',
};

function valueOfText(kind: Kind, text: string): Value {
  if (kind === 'reference') return parseReference(text);
  if (kind === 'number') {
    const seconds = secondsOfIso(text);
    return seconds === null ? null : decimalOf(seconds);
  }
  const parsed = kind === 'date' ? parseDate(text)
    : kind === 'time' ? parseTime(text) : parseDateTime(text);
  if (parsed === null) return null;
  return kind === 'date' ? dateValue(parsed)
    : kind === 'time' ? timeValue(parsed) : momentValue(parsed);
}

export function readLiteral(
  compiler: Compiler, literal: Typed, kind: Kind, unit: Unit = '',
): Typed {
  const text = literal.node?.value;
  if (typeof text !== 'string') return { ...literal, kind, unit };
  const value = valueOfText(kind, text);
  if (value !== null) return { ...literal, kind, unit, node: nodeOf('literal', [], { value }) };
  return { ...compiler.refuse(literal.span, 'formula.type', `this must be ${
    examples[kind] ?? 'the id of a record: 13 letters and digits'}`), span: literal.span };
}

export function checkedOption(
  compiler: Compiler, literal: Typed, options: readonly string[],
): Typed {
  const text = literal.node?.value;
  if (options.length === 0 || !literal.isTextLiteral || typeof text !== 'string') return literal;
  if (options.includes(text)) return literal;
  return compiler.refuse(literal.span, 'formula.type',
    `there is no option "${text}"${didYouMean(text, options)}`);
}
