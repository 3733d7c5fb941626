import { civil, floorDivide } from './date.ts';
import type { Kind } from './value.ts';

// Formats of TEXT for dates and times: "yyyy-mm-dd hh:mm". No names of months or days: those belong
// to a language.

type What = 'text' | 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'half';

interface Piece {
  what: What;
  text: string;
  width: number; // How often its letter stood there.
}

const piecePattern = /"([^"]*)"|\\(.)|am\/pm|([a-z])\3*|[^"0#?@*_;[\]\\a-z]/gisuy;
const whats: Record<string, What> = {
  y: 'year', m: 'month', d: 'day', h: 'hour', s: 'second',
};

function pieceOf(found: RegExpExecArray): Piece | null {
  const [whole, quoted, escaped, letter] = found;
  const text = quoted ?? escaped;
  if (text !== undefined) return { what: 'text', text, width: 0 };
  if (/^am\/pm$/i.test(whole)) return { what: 'half', text: '', width: 1 };
  if (letter === undefined) return { what: 'text', text: whole, width: 0 };
  const what = whats[letter.toLowerCase()];
  const width = whole.length;
  const known = what === 'year' ? width === 2 || width === 4 : width <= 2;
  return what && known ? { what, text: '', width } : null;
}

/** An m behind an hour or before a second means minutes; text between them does not count. */
function nameMinutes(pieces: Piece[]) {
  const named = pieces.filter(({ what }) => what !== 'text');
  named.forEach((piece, i) => {
    const before = named[i - 1];
    if (piece.what === 'month' && before?.what === 'hour') piece.what = 'minute';
    if (piece.what === 'second' && before?.what === 'month') before.what = 'minute';
  });
}

const ofDay = new Set<What>(['year', 'month', 'day']);
const ofClock = new Set<What>(['hour', 'minute', 'second', 'half']);

/** A spreadsheet puts a language in front, "[$-804]", and what becomes of texts behind, ";@". */
const withoutFrame = (text: string) => text.replace(/^\[\$-[\da-f]*\]/i, '').replace(/;@$/, '');

/** null where it is no format for this kind: of a date no clock, of a time no day. */
export function parseDateFormat(given: string, kind: Kind): Piece[] | null {
  const text = withoutFrame(given);
  const pieces: Piece[] = [];
  piecePattern.lastIndex = 0;
  for (let at = 0; at < text.length; at = piecePattern.lastIndex) {
    piecePattern.lastIndex = at;
    const found = piecePattern.exec(text);
    const piece = found && pieceOf(found);
    if (!piece) return null;
    pieces.push(piece);
  }
  nameMinutes(pieces);
  const day = pieces.some(({ what }) => ofDay.has(what));
  const clock = pieces.some(({ what }) => ofClock.has(what));
  if ((!day && !clock) || (kind === 'date' && clock) || (kind === 'time' && day)) return null;
  return pieces;
}

export function formatDate(pieces: Piece[], days: number, seconds: number): string {
  const { year, month, day } = civil(days);
  const hour = floorDivide(seconds, 3600);
  const halves = pieces.some(({ what }) => what === 'half');
  const numbers: Partial<Record<What, number>> = {
    year, month, day, hour: halves ? ((hour + 11) % 12) + 1 : hour,
    minute: floorDivide(seconds, 60) % 60, second: seconds % 60,
  };
  return pieces.map(({ what, text, width }) => {
    if (what === 'half') return hour < 12 ? 'AM' : 'PM';
    const number = numbers[what];
    if (number === undefined) return text;
    return String(what === 'year' && width === 2 ? number % 100 : number).padStart(width, '0');
  }).join('');
}
