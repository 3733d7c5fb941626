import { memo } from 'react';
import type { Application } from '../api/application.tsx';
import { useFresh } from '../api/fresh.ts';
import { recordHref } from '../api/navigation.tsx';
import type { AppObject, RecordData } from '../api/types.ts';
import { type Column, titleText } from '../fields/columns.ts';
import { cellOf, fieldTypeOf } from '../fields/field_types.tsx';
import { ClaimButton } from '../hands/claim_button_lazy.tsx';
import { useT } from '../i18n/i18n.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { Icon } from '../ui/icon.tsx';
import { Link } from '../ui/link.tsx';
import { CellEditor } from './cell_editor.tsx';
import type { GridCell } from './record_grid.tsx';

interface GridRowProps {
  index: number;
  top: number;
  record: RecordData | undefined;
  columns: Column[];
  object: AppObject;
  application: Application;
  chosen: boolean;
  active: number | null;
  editing: boolean;
  onPick: (row: number, on: boolean, range: boolean) => void;
  onActive: (cell: GridCell) => void;
  onEdit: (cell: GridCell) => void;
  onDone: (step: GridCell | null) => void;
  onOpen: () => void;
  onSave: (record: RecordData, field: string, value: unknown) => Promise<boolean>;
}

function Row(props: GridRowProps) {
  const { index, top, record, columns, object, application, chosen, active, editing } = props;
  const t = useT();
  const fresh = useFresh(record?.id ?? '');
  const place = { transform: `translateY(${top}px)` };
  if (!record) {
    return (
      <div className="grid-row waiting" role="row" style={place} aria-rowindex={index + 2}>
        <div role="gridcell" className="ck"><span className="sk box" /></div>
        {columns.map((column) => (
          <div key={column.path} role="gridcell"><span className="sk" /></div>
        ))}
      </div>
    );
  }
  const title = titleText(application, object.name, record);
  return (
    <div
      className={`grid-row${chosen ? ' sel' : ''}${fresh ? ' fresh' : ''}${
        active === null ? '' : ' here'}`}
      role="row" aria-selected={chosen} aria-rowindex={index + 2} style={place}
    >
      <div role="gridcell" className="ck">
        <Checkbox
          checked={chosen} label={t('list.choose_row', { title })} tabIndex={-1}
          onChange={(on, event) => props.onPick(
            index, on, (event.nativeEvent as unknown as MouseEvent).shiftKey)}
        />
      </div>
      {columns.map((column, at) => {
        const value = column.read(record);
        const open = editing && active === at;
        const { end } = fieldTypeOf(column.field);
        return (
          <div
            key={column.path} id={`cell-${index}-${at}`} role="gridcell" aria-colindex={at + 2}
            className={`${end ? 'end' : ''}${at === 0 ? ' strong' : ''}${open ? ' edit'
              : active === at ? ' at' : ''}`}
            onClick={() => props.onActive({ row: index, column: at })}
            onDoubleClick={() => props.onEdit({ row: index, column: at })}
          >
            {open ? (
              <CellEditor
                column={column} record={record} onSave={props.onSave} onDone={props.onDone}
              />
            ) : at === 0 ? (
              <>
                <Link
                  className="trunc title" href={recordHref(object.name, record.id)} tabIndex={-1}
                  onClick={props.onOpen}
                >
                  {title}
                </Link>
                <ClaimButton object={object} record={record} title={title} tabIndex={-1} />
                <span className="tools">
                  <button
                    type="button" tabIndex={-1} aria-label={t('list.edit_title', { title })}
                    data-tip={t('edit')} onClick={() => props.onEdit({ row: index, column: 0 })}
                  >
                    <Icon name="edit" size={14} />
                  </button>
                  <Link
                    href={recordHref(object.name, record.id)} tabIndex={-1} onClick={props.onOpen}
                    aria-label={t('list.open', { title })} data-tip={t('open')}
                  >
                    <Icon name="arrow" size={14} />
                  </Link>
                </span>
              </>
            ) : <div className="trunc">{cellOf(value, { application, field: column.field })}</div>}
          </div>
        );
      })}
    </div>
  );
}

/** One row; drawn again only when it, the choice or the active cell in it changes. */
export const GridRow = memo(Row, (before, after) => before.record === after.record
  && before.top === after.top && before.index === after.index && before.chosen === after.chosen
  && before.active === after.active && before.editing === after.editing
  && before.columns === after.columns && before.application === after.application);
