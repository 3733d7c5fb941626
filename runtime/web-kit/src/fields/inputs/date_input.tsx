import { useEffect, useRef, useState } from 'react';
import { useApplication } from '../../api/application.tsx';
import { useSubmitKey } from '../../a11y/submit_key.ts';
import { parseDate } from '../../format/dates.ts';
import { useT } from '../../i18n/i18n.ts';
import { Calendar } from '../../ui/calendar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Popover } from '../../ui/popover.tsx';
import type { InputProps } from '../field_type.ts';
import { useEdge } from './use_edge.ts';

/** Typed or chosen. `2026-4-30`, `30.4.2026` and `4月30日` are all read. */
export function DateInput(props: InputProps) {
  const { field, value, onChange, id, invalid, describedBy, disabled, inCell, onDone } = props;
  const t = useT();
  const { formats, today } = useApplication();
  const edge = useEdge(inCell);
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState(String(value ?? ''));
  const enter = useSubmitKey(() => onDone?.());

  useEffect(() => setTyped(String(value ?? '')), [value]);

  const take = (text: string) => {
    setTyped(text);
    const date = parseDate(text, today);
    if (text === '') onChange(null);
    else if (date && /^\d{4}\D\d{1,2}\D\d{2}|日$|\d{4}$/.test(text)) onChange(date);
  };
  const leave = () => {
    const date = parseDate(typed, today);
    if (typed !== '' && typed !== value) onChange(date ?? typed);
  };
  const date = typeof value === 'string' && parseDate(value, today) ? value : null;

  return (
    <div className={`in${invalid ? ' err' : ''}`} ref={anchor}>
      <input
        ref={edge} id={id} autoComplete="off" disabled={disabled} value={typed} className="digits"
        aria-invalid={invalid || undefined} aria-describedby={describedBy} inputMode="numeric"
        aria-label={id ? undefined : field.label} placeholder={t('date.placeholder')}
        onChange={(event) => take(event.target.value)} onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            setOpen(true);
          }
          if (inCell) enter(event);
        }}
      />
      <button
        type="button" className="glyph" aria-label={t('date.open', { label: field.label })}
        aria-expanded={open} disabled={disabled} onClick={() => setOpen(!open)}
      >
        <Icon name="calendar" size={14} />
      </button>
      {open && (
        <Popover
          anchor={anchor} onClose={() => setOpen(false)} label={field.label} side="bottom-start"
        >
          <Calendar
            value={date} today={today} formats={formats} clearable={!field.required}
            onChoose={(next) => {
              onChange(next);
              setOpen(false);
              if (inCell) onDone?.();
            }}
          />
        </Popover>
      )}
    </div>
  );
}
