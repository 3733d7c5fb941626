import { acceptedBy, agreed } from './compile_calls.ts';
import { refuseSeveral } from './compile_money.ts';
import { resolved } from './compile_paths.ts';
import { unitOfResult } from './compile_units.ts';
import { asText, type Compiler } from './compiler.ts';
import type { FunctionEntry } from './function_entry.ts';
import { besideRows, placeOfRows, takesOnlyRows, wrongCount } from './functions.ts';
import type { Syntax } from './parser.ts';
import { piece } from './token.ts';
import { type Node, nodeOf, type Typed, typedOf } from './tree.ts';

// Aggregates: SUM(lines.amount, kind = "goods"). Value and condition are typed in the scope of a
// row.

const namesMax = 4;

/** Where rows are taken stands a name of many; aggregates do not nest. */
function manyOf(compiler: Compiler, entry: FunctionEntry, syntax: Syntax) {
  const operand = syntax.operands[placeOfRows(entry)];
  const [first] = operand?.steps ?? [];
  if (compiler.row || operand?.kind !== 'path' || !first) return null;
  const name = piece(compiler.text, first);
  const many = compiler.environment.names.many?.(compiler.environment.object, name);
  return many ? { name, object: many.object } : null;
}

/** null: an ordinary call. */
export function aggregateIn(
  compiler: Compiler, entry: FunctionEntry, syntax: Syntax,
): Typed | null {
  if (!entry.aggregates) return null;
  const many = manyOf(compiler, entry, syntax);
  if (many) return aggregate(compiler, entry, many, syntax);
  if (!takesOnlyRows(entry)) return null;
  const [operand] = syntax.operands;
  if (!operand) return wrongCount(compiler, entry, 0, syntax);
  return compiler.refuse(operand.span, 'formula.type', compiler.row
    ? 'an aggregate cannot stand in the condition of another'
    : `${entry.name} needs lines, or records that refer here`);
}

function aggregate(
  compiler: Compiler, entry: FunctionEntry, many: { name: string; object: string }, syntax: Syntax,
): Typed {
  const place = placeOfRows(entry);
  const beside = takesOnlyRows(entry) ? entry.parameters.length - 2 : place;
  const others: Typed[] = [];
  let value: Typed | null = null;
  let condition: Typed | null = null;
  compiler.needRows(many.name);
  syntax.operands.forEach((operand, i) => {
    if (i !== place && others.length < beside) {
      others.push(acceptedBy(compiler, entry, besideRows(entry, others.length),
        compiler.part(operand)));
      return;
    }
    compiler.row = many;
    if (i === place) value = rowValue(compiler, entry, operand);
    else condition = rowCondition(compiler, operand);
    compiler.row = null;
  });
  const count = syntax.operands.length;
  if (count < beside + 1 || count > beside + 2) return wrongCount(compiler, entry, count, syntax);
  return joined(compiler, entry, many.name, [value, condition, ...others]);
}

function joined(
  compiler: Compiler, entry: FunctionEntry, name: string, parts: (Typed | null)[],
): Typed {
  const [value, condition, ...others] = parts;
  const holds = condition ?? typedOf('boolean', nodeOf('literal', [], { value: true }));
  const otherNodes = others.flatMap((one) => (one?.node ? [one.node] : []));
  if (!value?.node || !holds.node || otherNodes.length < others.length) return compiler.nothing();
  const node = nodeOf('aggregate', [aggregated(entry, value), holds.node, ...otherNodes],
    { entry, steps: [name] });
  return typedOf(entry.result ?? value.kind, node, {
    object: entry.result ? '' : value.object,
    unit: entry.result ? unitOfResult(entry, [value]) : value.unit,
  });
}

function rowValue(compiler: Compiler, entry: FunctionEntry, syntax: Syntax): Typed {
  const parameter = besideRows(entry, placeOfRows(entry) - (takesOnlyRows(entry) ? 1 : 0));
  const names = syntax.steps.slice(1);
  const { row } = compiler;
  if (names.length === 0 && parameter.takes === 'any' && entry.result === 'number') {
    return typedOf('boolean', nodeOf('literal', [], { value: true }));
  }
  if (names.length === 0 || !row) {
    return compiler.refuse(syntax.inner, 'formula.type',
      `the name of a field must follow ${piece(compiler.text, syntax.inner)}`);
  }
  if (names.length > namesMax) {
    return compiler.refuse(syntax.inner, 'formula.limit', `a path has at most ${namesMax} names`);
  }
  const typed = { ...resolved(compiler, syntax, names, row.object, 'row'), span: syntax.span };
  const counts = parameter.takes === 'any' && entry.result === 'number';
  if (typed.node && typed.unit === 'several' && !counts) return refuseSeveral(compiler, typed);
  const value = acceptedBy(compiler, entry, parameter, typed);
  return parameter.takes === 'T' ? agreed(compiler, [value], 'ordered')[0] ?? value : value;
}

/** COUNT looks at whether there is a value, ANY and ALL take null as false, others at its text. */
function aggregated(entry: FunctionEntry, value: Typed): Node {
  const node = value.node ?? nodeOf('literal');
  const takes = entry.parameters[placeOfRows(entry)]?.takes;
  if (takes === 'rows|boolean') return nodeOf('all', [node]);
  if (entry.result === 'text' || takes === 'rows') return asText(value);
  if (takes !== 'any') return node;
  return nodeOf('choose', [nodeOf('is_blank', [node]), nodeOf('literal'),
    nodeOf('literal', [], { value: true })]);
}

function rowCondition(compiler: Compiler, operand: Syntax): Typed {
  const condition = compiler.part(operand);
  if (!condition.node || condition.free || condition.kind === 'boolean') return condition;
  return compiler.refuse(condition.span, 'formula.type',
    `a condition must be true or false, and ${compiler.described(condition)}`);
}
