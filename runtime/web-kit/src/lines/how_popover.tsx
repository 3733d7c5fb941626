import type { RefObject } from 'react';
import { useApplication } from '../api/application.tsx';
import type { AppField } from '../api/types.ts';
import type { DraftNode } from '../form/draft_node.ts';
import { explain, type Explanation } from '../formula/explain.ts';
import { joinedText } from '../formula/value.ts';
import { Explained, type ExplainedLine } from '../explain/explained.tsx';
import { useT } from '../i18n/i18n.ts';
import { Popover } from '../ui/popover.tsx';
import { cellText } from './read_cell.ts';

interface HowPopoverProps {
  anchor: RefObject<HTMLElement | null>;
  field: AppField;
  node: DraftNode;
  onClose: () => void;
}

const partsMax = 14;

/** Parts of the formula's text, cut out by bytes, with what each came to. */
function partsOf(text: string, whole: Explanation): ExplainedLine[] {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const lines: ExplainedLine[] = [];
  const walk = (part: Explanation) => {
    const [begin = 0, end = 0] = part.at.split('-').map(Number);
    const written = decoder.decode(bytes.slice(begin, end));
    const value = part.state === 'error' ? part.rule ?? '' : joinedText(part.value) || '—';
    if (part.state !== 'unused') lines.push({ text: written, came: value });
    part.parts.forEach(walk);
  };
  whole.parts.forEach(walk);
  return lines.filter(({ text: name }, index) =>
    lines.findIndex((other) => other.text === name) === index).slice(0, partsMax);
}

/** How a computed value comes about: its formula, and what each part of it is now. */
export function HowPopover({ anchor, field, node, onClose }: HowPopoverProps) {
  const t = useT();
  const application = useApplication();
  const part = node.shape.parts.find((one) => one.field?.name === field.name);
  const formula = part?.program.formula;
  const scope = part?.program.scopeOf?.(node);
  const lines = formula && scope ? partsOf(formula.text, explain(formula, scope)) : [];
  const value = cellText(field, node.fields[field.name], application);
  return (
    <Popover anchor={anchor} onClose={onClose} label={t('lines.how', { label: field.label })}>
      <Explained
        label={field.label} value={value} formula={formula?.text ?? null} lines={lines}
        note={formula ? undefined : t('lines.how_server')}
      />
    </Popover>
  );
}
