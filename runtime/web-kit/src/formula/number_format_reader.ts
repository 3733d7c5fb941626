import { scaleMax } from './decimal.ts';

// The formats of TEXT for numbers: "0.00", "#,##0.0#", "¥#,##0.00", "0%", "0.0,,", "0.00;(0.00)",
// "0.00E+00".

export interface NumberPiece {
  what: 'text' | 'digit' | 'point' | 'exponent';
  text: string;
}

export interface NumberSection {
  pieces: NumberPiece[];
  grouped: boolean; // A comma every three digits.
  shift: number; // Powers of ten: 2 for each %, -3 for each comma at the end.
  wholePlaces: number; // Digits of the format before the point.
  wholeDigits: number; // At least so many are written there.
  places: number; // Digits of the format behind the point.
  fixedDigits: number; // So many are written there; those behind, where they are no zeros.
  exponentDigits: number; // At least so many.
  signsPlus: boolean; // E+00: an exponent that is not below zero has its sign.
}

/** Of all; or from zero on, below; or above, below, zero, texts. */
export type NumberFormat = [NumberSection, ...NumberSection[]];

const colorForm = /^\[(?:black|blue|cyan|green|magenta|red|white|yellow)\]/i;
const pieceForm = new RegExp([
  '"(?<quoted>[^"]*)"', '\\\\(?<escaped>.)', '(?<space>_.)', '(?<digit>[0#])', '(?<comma>,)',
  '(?<point>\\.)', '(?<percent>%)', '[Ee](?<sign>[-+])(?<zeros>0+)', '(?<itself>@)',
  "(?<plain>[$+\\-():!^&'~{}<>= \\u{80}-\\u{10ffff}])",
].join('|'), 'suy');

const blank = (): NumberSection => ({
  pieces: [], grouped: false, shift: 0, wholePlaces: 0, wholeDigits: 0, places: 0, fixedDigits: 0,
  exponentDigits: 0, signsPlus: false,
});

/** What is read of a section: the commas behind its last digit, and whether its point. */
interface Reading {
  section: NumberSection;
  commas: number;
  behindPoint: boolean;
}

/** A comma between digits groups them. */
function addDigit(reading: Reading, digit: string): boolean {
  const { section, commas, behindPoint } = reading;
  if (section.exponentDigits > 0 || (behindPoint && commas > 0)) return false;
  if (behindPoint) {
    section.places += 1;
    if (digit === '0') section.fixedDigits = section.places;
  } else {
    section.grouped ||= commas > 0;
    reading.commas = 0;
    section.wholePlaces += 1;
    if (digit === '0' || section.wholeDigits > 0) section.wholeDigits += 1;
  }
  section.pieces.push({ what: 'digit', text: '' });
  return true;
}

function addPoint(reading: Reading): boolean {
  const { section } = reading;
  if (reading.behindPoint || section.exponentDigits > 0) return false;
  section.shift -= 3 * reading.commas;
  Object.assign(reading, { commas: 0, behindPoint: true });
  section.pieces.push({ what: 'point', text: '' });
  return true;
}

function addExponent({ section }: Reading, sign: string, zeros: string): boolean {
  if (section.exponentDigits > 0 || section.wholePlaces === 0) return false;
  section.exponentDigits = zeros.length;
  section.signsPlus = sign === '+';
  section.pieces.push({ what: 'exponent', text: '' });
  return true;
}

/** One piece; whether it may stand here. */
function add(reading: Reading, found: RegExpExecArray, ofTexts: boolean): boolean {
  const { section } = reading;
  const { quoted, escaped, space, digit, comma, point, percent, sign, zeros, itself, plain } =
    found.groups ?? {};
  const text = quoted ?? escaped ?? plain ?? (space && ' ');
  if (text !== undefined) {
    section.pieces.push({ what: 'text', text });
    return true;
  }
  if (ofTexts || itself) return ofTexts && itself !== undefined;
  if (digit) return addDigit(reading, digit);
  if (point) return addPoint(reading);
  if (sign && zeros) return addExponent(reading, sign, zeros);
  if (comma) {
    reading.commas += 1;
    return section.wholePlaces + section.places > 0 && section.exponentDigits === 0;
  }
  section.shift += 2;
  section.pieces.push({ what: 'text', text: percent ?? '' });
  return true;
}

function isSound({ section, behindPoint }: Reading): boolean {
  const { wholePlaces, places, exponentDigits, shift, grouped } = section;
  if (behindPoint && places === 0) return false;
  if (Math.max(wholePlaces, places, exponentDigits, Math.abs(shift)) > scaleMax) return false;
  return exponentDigits === 0 || (wholePlaces === 1 && shift === 0 && !grouped);
}

/** null where the text is none. */
export function parseNumberFormat(text: string): NumberFormat | null {
  const sections: NumberSection[] = [];
  for (let at = 0, more = true; more; at += 1) {
    if (sections.length > 3) return null;
    const reading: Reading = { section: blank(), commas: 0, behindPoint: false };
    at += colorForm.exec(text.slice(at))?.[0].length ?? 0;
    while (at < text.length && text[at] !== ';') {
      pieceForm.lastIndex = at;
      const found = pieceForm.exec(text);
      if (!found || !add(reading, found, sections.length === 3)) return null;
      at = pieceForm.lastIndex;
    }
    reading.section.shift -= 3 * reading.commas;
    if (!isSound(reading)) return null;
    sections.push(reading.section);
    more = at < text.length;
  }
  const [first, ...others] = sections;
  if (!first || (others.length === 0 && first.wholePlaces + first.places === 0)) return null;
  return [first, ...others];
}
