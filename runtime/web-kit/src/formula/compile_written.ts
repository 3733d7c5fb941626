import { likeThem } from './compile_calls.ts';
import { currencyOf, partOfMoney } from './compile_money.ts';
import { comparison } from './compile_operators.ts';
import { memberNode, unknownField } from './compile_paths.ts';
import type { Compiler } from './compiler.ts';
import { decimalOf } from './decimal.ts';
import type { FunctionEntry } from './function_entry.ts';
import { findFunction, formatOf, takesCount, wrongCount } from './functions.ts';
import type { Syntax } from './parser.ts';
import { currencyName } from './names.ts';
import { piece } from './token.ts';
import { type Node, nodeOf, type Typed, typedOf } from './tree.ts';
import type { Kind, Value } from './value.ts';

// Functions that are written with operations, once the kinds are known.

const literal = (kind: Kind, value: Value): Typed =>
  typedOf(kind, nodeOf('literal', [], { value }));
const counted = new Set<Kind>(['number', 'date', 'time', 'datetime']);
const asked: Record<string, Kind> = {
  ISNUMBER: 'number', ISLOGICAL: 'boolean', ISTEXT: 'text', ISNONTEXT: 'text',
};

/** null: written as a call. */
export function writtenOut(entry: FunctionEntry, args: Typed[]): Typed | null {
  const [first] = args;
  const { name } = entry;
  if (!first?.node) return null;
  if (name in asked) return kindAsked(name, first, first.node);
  if (name === 'CHOOSE') return chosen(entry, args);
  if (name === 'COUNT') {
    const nodes = args.flatMap((one) => (one.node && !one.free && counted.has(one.kind)
      ? [one.node] : []));
    return nodes.length === 0 ? literal('number', decimalOf(0))
      : typedOf('number', nodeOf('call', nodes, { entry }));
  }
  if (name === 'T') {
    return first.free || first.kind !== 'text' ? literal('text', null)
      : typedOf('text', nodeOf('first_given', [first.node]));
  }
  if (name === 'N') return numberOf(first, first.node);
  const counts = first.unit === 'duration' ? first.unit : first.kind;
  return name === 'TEXT' && !first.free && counts !== 'number'
    ? formatted(counts, first.node, args[1]?.node ?? nodeOf('literal')) : null;
}

function kindAsked(name: string, { free, kind }: Typed, node: Node): Typed {
  const opposite = name === 'ISNONTEXT';
  if (free || kind !== asked[name]) return literal('boolean', opposite);
  const blank = nodeOf('is_blank', [node]);
  return typedOf('boolean', opposite ? blank : nodeOf('negation', [blank]));
}

function numberOf({ free, kind }: Typed, node: Node): Typed {
  const [zero, one] = [0, 1].map((value) => nodeOf('literal', [], { value: decimalOf(value) }));
  if (!zero || !one) return literal('number', null);
  if (!free && kind === 'boolean') return typedOf('number', nodeOf('choose', [node, one, zero]));
  if (!free && kind === 'number') return typedOf('number', nodeOf('first_given', [node, zero]));
  return literal('number', decimalOf(0));
}

/** A SWITCH over 1, 2, 3 … */
function chosen(entry: FunctionEntry, [index, ...values]: Typed[]): Typed {
  const cut = nodeOf('call', index?.node ? [index.node] : [],
    { entry: findFunction('TRUNC') ?? null });
  const cases = values.flatMap(({ node }, i) =>
    [nodeOf('literal', [], { value: decimalOf(i + 1) }), node ?? nodeOf('literal')]);
  const node = nodeOf('match', [cut, ...cases], { entry });
  return likeThem(node, values);
}

function formatted(kind: Kind | 'duration', value: Node, format: Node): Typed {
  const children = kind === 'datetime'
    ? [nodeOf('local_date', [value]), nodeOf('local_time', [value]), format] : [value, format];
  return typedOf('text', nodeOf('call', children, { entry: formatOf(kind) }));
}

/** The field as it is and as it was. */
function changeField(compiler: Compiler, entry: FunctionEntry, syntax: Syntax): Typed[] | null {
  const [step, second] = syntax.steps;
  const name = step && syntax.kind === 'path' && syntax.steps.length <= 2
    ? piece(compiler.text, step) : '$';
  const { names, object } = compiler.environment;
  const whole = name.startsWith('$') ? null : names.member(object, name);
  const member = whole && second ? partOfMoney(whole, piece(compiler.text, second)) : whole;
  if (!step || name.startsWith('$') || (second && !member)) {
    compiler.refuse(syntax.span, 'formula.type',
      `${entry.name} needs the name of a field of the record`);
    return null;
  }
  if (!member) {
    unknownField(compiler, object, step);
    return null;
  }
  const read = second && member.kind === 'text' ? currencyName(name) : name;
  return (['record', 'old'] as const).map((from) => {
    const typed = { ...memberNode(compiler, member, [read], from), span: syntax.span };
    if (typed.node) typed.node.span = syntax.inner;
    return typed;
  });
}

/** What tells a change: of money in several currencies, 10 in one are not 10 in another. */
function changesOf(compiler: Compiler, pair: Typed[], ofFields: boolean): Node[] {
  const whole = ofFields && pair.every(({ node, unit }) => node && unit === 'several');
  const pairs = [pair, ...(whole ? [pair.map((one) => currencyOf(compiler, one))] : [])];
  return pairs.map((both) => nodeOf('not_equal', both.flatMap(({ node }) => node ?? [])));
}

/** CHANGED, WAS, BECOMES. */
export function changeIn(compiler: Compiler, entry: FunctionEntry, syntax: Syntax): Typed {
  const { operands, inner } = syntax;
  if (!compiler.environment.names.tellsChanges) {
    return compiler.refuse(syntax.name, 'formula.unknown',
      `${entry.name} is known in rules and flows only`);
  }
  if (!takesCount(entry, operands.length)) {
    return wrongCount(compiler, entry, operands.length, syntax);
  }
  const ofFields = entry.repeat > 0;
  const pairs = (ofFields ? operands : operands.slice(0, 1))
    .map((operand) => changeField(compiler, entry, operand));
  const sound = pairs.every((pair) => pair !== null);
  const changes = pairs.flatMap((pair) => (pair ? changesOf(compiler, pair, ofFields) : []));
  if (ofFields) return sound ? typedOf('boolean', nodeOf('any', changes)) : compiler.nothing();
  const value = operands[1] ? compiler.part(operands[1]) : null;
  const [now, before] = pairs[0] ?? [];
  if (!now || !before || !value?.node) return compiler.nothing();
  if (entry.name === 'WAS') return comparison(compiler, 'equal', before, value, inner);
  const is = comparison(compiler, 'equal', now, value, inner);
  return is.node ? typedOf('boolean', nodeOf('all', [is.node, ...changes])) : compiler.nothing();
}
