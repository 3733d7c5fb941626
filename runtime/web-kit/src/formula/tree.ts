import type { FunctionEntry } from './function_entry.ts';
import type { Span } from './token.ts';
import type { Unit } from './names.ts';
import type { Kind, Value } from './value.ts';

// A typed tree, made by the compiler and walked by evaluate(). Operations on dates are told apart
// from those on numbers here, so that the walker looks at no types.

export type Op =
  | 'literal' | 'field' | 'path' | 'user' | 'now' | 'today' | 'row_field' | 'row_path' | 'old_field'
  | 'local_date' | 'local_time' | 'as_text'
  | 'negate' | 'percent' | 'add' | 'subtract' | 'multiply' | 'divide' | 'power'
  | 'add_days' | 'subtract_days' | 'add_moment' | 'subtract_moment'
  | 'days_between' | 'moments_between'
  | 'equal' | 'not_equal' | 'less' | 'less_equal' | 'greater' | 'greater_equal'
  | 'join' | 'all' | 'any' | 'negation' | 'choose' | 'choose_first' | 'match' | 'among'
  | 'is_blank' | 'is_error' | 'first_given' | 'if_error' | 'aggregate'
  | 'call';

export interface Node {
  op: Op;
  children: Node[];
  value: Value; // Of a literal.
  steps: string[]; // Of a field (one) or path; of an aggregate the name of its rows.
  entry: FunctionEntry | null; // Of a call.
  span: Span | null; // Of what was written; none of what the compiler put in.
}

/** A part of the tree and what typing knows of it. */
export interface Typed {
  node: Node | null; // None: it has a problem, which is reported already.
  kind: Kind;
  free: boolean; // The type of NULL: goes with every kind.
  object: string; // Of a reference.
  unit: Unit; // Of a number that counts something.
  options: readonly string[];
  isTextLiteral: boolean;
  span: Span;
}

export const nodeOf = (op: Op, children: Node[] = [], more: Partial<Node> = {}): Node =>
  ({ op, children, value: null, steps: [], entry: null, span: null, ...more });

export const typedOf = (kind: Kind, node: Node | null, more: Partial<Typed> = {}): Typed => ({
  node, kind, free: false, object: '', unit: '', options: [], isTextLiteral: false,
  span: { begin: 0, end: 0 }, ...more,
});

const words: Record<Kind, string> = {
  boolean: 'true or false', number: 'a number', text: 'a text', date: 'a date',
  time: 'a time of day', datetime: 'a date with time', reference: 'a reference',
  text_list: 'a list', json: 'JSON', reference_list: 'a list of references',
};
export const wordsOf = (kind: Kind): string => words[kind];

export const wordsOfTyped = ({ free, kind, unit }: Typed): string =>
  (free ? 'empty' : unit === 'duration' ? 'a duration' : words[kind]);
