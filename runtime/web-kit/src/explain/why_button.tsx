import { useRef, useState } from 'react';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { WhyPopover, type WhyPopoverProps } from './why_popover.tsx';

type WhyButtonProps = Omit<WhyPopoverProps, 'anchor' | 'onClose'> & { className: string };

/** Beside a computed value of a record that is kept: tells why it is what it is. */
export default function WhyButton({ className, ...asked }: WhyButtonProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const label = t('lines.how', { label: asked.field.label });
  return (
    <>
      <button
        ref={button} type="button" className={className} aria-label={label} aria-expanded={open}
        data-tip={label} onClick={() => setOpen(!open)}
      >
        <Icon name="sum" size={14} />
      </button>
      {open && <WhyPopover anchor={button} {...asked} onClose={() => setOpen(false)} />}
    </>
  );
}
