import { bytesUpTo } from './code_points.ts';
import type { Scope } from './evaluate.ts';
import { evaluate, type Formula } from './formula.ts';
import type { Node } from './tree.ts';
import type { Value } from './value.ts';

// Why a formula has its value: what was written, as a tree with the value of each part. Twin of
// engine/formula/explain.cpp.

export interface Explanation {
  at: string; // Bytes of the UTF-8 text: "5-9".
  state: 'value' | 'error' | 'unused';
  value: Value;
  rule: string | null; // Of an error.
  parts: Explanation[];
}

interface Note { value: Value; rule: string | null }

/** Of the whole first; literals are no parts, and of an aggregate its rows are not told. */
export function explain(formula: Formula, scope: Scope): Explanation {
  const notes = new Map<Node, Note>();
  evaluate(formula, { ...scope, trace: (node, value, rule) => notes.set(node, { value, rule }) });

  const explained = (node: Node): Explanation => {
    const note = notes.get(node);
    const { begin, end } = node.span ?? { begin: 0, end: formula.text.length };
    return {
      at: `${bytesUpTo(formula.text, begin)}-${bytesUpTo(formula.text, end)}`,
      state: !note ? 'unused' : note.rule === null ? 'value' : 'error',
      value: note?.value ?? null, rule: note?.rule ?? null,
      parts: partsOf(node).filter((part, i, all) =>
        all.findIndex(({ at }) => at === part.at) === i),
    };
  };
  // What the compiler put in is no part of its own: its parts are.
  const partsOf = (node: Node): Explanation[] =>
    (node.op === 'aggregate' ? node.children.slice(2) : node.children).flatMap((part) => {
      if (part.op === 'literal') return [];
      return part.span ? [explained(part)] : partsOf(part);
    });
  return explained(formula.root);
}
