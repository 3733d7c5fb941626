import { calledIn } from './compile_calls.ts';
import { refuseSeveral } from './compile_money.ts';
import { infixIn } from './compile_operators.ts';
import { pathIn } from './compile_paths.ts';
import { parseDecimal } from './decimal.ts';
import { durationAsText } from './functions.ts';
import type { Environment } from './names.ts';
import { parse, type Syntax } from './parser.ts';
import { type Found, piece, Refused, type Rule, type Span } from './token.ts';
import { type Node, nodeOf, type Typed, typedOf, wordsOf, wordsOfTyped } from './tree.ts';
import type { Kind, Value } from './value.ts';

// From what was written to a typed tree: names, kinds, conversions; every problem. Rules and spans:
// schemas/formula/README.md, "Types".

/** What a formula reads of the rows behind one name. */
export interface RowsNeed {
  name: string;
  needs: string[][]; // Paths from each row.
}

export interface Compiled {
  root: Node;
  kind: Kind;
  live: boolean;
  looksUp: boolean;
  needs: string[][];
  rows: RowsNeed[];
}

export class Compiler {
  readonly text: string;
  readonly environment: Environment;
  live = false;
  looksUp = false;
  private readonly found: Found[] = [];
  /** Whose names are meant in the value and the condition of an aggregate. */
  row: { name: string; object: string } | null = null;
  private readonly needs = new Map<string, string[]>();
  private readonly rows = new Map<string, Map<string, string[]>>();

  constructor(text: string, environment: Environment) {
    this.text = text;
    this.environment = environment;
  }

  compile(): Compiled {
    const root = this.part(parse(this.text));
    if (root.node) this.checkResult(root);
    if (!root.node || this.found.length > 0) {
      throw new Refused(this.found.sort((a, b) => a.span.begin - b.span.begin
        || a.span.end - b.span.end));
    }
    const kind = root.free ? this.environment.kind ?? root.kind : root.kind;
    const rows = [...this.rows].map(([name, needs]) => ({ name, needs: [...needs.values()] }));
    const { live, looksUp } = this;
    return { root: root.node, kind, live, looksUp, needs: [...this.needs.values()], rows };
  }

  part(syntax: Syntax): Typed {
    const typed = this.anyPart(syntax);
    return typed.node && typed.unit === 'several' ? refuseSeveral(this, typed) : typed;
  }

  /** The same, money in several currencies among it: for what can take it as a whole. */
  anyPart(syntax: Syntax): Typed {
    const typed = { ...this.made(syntax), span: syntax.span };
    if (typed.node) typed.node.span ??= syntax.inner;
    return typed;
  }

  private made(syntax: Syntax): Typed {
    switch (syntax.kind) {
      case 'literal': return this.literal(syntax);
      case 'path': return pathIn(this, syntax);
      case 'call': return calledIn(this, syntax);
      case 'prefix': return this.prefix(syntax);
      case 'percent': return this.percent(syntax);
      case 'infix': return infixIn(this, syntax);
    }
  }

  private literal({ token, inner }: Syntax): Typed {
    const of = (kind: Kind, value: Value) => typedOf(kind, nodeOf('literal', [], { value }));
    const written = piece(this.text, inner);
    if (token === 'number') return of('number', parseDecimal(written));
    if (token === 'text') {
      const content = written.slice(1, -1).replaceAll('""', '"');
      return { ...of('text', content === '' ? null : content), isTextLiteral: true };
    }
    if (token === 'NULL') return { ...of('boolean', null), free: true };
    return of('boolean', token === 'TRUE');
  }

  private prefix({ token, operands, inner }: Syntax): Typed {
    const operand = this.operand(operands);
    if (!operand?.node) return this.nothing();
    const logical = token === 'NOT';
    const kind = logical ? 'boolean' : 'number';
    if (!operand.free && operand.kind !== kind) {
      const needs = logical ? 'NOT needs true or false' : 'a sign needs a number behind it';
      return this.refuse(inner, 'formula.type', `${needs}, and ${this.described(operand)}`);
    }
    if (token === '+') return typedOf(kind, operand.node, { unit: operand.unit });
    return typedOf(kind, nodeOf(logical ? 'negation' : 'negate', [operand.node]),
      { unit: operand.unit });
  }

  private percent({ operands, inner }: Syntax): Typed {
    const operand = this.operand(operands);
    if (!operand?.node) return this.nothing();
    if (!operand.free && (operand.kind !== 'number' || operand.unit === 'duration')) {
      return this.refuse(inner, 'formula.type',
        `% needs a number before it, and ${this.described(operand)}`);
    }
    return typedOf('number', nodeOf('percent', [operand.node]), { unit: operand.unit });
  }

  private operand([first]: Syntax[]): Typed | null {
    return first ? this.part(first) : null;
  }

  private checkResult(root: Typed) {
    const whole = { begin: 0, end: this.text.length };
    const wanted = this.environment.kind;
    if (root.free && !wanted) this.refuse(whole, 'formula.type', 'the formula is always empty');
    if (root.free || !wanted || root.kind === wanted) return;
    this.refuse(whole, 'formula.type',
      `the result must be ${wordsOf(wanted)}, and is ${wordsOf(root.kind)}`);
  }

  need(steps: string[]) {
    this.needs.set(steps.join('.'), steps);
  }

  needRows(name: string) {
    if (!this.rows.has(name)) this.rows.set(name, new Map());
  }

  needOfRow(steps: string[]) {
    if (this.row) this.rows.get(this.row.name)?.set(steps.join('.'), steps);
  }

  nothing = (): Typed => typedOf('text', null);

  refuse(span: Span, rule: Rule, message: string): Typed {
    this.found.push({ span, rule, message });
    return this.nothing();
  }

  /** "amount is a number" */
  described(typed: Typed): string {
    const written = piece(this.text, typed.span);
    return `${written.length > 40 ? 'this' : written} is ${wordsOfTyped(typed)}`;
  }
}

/** A part of `&` or CONCAT. */
export function asText(typed: Typed): Node {
  const node = typed.node ?? nodeOf('literal');
  if (typed.unit === 'duration' && !typed.free) {
    return nodeOf('call', [node], { entry: durationAsText() });
  }
  return typed.free || typed.kind === 'text' ? node : nodeOf('as_text', [node]);
}
