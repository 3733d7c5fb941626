import { type KeyboardEvent, useRef } from 'react';
import { isComposing } from '../a11y/submit_key.ts';
import type { AppField } from '../api/types.ts';
import { fieldTypeOf } from '../fields/field_types.tsx';

interface CellPickerProps {
  field: AppField;
  value: unknown;
  required: boolean;
  onChange: (value: unknown) => void;
  onDone: () => void;
}

/** What is chosen from a list: the list is open at once, over the cell. */
export function CellPicker({ field, value, required, onChange, onDone }: CellPickerProps) {
  const box = useRef<HTMLDivElement>(null);
  const key = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape' && !isComposing(event)) {
      event.preventDefault();
      onDone();
    }
  };
  return (
    <div
      className="cell-edit" ref={box} onKeyDown={key}
      onBlur={() => setTimeout(() => {
        if (box.current && !box.current.contains(document.activeElement)) onDone();
      }, 0)}
    >
      {fieldTypeOf(field).input({
        field: { ...field, required }, value, onChange, onDone, inCell: true })}
    </div>
  );
}
