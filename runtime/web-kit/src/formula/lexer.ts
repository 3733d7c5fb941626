import { firstLone, widthAt } from './code_points.ts';
import { readDecimal } from './decimal.ts';
import { type Found, type Lexeme, Refused, type Token, tokenOfWord } from './token.ts';

// Code points beyond ASCII that are marks and so no letters of a word.
const marks: [number, number][] = [
  [0x80, 0xBF], [0xD7, 0xD7], [0xF7, 0xF7], [0x2000, 0x206F], [0x3000, 0x303F],
  [0xFE30, 0xFE4F], [0xFF01, 0xFF0F], [0xFF1A, 0xFF20], [0xFF3B, 0xFF40], [0xFF5B, 0xFF65],
  [0xFFE0, 0xFFEF],
];

// Longer ones first.
const signs: [string, Token][] = [
  ['<>', '<>'], ['!=', '<>'], ['<=', '<='], ['>=', '>='],
  ...[...'+-*/^&%=<>(),.'].map((sign): [string, Token] => [sign, sign as Token]),
];

const between = 'texts stand between two straight ": "…"';
const comma = 'arguments are separated by a comma: ,';

// What people write instead, and what they mean.
const hints: Record<string, string> = {
  "'": between, '“': between, '”': between, '；': comma, ';': comma,
  '（': 'write ( instead of （', '）': 'write ) instead of ）', '，': 'write , instead of ，',
  '、': 'write , instead of 、', '＝': 'write = instead of ＝', '＞': 'write > instead of ＞',
  '＜': 'write < instead of ＜', '≠': 'write <> instead of ≠', '≤': 'write <= instead of ≤',
  '≥': 'write >= instead of ≥', '×': 'write * instead of ×', '÷': 'write / instead of ÷',
  '!': 'write NOT instead of !', '|': 'write OR instead of |, and & to join texts',
  '$': 'after $ comes user, now or today',
};

const isDigit = (text: string, at: number) => text[at] !== undefined && /\d/.test(text[at] ?? '');

/** The units of the letter here, 0 where there is none. */
function letterWidth(text: string, at: number): number {
  const point = text.codePointAt(at);
  if (point === undefined) return 0;
  if (point < 0x80) return /[A-Za-z_]/.test(text[at] ?? '') ? 1 : 0;
  if (marks.some(([first, last]) => point >= first && point <= last)) return 0;
  return point > 0xFFFF ? 2 : 1;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    const width = isDigit(text, at) ? 1 : letterWidth(text, at);
    if (width === 0) return at;
    at += width;
  }
}

class Lexer {
  private at = 0;
  private readonly text: string;
  private readonly lexemes: Lexeme[] = [];
  private readonly found: Found[] = [];

  constructor(text: string) {
    this.text = text;
  }

  lex(): Lexeme[] {
    const lone = firstLone(this.text);
    if (lone !== null) {
      this.at = lone;
      this.refuse(lone + 1, 'the text is not valid UTF-8');
      throw new Refused(this.found);
    }
    for (this.skipBlanks(); this.at < this.text.length; this.skipBlanks()) this.next();
    if (this.found.length > 0) throw new Refused(this.found);
    this.add('end', this.text.length);
    return this.lexemes;
  }

  private next() {
    const { text, at } = this;
    if (text[at] === '"') return this.quoted();
    if (isDigit(text, at)) return this.number();
    if (letterWidth(text, at) > 0) {
      const end = wordEnd(text, at);
      return this.add(tokenOfWord(text.slice(at, end)), end);
    }
    if (text[at] === '$' && letterWidth(text, at + 1) > 0) {
      return this.add('context', wordEnd(text, at + 1));
    }
    const sign = signs.find(([start]) => text.startsWith(start, at));
    if (sign) return this.add(sign[1], at + sign[0].length);
    const end = at + widthAt(text, at);
    const given = text.slice(at, end);
    return this.refuse(end, hints[given] ?? `"${given}" has no meaning here`);
  }

  private quoted() {
    let end = this.at + 1;
    for (;;) {
      end = this.text.indexOf('"', end);
      if (end < 0) return this.refuse(this.text.length, 'the text has no closing "');
      if (this.text[end + 1] !== '"') return this.add('text', end + 1);
      end += 2;
    }
  }

  private number() {
    const { text, at } = this;
    let end = at;
    while (isDigit(text, end)) end += 1;
    if (text[end] === '.') {
      end += 1;
      while (isDigit(text, end)) end += 1;
    }
    if (letterWidth(text, end) > 0) {
      return this.refuse(wordEnd(text, end), 'a number cannot be followed by letters');
    }
    if (text[end - 1] === '.') return this.refuse(end, 'digits must follow the point');
    if (!readDecimal(text.slice(at, end))) {
      return this.refuse(end, 'a number has at most 34 digits');
    }
    return this.add('number', end);
  }

  private skipBlanks() {
    for (; this.at < this.text.length;) {
      if (this.text.startsWith('/*', this.at)) {
        const close = this.text.indexOf('*/', this.at + 2);
        if (close < 0) return this.refuse(this.text.length, 'the comment has no closing */');
        this.at = close + 2;
      } else if (' \t\r\n\u00A0\u3000'.includes(this.text[this.at] ?? '')) this.at += 1;
      else return undefined;
    }
    return undefined;
  }

  private add(token: Token, end: number) {
    this.lexemes.push({ token, span: { begin: this.at, end } });
    this.at = end;
  }

  private refuse(end: number, message: string) {
    this.found.push({ span: { begin: this.at, end }, rule: 'formula.syntax', message });
    this.at = end;
  }
}

/** Every lexical problem is thrown; the last lexeme is `end`. */
export const lex = (text: string): Lexeme[] => new Lexer(text).lex();
