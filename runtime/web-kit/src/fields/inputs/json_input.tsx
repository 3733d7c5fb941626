import { useEffect, useState } from 'react';
import type { InputProps } from '../field_type.ts';
import { Unread } from '../unread.ts';
import { useEdge } from './use_edge.ts';

const written = (value: unknown) => (value === null || value === undefined ? ''
  : value instanceof Unread ? value.text : JSON.stringify(value, null, 2));

/** JSON as text; what is none yet stays as typed and is a problem. */
export function JsonInput(props: InputProps) {
  const { field, value, onChange, id, invalid, describedBy, disabled, inCell } = props;
  const edge = useEdge<HTMLTextAreaElement>(inCell);
  const [typed, setTyped] = useState(() => written(value));
  const [focused, setFocused] = useState(false);
  useEffect(() => {
    if (!focused) setTyped(written(value));
  }, [value, focused]);
  const take = (text: string) => {
    setTyped(text);
    if (text.trim() === '') {
      onChange(null);
      return;
    }
    try {
      onChange(JSON.parse(text));
    } catch {
      onChange(new Unread(text));
    }
  };
  return (
    <div className={`in area${invalid ? ' err' : ''}`}>
      <textarea
        ref={edge} id={id} rows={3} disabled={disabled} value={typed} className="code"
        spellCheck={false} aria-invalid={invalid || undefined} aria-describedby={describedBy}
        aria-label={id ? undefined : field.label} onChange={(event) => take(event.target.value)}
        onFocus={() => setFocused(true)} onBlur={() => setFocused(false)}
      />
    </div>
  );
}
