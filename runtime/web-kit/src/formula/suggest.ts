const encoder = new TextEncoder();

// Damerau's distance without overlaps: inserted, missing, wrong and swapped letters count one each.
function distance(a: Uint8Array, b: Uint8Array): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const wrong = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + wrong);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

const longest = 64; // Names are at most 48; longer input is no slip of the pen.

/** `; did you mean "amount"?` where one of the names is near enough, else "". */
export function didYouMean(given: string, names: readonly string[]): string {
  const letters = encoder.encode(given);
  if (letters.length > longest) return '';
  let best = '';
  let nearest = Math.max(1, Math.floor(letters.length / 3)) + 1;
  for (const name of names) {
    const away = distance(letters, encoder.encode(name));
    if (away >= nearest) continue;
    best = name;
    nearest = away;
  }
  return best === '' ? '' : `; did you mean "${best}"?`;
}
