import { bytesUpTo } from './code_points.ts';
import { lex } from './lexer.ts';
import { type Lexeme, piece, Refused, type Span, type Token } from './token.ts';

// A formula's text as a tree: what was written, without knowing what the names mean.

export interface Syntax {
  kind: 'literal' | 'path' | 'call' | 'prefix' | 'percent' | 'infix';
  token: Token; // Of a literal, prefix or infix.
  span: Span; // With the parentheses around it.
  inner: Span; // Without them.
  name: Span; // Of a call.
  steps: Span[]; // Of a path: the first is a word or $name.
  operands: Syntax[]; // A chain of AND, OR or & has all of them.
  depth: number; // Parentheses count.
  enclosed: boolean;
}

const bytesMax = 4096;
const depthMax = 64;
const nodesMax = 1024;

// How tightly an operator binds. As in Excel, with AND, OR and NOT below.
const binds: Partial<Record<Token, number>> = {
  OR: 1, AND: 2, '=': 4, '<>': 4, '<': 4, '<=': 4, '>': 4, '>=': 4, '&': 5, '+': 6, '-': 6,
  '*': 7, '/': 7, '^': 8,
};
const least = { or: 1, not: 3, sign: 9 };
const chained = new Set<Token>(['AND', 'OR', '&']);
const names = new Set<Token>(['word', 'AND', 'OR', 'NOT', 'TRUE', 'FALSE', 'NULL']);
const literals = new Set<Token>(['number', 'text', 'TRUE', 'FALSE', 'NULL']);
const callable = new Set<Token>(['word', 'AND', 'OR', 'NOT']);

class Parser {
  private at = 0;
  private count = 0;
  private readonly text: string;
  private readonly lexemes: Lexeme[];

  constructor(text: string, lexemes: Lexeme[]) {
    this.text = text;
    this.lexemes = lexemes;
  }

  parse(): Syntax {
    if (this.peek() === 'end') throw this.refused('the formula is empty');
    const root = this.expression(least.or, 1);
    if (this.peek() !== 'end') throw this.unexpected();
    return root;
  }

  /** An operand and all operators behind it that bind at least so tightly. */
  private expression(from: number, depth: number): Syntax {
    let left = this.operand(from, depth);
    for (;;) {
      const token = this.peek();
      const power = binds[token] ?? 0;
      if (power === 0 || power < from) return left;
      this.at += 1;
      left = this.infix(token, left, this.expression(power + 1, depth + 1));
    }
  }

  private operand(from: number, depth: number): Syntax {
    if (depth > depthMax) throw this.tooDeep();
    const token = this.peek();
    if (token === '+' || token === '-') return this.prefix(least.sign, depth);
    if (token === 'NOT' && this.peek(1) !== '(' && from <= least.not) {
      return this.prefix(least.not, depth);
    }
    return this.percent(depth);
  }

  private prefix(from: number, depth: number): Syntax {
    const { token, span } = this.take();
    const inner = this.expression(from, depth + 1);
    return this.add({
      kind: 'prefix', token, span: { begin: span.begin, end: inner.span.end }, operands: [inner] });
  }

  private percent(depth: number): Syntax {
    let inner = this.primary(depth);
    while (this.peek() === '%') {
      const span = { begin: inner.span.begin, end: this.take().span.end };
      inner = this.add({ kind: 'percent', span, operands: [inner] });
    }
    return inner;
  }

  private primary(depth: number): Syntax {
    const token = this.peek();
    if (token === '(') return this.parenthesis(depth);
    if (literals.has(token)) return this.literal(token);
    if (callable.has(token) && this.peek(1) === '(') return this.call(depth, 1);
    if (token === 'word' && this.namesWithPoint()) return this.call(depth, 3);
    if (token === 'word' || token === 'context') return this.path();
    throw this.unexpected();
  }

  /** TRUE() is of three tokens. */
  private literal(token: Token): Syntax {
    const { span } = this.take();
    const called = (token === 'TRUE' || token === 'FALSE') && this.peek() === '('
      && this.peek(1) === ')';
    if (!called) return this.add({ kind: 'literal', token, span });
    this.at += 1;
    return this.add({ kind: 'literal', token, span: { begin: span.begin, end: this.take().span.end } });
  }

  /** WORKDAY.INTL(: without blanks around the point. */
  private namesWithPoint(): boolean {
    const [first, point, second] = this.lexemes.slice(this.at, this.at + 3);
    return point?.token === '.' && second !== undefined && names.has(second.token)
      && this.peek(3) === '(' && first?.span.end === point.span.begin
      && point.span.end === second.span.begin;
  }

