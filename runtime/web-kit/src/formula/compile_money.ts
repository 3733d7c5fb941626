import { acceptedBy, callOf } from './compile_calls.ts';
import type { Compiler } from './compiler.ts';
import type { FunctionEntry } from './function_entry.ts';
import { findFunction, parameterAt, takesCount, wrongCount } from './functions.ts';
import { currencyName, type Member, type Unit } from './names.ts';
import type { Syntax } from './parser.ts';
import { piece, type Span, type Token } from './token.ts';
import { nodeOf, type Typed, typedOf } from './tree.ts';

// Amounts of currencies: which go together, and EXCHANGE. They are numbers in every other respect.
// schemas/formula/README.md, "Money". Twin of engine/formula/compiler_money.cpp.

export const isMoney = (unit: Unit): boolean => /^[A-Z]{3}$/.test(unit);

/** Both count the same, or one is a plain number beside an amount. */
export const goTogether = (a: Unit, b: Unit): boolean =>
  a === b || (a === '' && isMoney(b)) || (isMoney(a) && b === '');

export const areMixed = (a: Unit, b: Unit): boolean => isMoney(a) && isMoney(b) && a !== b;

/** price.amount, price.currency; null for another name, or of what is no such money. */
export function partOfMoney(member: Member, name: string): Member | null {
  const { currencies } = member;
  if (!currencies || (name !== 'amount' && name !== 'currency')) return null;
  return name === 'amount' ? { kind: 'number', object: '', options: [] }
    : { kind: 'text', object: '', options: currencies };
}

export const noPartOfMoney = (compiler: Compiler, before: Span, step: Span): Typed =>
  compiler.refuse(step, 'formula.type', `behind ${
    piece(compiler.text, before)} there is its "amount" and its "currency"`);

/** A path, so that the hint can be written with it. */
export function refuseSeveral(compiler: Compiler, money: Typed): Typed {
  const path = piece(compiler.text, money.span);
  const way = compiler.row
    ? `take a field of the rows that is computed by EXCHANGE, or ${path}.amount, the bare number`
    : `EXCHANGE(${path}, "CNY") converts it, ${path}.amount is the bare number`;
  return compiler.refuse(money.span, 'formula.type',
    `${path} is an amount in one of several currencies: ${way}`);
}

export function refuseMixed(compiler: Compiler, left: Typed, right: Typed, span: Span): Typed {
  const written = (typed: Typed) => piece(compiler.text, typed.span);
  const amount = (typed: Typed) => `${written(typed)} is an amount in ${typed.unit}`;
  return compiler.refuse(span, 'formula.type', `these do not go together: ${amount(left)}, ${
    amount(right)}; EXCHANGE(${written(right)}, "${left.unit}") converts it`);
}

/** What comes of two numbers of which one may be an amount; null: they do not go together. */
export function unitBeside(token: Token, left: Typed, right: Typed): Unit | null {
  if (areMixed(left.unit, right.unit)) return null;
  const unit = isMoney(left.unit) ? left.unit : right.unit;
  const both = isMoney(left.unit) && isMoney(right.unit);
  switch (token) {
    case '+': case '-': return unit;
    case '*': return both ? '' : unit;
    case '/': return isMoney(right.unit) ? '' : unit;
    default: return '';
  }
}

/** The currency of money in several: beside its amount, under its own name. */
export function currencyOf(compiler: Compiler, { node, span }: Typed): Typed {
  if (!node) return compiler.nothing();
  const steps = [...node.steps];
  steps.push(currencyName(steps.pop() ?? ''));
  if (node.op === 'row_field' || node.op === 'row_path') compiler.needOfRow(steps);
  else compiler.need(node.op === 'old_field' ? ['$old', ...steps] : steps);
  return typedOf('text', { ...node, steps }, { span });
}

/** Of what is converted; none: it has no currency that is known. */
function currencyIn(compiler: Compiler, amount: Typed): Typed {
  if (!amount.node) return compiler.nothing();
  if (amount.unit === 'several') return currencyOf(compiler, amount);
  if (isMoney(amount.unit)) {
    return typedOf('text', nodeOf('literal', [], { value: amount.unit }), { span: amount.span });
  }
  return compiler.refuse(amount.span, 'formula.type',
    `EXCHANGE needs an amount whose currency is known, and ${
      compiler.described(amount)}; write the field of type money itself`);
}

const known = new Set(Intl.supportedValuesOf('currency'));

/** What the code says, where it is written. */
function unitNamed({ node, isTextLiteral }: Typed): Unit {
  const code = isTextLiteral ? node?.value : null;
  return typeof code === 'string' && known.has(code) ? code : '';
}

/** The amount times the rate of its currency. */
export function exchangeIn(compiler: Compiler, entry: FunctionEntry, syntax: Syntax): Typed {
  const [first, ...others] = syntax.operands;
  const count = syntax.operands.length;
  if (!first || !takesCount(entry, count)) return wrongCount(compiler, entry, count, syntax);
  const amount = compiler.anyPart(first);
  const currency = currencyIn(compiler, amount);
  const rest = others.map((operand, i) => acceptedBy(compiler, entry,
    parameterAt(entry, i + 1, count), compiler.part(operand)));
  const rates = findFunction('EXCHANGE_RATE');
  if (!rates) {
    compiler.refuse(syntax.name, 'formula.unknown', 'there is no function "EXCHANGE_RATE"');
  }
  const [to] = rest;
  if (!rates || !to || !amount.node || [currency, ...rest].some(({ node }) => !node)) {
    return compiler.nothing();
  }
  const unit = unitNamed(to);
  if (to.isTextLiteral && !unit) {
    return compiler.refuse(to.span, 'formula.type', `there is no currency ${
      piece(compiler.text, to.span)}; it is an ISO 4217 code, as "USD"`);
  }
  const rate = callOf(compiler, rates, [currency, ...rest]);
  if (!rate.node) return compiler.nothing();
  return typedOf('number', nodeOf('multiply', [amount.node, rate.node]), { unit });
}
