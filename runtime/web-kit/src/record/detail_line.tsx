import { lazy, Suspense, useRef, useState } from 'react';
import type { AppObject, RecordData } from '../api/types.ts';
import type { Column } from '../fields/columns.ts';
import { isDerived } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { CellEditor } from '../views/cell_editor.tsx';
import { FieldValue } from './field_value.tsx';

const WhyButton = lazy(() => import('../explain/why_button.tsx'));

interface DetailLineProps {
  object: AppObject;
  column: Column;
  record: RecordData;
  editable: boolean;
  onSave: (record: RecordData, field: string, value: unknown) => Promise<boolean>;
}

const wideTypes = new Set(['long_text', 'rich_text', 'json', 'address', 'signature', 'files']);

/** One field of a page; a double click or its pencil edits it in place. */
export function DetailLine({ object, column, record, editable, onSave }: DetailLineProps) {
  const t = useT();
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const wide = wideTypes.has(column.field.type);
  const isHidden = record.may?.hidden?.includes(column.path) === true;
  const done = () => {
    setEditing(false);
    setTimeout(() => pencil.current?.focus({ preventScroll: true }), 0);
  };
  return (
    <div
      className={`${wide ? 'wide' : ''}${editing ? ' editing' : ''}`}
      onDoubleClick={editable && !editing ? () => setEditing(true) : undefined}
    >
      <span className="lab-text" title={column.field.help ?? undefined}>{column.label}</span>
      {editing ? (
        <CellEditor column={column} record={record} onSave={onSave} onDone={done} />
      ) : (
        <span className="val">{isHidden
          ? <span className="dim">{t('hands.hidden')}</span>
          : <FieldValue column={column} value={column.read(record)} />}</span>
      )}
      {column.own && isDerived(column.field) && !isHidden && (
        <Suspense>
          <WhyButton
            className="pencil" object={object.name} id={record.id} version={record.version}
            field={column.field} value={column.read(record)}
          />
        </Suspense>
      )}
      {editable && !editing && (
        <button
          ref={pencil} type="button" className="pencil" onClick={() => setEditing(true)}
          aria-label={t('record.edit_field', { label: column.label })} data-tip={t('edit')}
        >
          <Icon name="edit" size={14} />
        </button>
      )}
    </div>
  );
}
