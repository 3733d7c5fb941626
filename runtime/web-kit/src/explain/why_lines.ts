import type { ExplainPart, LookedUp } from '../api/explain.ts';
import type { ExplainedLine } from './explained.tsx';

// What the server says of a computed value → the lines of the popover.

const partsMax = 14;

export interface Words {
  hidden: string;
  unused: string;
  error: (rule: string) => string;
  value: (part: ExplainPart) => string;
  lookedUp: (found: LookedUp) => string;
}

/** Each part once, the outer before what it is made of; a part that is a literal says nothing. */
export function whyLines(whole: ExplainPart, words: Words): ExplainedLine[] {
  const lines: ExplainedLine[] = [];
  const seen = new Set<string>();
  const walk = (part: ExplainPart) => {
    const line = lineOf(part, words);
    const key = `${line.text} ${line.came}`;
    if (!seen.has(key) && line.text !== line.came && line.text !== `"${line.came}"`) {
      seen.add(key);
      lines.push(line);
    }
    part.parts.forEach(walk);
  };
  if (whole.looked_up) lines.push({ text: whole.text, came: words.lookedUp(whole.looked_up) });
  whole.parts.forEach(walk);
  return lines.slice(0, partsMax);
}

function lineOf(part: ExplainPart, words: Words): ExplainedLine {
  const { text, state, error } = part;
  switch (state) {
    case 'error': return { text, came: words.error(error ?? ''), look: 'bad' };
    case 'unused': return { text, came: words.unused, look: 'dim' };
    case 'hidden': return { text, came: words.hidden, look: 'dim' };
    default: {
      const found = part.looked_up ? ` · ${words.lookedUp(part.looked_up)}` : '';
      return { text, came: `${words.value(part)}${found}` };
    }
  }
}
