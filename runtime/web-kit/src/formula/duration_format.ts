// Formats of TEXT for durations: "[h]:mm", "[m]", "hh:mm:ss". In brackets the whole of it, else
// what is left over from the greater unit, as Excel has it. Twin of duration_format.cpp.

type What = 'text' | 'd' | 'h' | 'm' | 's';

interface Piece {
  what: What;
  text: string;
  width: number; // How often its letter stood there.
  elapsed: boolean; // In brackets.
}

const piecePattern = new RegExp([
  '"(?<quoted>[^"]*)"', '\\\\(?<escaped>.)',
  '\\[(?<whole>[Hh]{1,2}|[Mm]{1,2}|[Ss]{1,2})\\]', '(?<letter>[A-Za-z])',
  '(?<other>[^"[\\]0#?@*_;\\\\])',
].join('|'), 'suy');

function pieceAt(text: string, at: number): { piece: Piece; end: number } | null {
  piecePattern.lastIndex = at;
  const { quoted, escaped, whole, letter, other } = piecePattern.exec(text)?.groups ?? {};
  let end = piecePattern.lastIndex;
  const plain = quoted ?? escaped ?? other;
  if (plain !== undefined) {
    return { piece: { what: 'text', text: plain, width: 0, elapsed: false }, end };
  }
  const what = (whole ?? letter ?? '').slice(0, 1).toLowerCase();
  if (what !== 'd' && what !== 'h' && what !== 'm' && what !== 's') return null;
  if (letter !== undefined) {
    while (text.slice(end, end + 1).toLowerCase() === what) end += 1;
  }
  const width = whole === undefined ? end - at : whole.length;
  return width > 2 ? null : { piece: { what, text: '', width, elapsed: whole !== undefined }, end };
}

/** null where it is no format: at least one part, at most one of them in brackets. */
export function parseDurationFormat(text: string): Piece[] | null {
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length;) {
    const found = pieceAt(text, at);
    if (!found) return null;
    pieces.push(found.piece);
    at = found.end;
  }
  const elapsed = pieces.filter((piece) => piece.elapsed).length;
  return elapsed > 1 || !pieces.some(({ what }) => what !== 'text') ? null : pieces;
}

function countOf({ what, elapsed }: Piece, size: number): number {
  if (what === 'd') return Math.floor(size / 86_400);
  if (what === 's') return elapsed ? size : size % 60;
  const whole = Math.floor(size / (what === 'h' ? 3600 : 60));
  return elapsed ? whole : whole % (what === 'h' ? 24 : 60);
}

export function formatDuration(pieces: Piece[], seconds: number): string {
  const size = Math.abs(seconds);
  let isZero = true;
  const text = pieces.map((piece) => {
    if (piece.what === 'text') return piece.text;
    const count = countOf(piece, size);
    isZero &&= count === 0;
    return String(count).padStart(piece.width, '0');
  }).join('');
  return seconds < 0 && !isZero ? `-${text}` : text;
}