  private parenthesis(depth: number): Syntax {
    const { begin } = this.take().span;
    const node = this.expression(least.or, depth + 1);
    node.span = { begin, end: this.expect(')').end };
    node.enclosed = true;
    node.depth += 1;
    if (node.depth > depthMax) throw this.tooDeep();
    return node;
  }

  private path(): Syntax {
    const steps = [this.take().span];
    while (this.peek() === '.') {
      this.at += 1;
      if (!names.has(this.peek())) {
        throw this.refused('the name of a field must follow the point');
      }
      steps.push(this.take().span);
    }
    const span = { begin: steps[0]?.begin ?? 0, end: steps.at(-1)?.end ?? 0 };
    return this.add({ kind: 'path', span, steps });
  }

  /** The name is of so many tokens. */
  private call(depth: number, tokens: number): Syntax {
    const { begin } = this.take().span;
    const { end: nameEnd } = this.lexemes[this.at + tokens - 2]?.span ?? { end: begin };
    const name = { begin, end: nameEnd };
    this.at += tokens;
    const operands: Syntax[] = [];
    while (this.peek() !== ')' || operands.length > 0) {
      operands.push(this.expression(least.or, depth + 1));
      if (this.peek() !== ',') break;
      this.at += 1;
    }
    const { end } = this.expect(')');
    return this.add({ kind: 'call', name, operands, span: { begin: name.begin, end } });
  }

  private infix(token: Token, left: Syntax, right: Syntax): Syntax {
    const span = { begin: left.span.begin, end: right.span.end };
    const goesOn = left.kind === 'infix' && left.token === token && !left.enclosed;
    if (!goesOn || !chained.has(token)) {
      return this.add({ kind: 'infix', token, span, operands: [left, right] });
    }
    left.span = span;
    left.inner = { begin: left.inner.begin, end: right.span.end };
    left.operands.push(right);
    left.depth = Math.max(left.depth, right.depth + 1);
    if (left.depth > depthMax) throw this.tooDeep();
    this.countOne();
    return left;
  }

  private add(given: Partial<Syntax> & Pick<Syntax, 'kind' | 'span'>): Syntax {
    const operands = given.operands ?? [];
    const depth = operands.reduce((deepest, one) => Math.max(deepest, one.depth + 1), 1);
    if (depth > depthMax) throw this.tooDeep();
    this.countOne();
    return {
      token: 'end', name: given.span, steps: [], enclosed: false, ...given,
      inner: given.span, operands, depth,
    };
  }

  private countOne() {
    this.count += 1;
    if (this.count > nodesMax) throw limited(this.text, `a formula has at most ${nodesMax} parts`);
  }

  private expect(token: Token): Span {
    if (this.peek() !== token) throw this.unexpected();
    return this.take().span;
  }

  private unexpected(): Refused {
    const { span } = this.lexemes[this.at] ?? { span: { begin: 0, end: 0 } };
    const [token, before] = [this.peek(), this.lexemes[this.at - 1]?.token];
    if (token === 'end') return this.refused('the formula ends too early');
    if (token === '=' && before === '=') return this.refused('write = instead of ==');
    if (token === '&' && before === '&') {
      return this.refused('write AND instead of &&, and & to join texts');
    }
    return this.refused(`"${piece(this.text, span)}" cannot stand here`);
  }

  private refused(message: string): Refused {
    const span = this.lexemes[this.at]?.span ?? { begin: 0, end: 0 };
    return new Refused([{ span, rule: 'formula.syntax', message }]);
  }

  private tooDeep = () => limited(this.text, `a formula is at most ${depthMax} levels deep`);

  private peek(ahead = 0): Token {
    return this.lexemes[this.at + ahead]?.token ?? 'end';
  }

  private take(): Lexeme {
    const lexeme = this.lexemes[this.at] ?? { token: 'end' as const, span: { begin: 0, end: 0 } };
    this.at += 1;
    return lexeme;
  }
}

function limited(text: string, message: string): Refused {
  return new Refused([{ span: { begin: 0, end: text.length }, rule: 'formula.limit', message }]);
}

/** Thrown: every lexical problem, or the first of grammar, or a bound of the whole. */
export function parse(text: string): Syntax {
  if (bytesUpTo(text) > bytesMax) {
    throw limited(text, `a formula has at most ${bytesMax} bytes`);
  }
  return new Parser(text, lex(text)).parse();
}
