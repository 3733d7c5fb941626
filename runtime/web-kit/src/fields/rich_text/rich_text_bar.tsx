import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { isSubmitKey } from '../../a11y/submit_key.ts';
import { useT } from '../../i18n/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { isOn, link, linkAtCursor, type Mark, toggle } from './edit_command.ts';
import { escaped } from './outline.ts';
import { safeLink } from './rich_nodes.ts';

interface RichTextBarProps {
  label: string;
  box: RefObject<HTMLDivElement | null>;
  apply: (change: () => void) => void;
  openLinkRef: RefObject<() => void>;
  disabled: boolean;
}

const marks: readonly Mark[] = ['bold', 'italic', 'heading', 'bullets', 'numbers', 'link'];
const glyphs: Partial<Record<Mark, string>> = {
  bold: 'B', italic: 'I', heading: 'H', bullets: '•', numbers: '1.',
};

/** "example.com" and "ann@example.com" are meant as people write them. */
function targetOf(typed: string): string {
  const text = typed.trim();
  const guess = /^[^\s@/]+@[^\s@/]+$/.test(text) ? `mailto:${text}` : `https://${text}`;
  return safeLink(text) || (/^[a-z]+:/i.test(text) ? '' : safeLink(guess));
}

/** One stop of Tab; arrows go from button to button. */
export function RichTextBar({ label, box, apply, openLinkRef, disabled }: RichTextBarProps) {
  const t = useT();
  const [on, setOn] = useState<readonly Mark[]>([]);
  const [at, setAt] = useState(0);
  const [target, setTarget] = useState<string | null>(null);
  const range = useRef<Range | null>(null);

  useEffect(() => {
    const look = () => {
      const node = document.getSelection()?.anchorNode;
      if (!node || !box.current?.contains(node)) return;
      const next = marks.filter(isOn);
      setOn((before) => (before.join() === next.join() ? before : next));
    };
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [box]);

  const ask = () => {
    const selection = document.getSelection();
    const inside = selection?.anchorNode && box.current?.contains(selection.anchorNode);
    range.current = inside ? selection.getRangeAt(0).cloneRange() : null;
    setTarget((inside ? linkAtCursor()?.getAttribute('href') : '') ?? '');
  };
  openLinkRef.current = ask;
  const finish = (typed: string | null) => {
    const known = typed === null ? '' : targetOf(typed);
    if (typed !== null && typed.trim() !== '' && known === '') return; // Stays to be mended.
    setTarget(null);
    apply(() => {
      if (range.current) {
        document.getSelection()?.removeAllRanges();
        document.getSelection()?.addRange(range.current);
      }
      if (typed !== null) {
        link(known, `<a href="${escaped(known)}">${escaped(typed.trim())}</a>`);
      }
    });
  };
  const step = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = (at + by + marks.length) % marks.length;
    setAt(next);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  if (target !== null) {
    return (
      <div className="rich-bar">
        <input
          type="text" inputMode="url" autoFocus value={target} aria-label={t('rich.link_to')}
          placeholder="https://" autoComplete="off"
          aria-invalid={(target.trim() !== '' && targetOf(target) === '') || undefined}
          onChange={(event) => setTarget(event.target.value)}
          onKeyDown={(event) => {
            const enter = isSubmitKey(event);
            if (!enter && event.key !== 'Escape') return;
            event.preventDefault();
            event.stopPropagation();
            finish(enter ? target : null);
          }}
        />
        <button type="button" className="btn sm" onClick={() => finish(target)}>
          {t(target.trim() === '' ? 'rich.unlink' : 'rich.link')}
        </button>
      </div>
    );
  }
  return (
    <div
      className="rich-bar" role="toolbar" aria-label={t('rich.tools', { label })} onKeyDown={step}
    >
      {marks.map((mark, index) => (
        <button
          key={mark} type="button" className="btn icon ghost sm" data-mark={mark}
          tabIndex={index === at ? 0 : -1} disabled={disabled} aria-label={t(`rich.${mark}`)}
          aria-pressed={on.includes(mark)} data-tip={t(`rich.${mark}`)}
          onMouseDown={(event) => event.preventDefault()} onFocus={() => setAt(index)}
          onClick={() => (mark === 'link' ? ask() : apply(() => toggle(mark)))}
        >
          {glyphs[mark] ?? <Icon name="link" size={14} />}
        </button>
      ))}
    </div>
  );
}
