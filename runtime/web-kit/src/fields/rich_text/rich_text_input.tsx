import { type ClipboardEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { isComposing, isSubmitKey } from '../../a11y/submit_key.ts';
import type { InputProps } from '../field_type.ts';
import { insert, type Mark, setUp, toggle } from './edit_command.ts';
import { fill, pastedRich, richOf } from './rich_dom.ts';
import { RichTextBar } from './rich_text_bar.tsx';
import './rich_text.css';

const shortcuts: Record<string, Exclude<Mark, 'link'>> = {
  'b': 'bold', 'i': 'italic', 'alt+2': 'heading', 'shift+8': 'bullets', 'shift+7': 'numbers',
};

/** Words with marks. The browser edits; what is told on is read back in the one form there is. */
export default function RichTextInput(props: InputProps) {
  const { field, value, onChange, id, invalid, describedBy, disabled, inCell } = props;
  const box = useRef<HTMLDivElement>(null);
  const openLinkRef = useRef<() => void>(() => undefined);
  const told = useRef<unknown>(undefined);
  const onTheWay = useRef(new Set<unknown>());

  // Only what came from elsewhere is put in: the cursor stays where it is while somebody types,
  // also where what was told comes back only after more was typed.
  useLayoutEffect(() => {
    if (value === told.current) onTheWay.current.clear();
    if (!box.current || value === told.current || onTheWay.current.has(value)) return;
    told.current = value;
    fill(box.current, typeof value === 'string' ? value : '');
  }, [value]);
  useEffect(() => {
    if (inCell) box.current?.focus({ preventScroll: true });
  }, [inCell]);

  const tell = () => {
    if (!box.current) return;
    const next = richOf(box.current) || null;
    if (next === told.current) return;
    told.current = next;
    onTheWay.current.add(next);
    onChange(next);
  };
  const apply = (change: () => void) => {
    box.current?.focus({ preventScroll: true });
    change();
    tell();
  };
  const key = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    const command = event.ctrlKey || event.metaKey;
    // In a cell Enter is a new line here; with Ctrl it keeps, as elsewhere.
    if (isSubmitKey(event) && !command) event.stopPropagation();
    if (!command) return;
    const digit = /^Digit(\d)$/.exec(event.code)?.[1];
    const name = `${event.altKey ? 'alt+' : ''}${event.shiftKey ? 'shift+' : ''}`
      + (digit ?? event.key.toLowerCase());
    const mark = shortcuts[name];
    if (!mark && name !== 'k') return;
    event.preventDefault();
    event.stopPropagation();
    if (mark) apply(() => toggle(mark));
    else openLinkRef.current();
  };
  const paste = (event: ClipboardEvent) => {
    event.preventDefault();
    const html = pastedRich(event.clipboardData);
    // A single paragraph joins the one it is pasted into.
    const single = /^<p>((?:(?!<p>).)*)<\/p>$/s.exec(html)?.[1];
    if (html) apply(() => insert(single ?? html));
  };
  return (
    <div className={`in rich-in${invalid ? ' err' : ''}`}>
      <RichTextBar
        label={field.label} box={box} apply={apply} openLinkRef={openLinkRef}
        disabled={disabled ?? false}
      />
      <div
        ref={box} id={id} className="rich" role="textbox" aria-multiline="true" tabIndex={0}
        aria-label={field.label} aria-invalid={invalid || undefined} aria-describedby={describedBy}
        aria-disabled={disabled || undefined} contentEditable={!disabled}
        suppressContentEditableWarning onFocus={setUp} onKeyDown={key} onPaste={paste}
        onInput={(event) => {
          if (!(event.nativeEvent as InputEvent).isComposing) tell();
        }}
        onCompositionEnd={tell} onBlur={tell}
      />
    </div>
  );
}
