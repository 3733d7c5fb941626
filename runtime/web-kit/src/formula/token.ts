// The words of a formula's text. Places count UTF-16 units here; problems tell bytes of UTF-8.

export interface Span {
  readonly begin: number;
  readonly end: number;
}

export type Token = 'number' | 'text' | 'word' | 'context' | 'AND' | 'OR' | 'NOT' | 'TRUE'
  | 'FALSE' | 'NULL' | '<>' | '<=' | '>=' | '+' | '-' | '*' | '/' | '^' | '&' | '%' | '=' | '<'
  | '>' | '(' | ')' | ',' | '.' | 'end';

export interface Lexeme {
  readonly token: Token;
  readonly span: Span;
}

export type Rule = 'formula.syntax' | 'formula.unknown' | 'formula.type' | 'formula.limit';

/** As the compiler's rooms tell it to each other. */
export interface Found {
  span: Span;
  rule: Rule;
  message: string;
}

/** What stops compiling at once. */
export class Refused extends Error {
  readonly found: Found[];

  constructor(found: Found[]) {
    super(found[0]?.message);
    this.found = found;
  }
}

export const piece = (text: string, { begin, end }: Span): string => text.slice(begin, end);

const keywords = new Set(['AND', 'OR', 'NOT', 'TRUE', 'FALSE', 'NULL']);

/** Upper case of ASCII letters only. */
export const asciiUpper = (text: string): string =>
  text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

export function tokenOfWord(word: string): Token {
  const upper = asciiUpper(word);
  return keywords.has(upper) ? upper as Token : 'word';
}
