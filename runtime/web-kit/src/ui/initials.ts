// A name → what its avatar shows. Chinese names by their last characters, others by first letters.

const han = /[㐀-鿿豈-﫿]/;
const hues = [20, 45, 75, 110, 150, 175, 205, 235, 262, 285, 315, 350];
const legal = /(股份有限公司|有限责任公司|有限公司|集团|公司)$/;

/** `count` characters: of 李雯 → 雯, 王一诺 → 诺 / 一诺; of Emma Lindqvist → E / EL. */
export function initialsOf(name: string, count: 1 | 2, person = true): string {
  const text = name.trim();
  const first = [...text][0] ?? '';
  if (!text) return '?';
  if (han.test(first)) {
    const run = /^[㐀-鿿豈-﫿]+/.exec(text)?.[0] ?? text;
    // A person's name is short; a company is known by how it begins.
    if (person && run.length <= 4 && !legal.test(run)) return [...run].slice(-count).join('');
    const short = run.replace(legal, '').replace(/^..(省|市)/, '');
    return [...short].slice(0, count).join('');
  }
  const words = text.split(/[\s·,]+/).filter(Boolean);
  const letters = words.map((word) => [...word][0] ?? '');
  if (count === 1) return first.toUpperCase();
  const pair = letters.length > 1 ? [letters[0], letters.at(-1)] : [...text].slice(0, 2);
  return pair.join('').toUpperCase();
}

export function hueOf(text: string): number {
  let hash = 0;
  for (const letter of text) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return hues[hash % hues.length] ?? 262;
}
