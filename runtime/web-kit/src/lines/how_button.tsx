import { useRef, useState } from 'react';
import type { AppField } from '../api/types.ts';
import type { DraftNode } from '../form/draft_node.ts';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { HowPopover } from './how_popover.tsx';

/** Beside a computed field: tells how its value comes about. */
export default function HowButton({ field, node }: { field: AppField; node: DraftNode }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const label = t('lines.how', { label: field.label });
  return (
    <>
      <button
        ref={button} type="button" className="glyph" aria-label={label} aria-expanded={open}
        data-tip={label} onClick={() => setOpen(!open)}
      >
        <Icon name="sum" size={14} />
      </button>
      {open && (
        <HowPopover anchor={button} field={field} node={node} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
