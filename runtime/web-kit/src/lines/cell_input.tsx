import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { isComposing } from '../a11y/submit_key.ts';
import { useApplication } from '../api/application.tsx';
import type { AppField } from '../api/types.ts';
import { moneyOf } from '../format/money.ts';
import type { Mode } from './grid_state.ts';
import { cellText, readCell } from './read_cell.ts';

interface CellInputProps {
  field: AppField;
  value: unknown;
  mode: Mode;
  focused: boolean;
  label: string;
  invalid: boolean;
  describedBy: string | undefined;
  onType: (value: unknown) => void;
  onMode: (mode: Mode) => void;
}

/** The active cell is a text box with all of its text chosen: a letter, or an input method, writes
 * over it without a detour; what is typed counts at once. */
export function CellInput(props: CellInputProps) {
  const { field, value, mode, focused, label, invalid, describedBy, onType, onMode } = props;
  const application = useApplication();
  const { formats, today } = application;
  const input = useRef<HTMLInputElement>(null);
  const kept = cellText(field, value, application);
  const [typed, setTyped] = useState<string | null>(null);
  // An amount that is typed without its currency is in the one that it had.
  const currency = useRef<string | undefined>(undefined);

  useEffect(() => {
    if (mode === 'ready') setTyped(null);
  }, [mode]);
  useEffect(() => {
    const element = input.current;
    if (!element || !focused) return;
    if (document.activeElement !== element) element.focus({ preventScroll: true });
    if (mode === 'ready') element.select();
    else if (mode === 'editing' && typed === null) {
      element.setSelectionRange(element.value.length, element.value.length);
    }
  }, [mode, focused, mode === 'ready' ? kept : null]);

  const key = (event: KeyboardEvent) => {
    if (isComposing(event) || mode === 'ready') return;
    // The caret walks in the text; while typing, up and down still leave the cell.
    if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)
      || (mode === 'editing' && ['ArrowUp', 'ArrowDown'].includes(event.key))) {
      event.stopPropagation();
    }
  };
  return (
    <input
      ref={input} className="cell-in" value={mode === 'ready' ? kept : typed ?? kept}
      aria-label={label} autoComplete="off" spellCheck={false}
      aria-invalid={invalid || undefined} aria-describedby={describedBy}
      onKeyDown={key} onDoubleClick={() => onMode('editing')}
      onMouseDown={() => focused && mode === 'ready' && onMode('editing')}
      onChange={(event) => {
        setTyped(event.target.value);
        if (mode === 'ready') onMode('typing');
        if (typed === null) currency.current = moneyOf(value, field.currency)?.currency;
        onType(readCell(field, event.target.value, {
          formats, today, currency: currency.current }));
      }}
    />
  );
}
