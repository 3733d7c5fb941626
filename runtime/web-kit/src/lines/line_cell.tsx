import { memo, useEffect, useRef } from 'react';
import { useApplication } from '../api/application.tsx';
import type { AppField } from '../api/types.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import { cellOf, fieldTypeOf, isDerived } from '../fields/field_types.tsx';
import type { DraftNode } from '../form/draft_node.ts';
import type { FormStore } from '../form/form_store.ts';
import { useAmong } from '../form/use_among.ts';
import { useFieldState } from '../form/use_field_state.ts';
import { useT } from '../i18n/i18n.ts';
import { CellInput } from './cell_input.tsx';
import { CellPicker } from './cell_picker.tsx';
import { wayOf } from './grid_rows.ts';
import type { Mode } from './grid_state.ts';
import { HowPopover } from './how_popover.tsx';

export interface CellCalls {
  onPress: (row: number, column: number, extend: boolean) => void;
  onMode: (mode: Mode) => void;
  onSheet: (node: DraftNode) => void;
}

/** Several lines of text do not fit into a cell. */
const isLong = (value: unknown) => typeof value === 'string' && value.includes('\n');

interface LineCellProps extends CellCalls {
  form: FormStore;
  node: DraftNode;
  field: AppField;
  row: number;
  column: number;
  number: string;
  active: boolean;
  chosen: boolean;
  mode: Mode;
  focused: boolean;
}

/** One cell: its value, or the box in which it is typed; what is wrong with it. */
export const LineCell = memo(function LineCell(props: LineCellProps) {
  const { form, node, field, row, column, number, active, chosen, mode, focused } = props;
  const t = useT();
  const application = useApplication();
  const box = useRef<HTMLDivElement>(null);
  const state = useFieldState(form, node, field.name);
  const { problem, value } = state;
  const among = useAmong(node, state.filter);
  const way = state.hidden || state.locked ? 'fixed'
    : wayOf(field) === 'typed' && isLong(value) ? 'sheet' : wayOf(field);
  const said = problem === null ? null : typeof problem === 'string' ? problem
    : t(problem.key, problem.values);
  const sayId = `${node.key}-${field.name}-say`;
  const typing = active && way === 'typed';
  const open = active && mode !== 'ready' && way !== 'typed';
  const label = t('lines.cell', { label: field.label, number });

  useEffect(() => {
    if (active && focused && !typing && !open
      && !box.current?.contains(document.activeElement)) {
      box.current?.focus({ preventScroll: true });
    }
  }, [active, focused, typing, open]);
  useEffect(() => {
    if (open && way === 'sheet') props.onSheet(node);
  }, [open, way]);

  const derived = isDerived(field);
  const classes = [fieldTypeOf(field).end ? 'end' : '', active ? 'at' : '', chosen ? 'chosen' : '',
    said ? 'err' : '', derived ? 'derived' : '', way === 'fixed' ? 'fixed' : '',
    open && way === 'picked' ? 'edit' : ''];
  return (
    <div
      ref={box} role="gridcell" className={classes.filter(Boolean).join(' ')} data-column={column}
      aria-colindex={column + 2} tabIndex={typing ? undefined : active ? 0 : -1}
      aria-selected={chosen || undefined}
      aria-invalid={said && !typing ? true : undefined}
      aria-describedby={said && !typing ? sayId : undefined}
      onMouseDown={(event) => {
        if (event.button === 0 && !(active && (typing || open))) {
          // The caret is set by the cell itself: all of its text is chosen.
          event.preventDefault();
          props.onPress(row, column, event.shiftKey);
        }
      }}
      onDoubleClick={() => way !== 'typed' && props.onMode('editing')}
    >
      {typing ? (
        <CellInput
          field={field} value={value} mode={mode} focused={focused} label={label}
          invalid={said !== null} describedBy={said ? sayId : undefined} onMode={props.onMode}
          onType={(next) => form.set(field.name, next, node)}
        />
      ) : open && way === 'picked' ? (
        <CellPicker
          field={field} value={value} required={state.required}
          only={state.options} among={among}
          onChange={(next) => form.set(field.name, next, node)}
          onDone={() => props.onMode('ready')}
        />
      ) : (
        <span className="trunc">
          {isEmptyValue(value) || state.hidden ? null : cellOf(value, { application, field })}
        </span>
      )}
      {open && way === 'fixed' && derived && (
        <HowPopover anchor={box} field={field} node={node} onClose={() => props.onMode('ready')} />
      )}
      {said && <span className={active ? 'cell-say' : 'hidden-text'} id={sayId}>{said}</span>}
    </div>
  );
});
