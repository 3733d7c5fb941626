import { type KeyboardEvent, useRef, useState } from 'react';
import { isComposing, isSubmitKey } from '../a11y/submit_key.ts';
import type { RecordData } from '../api/types.ts';
import type { Column } from '../fields/columns.ts';
import { fieldTypeOf } from '../fields/field_types.tsx';
import type { GridCell } from './record_grid.tsx';

interface CellEditorProps {
  column: Column;
  record: RecordData;
  onSave: (record: RecordData, field: string, value: unknown) => Promise<boolean>;
  onDone: (step: GridCell | null) => void;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The input of a cell: Enter keeps and goes down, Tab keeps and goes on, Escape gives up. */
export function CellEditor({ column, record, onSave, onDone }: CellEditorProps) {
  const before = column.read(record);
  const [value, setValue] = useState(before);
  const latest = useRef(value);
  const over = useRef(false);
  const { family, input } = fieldTypeOf(column.field);
  const chosenAtOnce = ['choice', 'reference', 'boolean', 'date'].includes(family);

  const keep = (step: GridCell | null) => {
    if (over.current) return;
    over.current = true;
    if (!same(latest.current, before)) void onSave(record, column.path, latest.current);
    onDone(step);
  };
  const leave = () => {
    over.current = true;
    onDone(null);
  };
  const key = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape' && !isComposing(event)) {
      event.preventDefault();
      leave();
    } else if (event.key === 'Tab') {
      event.preventDefault();
      keep({ row: 0, column: event.shiftKey ? -1 : 1 });
    } else if (isSubmitKey(event) && !chosenAtOnce && !event.shiftKey) {
      event.preventDefault();
      keep({ row: 1, column: 0 });
    }
  };
  return (
    <div
      className="cell-edit" onKeyDown={key}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) {
          const box = event.currentTarget;
          // A popover of this cell may be about to take the focus.
          setTimeout(() => {
            if (!box.contains(document.activeElement)) keep(null);
          }, 0);
        }
      }}
    >
      {input({
        field: column.field, value, inCell: true, onDone: () => keep(null),
        onChange: (next) => {
          latest.current = next;
          setValue(next);
        },
      })}
    </div>
  );
}
