import { bytesUpTo } from './code_points.ts';
import { Compiler, type RowsNeed } from './compiler.ts';
import { evaluateNode, type Scope } from './evaluate.ts';
import type { Environment } from './names.ts';
import { LeftToServer, Refusal } from './refusal.ts';
import { Refused, type Rule } from './token.ts';
import type { Node } from './tree.ts';
import type { Kind, Value } from './value.ts';

// The browser's twin of engine/formula: text → typed tree → value. The language is told in
// schemas/formula/README.md; tests/vectors/formula hold both to it.

export interface Formula {
  readonly text: string;
  readonly kind: Kind;
  /** Names $now, $today or $user, or looks something up. */
  readonly live: boolean;
  /** Looks at records while it computes: its value is the server's to tell. */
  readonly looksUp: boolean;
  /** Paths it reads, each once: `['amount']`, `['customer', 'name']`, `['$user', 'name']`,
   * `['$old', 'amount']`. */
  readonly needs: string[][];
  /** What it reads of rows, by the name of the lines or records. */
  readonly rows: RowsNeed[];
  readonly root: Node;
}

export interface FormulaProblem {
  at: string; // Bytes of the UTF-8 text: "5-9".
  rule: Rule;
  message: string;
}

export type CompileResult =
  | { ok: true; formula: Formula }
  | { ok: false; problems: FormulaProblem[] };

/** Reads a formula once; every problem there is, sorted by its place. */
export function compile(text: string, environment: Environment): CompileResult {
  try {
    const compiled = new Compiler(text, environment).compile();
    return { ok: true, formula: { text, ...compiled } };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const isLone = (begin: number) => /^[\uD800-\uDFFF]$/.test(text.slice(begin, begin + 1))
      && text.codePointAt(begin) === text.charCodeAt(begin);
    const problems = error.found.map(({ span: { begin, end }, rule, message }) => {
      const from = bytesUpTo(text, begin);
      const to = end === begin + 1 && isLone(begin) ? from + 1 : bytesUpTo(text, end);
      return { at: `${from}-${to}`, rule, message };
    });
    return { ok: false, problems };
  }
}

export type Evaluated =
  | { ok: true; value: Value }
  | { ok: false; rule: string; message: string };

/** A value, or one of: overflow, division_by_zero, argument, limit; looks_up where only the server
 * knows it. */
export function evaluate(formula: Formula, scope: Scope): Evaluated {
  try {
    return { ok: true, value: evaluateNode(formula.root, scope) };
  } catch (error) {
    if (error instanceof LeftToServer) {
      return { ok: false, rule: 'looks_up', message: error.message };
    }
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, rule: error.rule, message: error.message };
  }
}

export type { Environment, Member, Names } from './names.ts';
export type { RowsNeed } from './compiler.ts';
export type { Row, Scope } from './evaluate.ts';
export type { Kind, Value } from './value.ts';
