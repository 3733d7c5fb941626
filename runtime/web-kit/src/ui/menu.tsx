import { Fragment, type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { Icon } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import type { Side } from './place.ts';
import { Popover } from './popover.tsx';

export interface MenuItem {
  label: string;
  icon?: string;
  hint?: string;
  bad?: boolean;
  checked?: boolean;
  disabled?: boolean;
  line?: boolean;
  run: () => void;
}

interface MenuProps {
  items: MenuItem[];
  label: string;
  side?: Side;
  trigger: (props: {
    ref: React.RefObject<HTMLButtonElement | null>;
    'aria-haspopup': 'menu';
    'aria-expanded': boolean;
    onClick: (event: React.MouseEvent) => void;
  }) => ReactNode;
  top?: ReactNode;
}

/** A button's menu: arrows walk, letters jump, Enter runs, Escape goes back to the button. */
export function Menu({ items, label, side = 'bottom-start', trigger, top }: MenuProps) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const walk = (event: KeyboardEvent) => {
    const found = list.current?.querySelectorAll<HTMLElement>('button:not(:disabled)');
    const buttons = [...(found ?? [])];
    const now = buttons.indexOf(document.activeElement as HTMLElement);
    const go = (index: number) => {
      event.preventDefault();
      buttons[(index + buttons.length) % buttons.length]?.focus();
    };
    if (event.key === 'ArrowDown') go(now + 1);
    else if (event.key === 'ArrowUp') go(now - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(-1);
    else if (event.key === 'Tab') setOpen(false);
    else if (event.key.length === 1 && event.key !== ' ') {
      const letter = event.key.toLowerCase();
      const order = [...buttons.slice(now + 1), ...buttons.slice(0, now + 1)];
      order.find((item) => item.textContent?.trim().toLowerCase().startsWith(letter))?.focus();
    }
  };

  return (
    <>
      {trigger({
        ref: anchor, 'aria-haspopup': 'menu', 'aria-expanded': open,
        onClick: (event) => {
          event.stopPropagation();
          setOpen(!open);
        },
      })}
      {open && (
        <Popover anchor={anchor} onClose={() => setOpen(false)} side={side} role="presentation">
          {top}
          <div className="menu" role="menu" aria-label={label} ref={list} onKeyDown={walk}>
            {items.map((item) => (
              <Fragment key={item.label}>
                {item.line && <hr />}
                <button
                  type="button" tabIndex={-1} disabled={item.disabled}
                  role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
                  aria-checked={item.checked} className={item.bad ? 'bad' : ''}
                  onMouseEnter={(event) => event.currentTarget.focus()}
                  onClick={() => {
                    setOpen(false);
                    item.run();
                  }}
                >
                  {item.icon && <Icon name={item.icon} />}
                  <span className="grow">{item.label}</span>
                  {item.checked && <Icon name="check" size={14} className="tick" />}
                  {item.hint && <Kbd>{item.hint}</Kbd>}
                </button>
              </Fragment>
            ))}
          </div>
        </Popover>
      )}
    </>
  );
}
