// Texts are counted in code points; places in a formula's text are told in bytes of UTF-8.

export const isLow = (unit: number) => unit >= 0xDC00 && unit <= 0xDFFF;
export const isHigh = (unit: number) => unit >= 0xD800 && unit <= 0xDBFF;

/** Units of the code point that begins here. */
export const widthAt = (text: string, at: number): number =>
  ((text.codePointAt(at) ?? 0) > 0xFFFF ? 2 : 1);

/** Bytes of the UTF-8 text up to this unit. */
export function bytesUpTo(text: string, end = text.length): number {
  let bytes = 0;
  for (let at = 0; at < end; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (isHigh(unit) && isLow(text.charCodeAt(at + 1))) {
      bytes += 4;
      at += 1;
    } else bytes += 3;
  }
  return bytes;
}

/** The first half of a pair that stands alone; null in a text that is well formed. */
export function firstLone(text: string): number | null {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (isLow(unit)) return at;
    if (!isHigh(unit)) continue;
    if (!isLow(text.charCodeAt(at + 1))) return at;
    at += 1;
  }
  return null;
}

export function countCodePoints(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += widthAt(text, at)) count += 1;
  return count;
}

/** The unit behind so many code points, counted from `from`. */
export function offsetOf(text: string, count: number, from = 0): number {
  let at = from;
  for (let left = count; left > 0 && at < text.length; left -= 1) at += widthAt(text, at);
  return Math.min(at, text.length);
}

// Units above the pairs (U+E000 …) come before the pairs (U+10000 …) in UTF-8.
const rank = (unit: number) => (unit < 0xD800 ? unit : unit < 0xE000 ? unit + 0x2000
  : unit - 0x800);

/** By code point, as UTF-8 bytes are ordered. */
export function compareTexts(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  for (let at = 0; at < most; at += 1) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) < rank(right) ? -1 : 1;
  }
  return Math.sign(a.length - b.length);
}
