import { type ReactNode, useEffect, useId, useRef } from 'react';
import { isComposing } from '../a11y/submit_key.ts';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  kind?: 'dialog' | 'drawer' | 'palette';
  header?: ReactNode;
  alert?: boolean;
  /** A drawer with room for a table. */
  wide?: boolean;
}

/** Modal in the top layer; the browser keeps the focus inside and gives it back. */
export function Dialog({
  title, onClose, children, footer, kind = 'dialog', header, alert = false, wide = false,
}: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const close = useRef(onClose);
  close.current = onClose;

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const before = document.activeElement as HTMLElement | null;
    if (!element.open) element.showModal();
    element.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => {
      element.close();
      before?.focus?.({ preventScroll: true });
    };
  }, []);

  return (
    // The backdrop is the dialog itself: a press on it, outside of its content, closes it.
    <dialog
      ref={box} className={`${kind === 'dialog' ? 'dlg' : kind}${wide ? ' wide' : ''}`}
      aria-labelledby={titleId}
      role={alert ? 'alertdialog' : undefined}
      onCancel={(event) => {
        event.preventDefault();
        if (event.target === event.currentTarget) close.current();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isComposing(event)) return;
        event.preventDefault();
        event.stopPropagation();
        close.current();
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) close.current();
      }}
    >
      <div className="dlg-in">
        {header ? <header>{<h2 id={titleId}>{title}</h2>}{header}</header>
          : <h2 id={titleId} className={kind === 'palette' ? 'hidden-text' : ''}>{title}</h2>}
        {children}
        {footer && <footer>{footer}</footer>}
      </div>
    </dialog>
  );
}
