import { type KeyboardEvent, useRef } from 'react';
import { isComposing } from '../a11y/submit_key.ts';
import type { AppField } from '../api/types.ts';
import type { Among } from '../fields/field_type.ts';
import { fieldTypeOf } from '../fields/field_types.tsx';

interface CellPickerProps {
  field: AppField;
  value: unknown;
  required: boolean;
  only: readonly string[] | null;
  among: Among | null;
  onChange: (value: unknown) => void;
  onDone: () => void;
}

/** What is chosen from a list: the list is open at once, over the cell. */
export function CellPicker(props: CellPickerProps) {
  const { field, value, required, only, among, onChange, onDone } = props;
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
        field: { ...field, required }, value, only, among, onChange, onDone, inCell: true })}
    </div>
  );
}
