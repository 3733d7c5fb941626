import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';
import { place, type Side } from './place.ts';

interface PopoverProps {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ReactNode;
  side?: Side;
  className?: string;
  role?: 'dialog' | 'presentation';
  label?: string;
  matchWidth?: boolean;
  focusInside?: boolean;
}

/** Floats in the top layer beside its anchor. Closes on Escape and on a press outside. */
export function Popover({
  anchor, onClose, children, side = 'bottom-start', className = '', role = 'dialog', label,
  matchWidth = false, focusInside = true,
}: PopoverProps) {
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useLayoutEffect(() => {
    const element = box.current;
    const target = anchor.current;
    if (!element || !target) return undefined;
    const before = document.activeElement as HTMLElement | null;
    element.showPopover();
    const put = () => {
      const rect = target.getBoundingClientRect();
      if (matchWidth) element.style.minWidth = `${Math.max(rect.width, 160)}px`;
      place(element, rect, side);
    };
    put();
    if (focusInside) {
      const first = element.querySelector<HTMLElement>('[data-first]')
        ?? element.querySelector<HTMLElement>('input,button,[tabindex="0"]') ?? element;
      first.focus({ preventScroll: true });
    }
    const press = (event: PointerEvent) => {
      const node = event.target as Node;
      if (!element.contains(node) && !target.contains(node)) close.current();
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const deeper = element.querySelector(':popover-open');
      if (deeper) return;
      event.preventDefault();
      event.stopPropagation();
      close.current();
    };
    const grown = new ResizeObserver(put);
    grown.observe(element);
    document.addEventListener('pointerdown', press, true);
    document.addEventListener('keydown', key, true);
    window.addEventListener('resize', put);
    window.addEventListener('scroll', put, true);
    return () => {
      grown.disconnect();
      document.removeEventListener('pointerdown', press, true);
      document.removeEventListener('keydown', key, true);
      window.removeEventListener('resize', put);
      window.removeEventListener('scroll', put, true);
      const inside = element.contains(document.activeElement)
        || document.activeElement === document.body;
      if (inside) before?.focus({ preventScroll: true });
    };
  }, [anchor, side, matchWidth, focusInside]);

  return (
    <div
      ref={box} popover="manual" className={`pop ${className}`} role={role} aria-label={label}
      tabIndex={-1} onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      {children}
    </div>
  );
}
