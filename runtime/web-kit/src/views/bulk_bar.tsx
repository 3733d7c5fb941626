import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import type { AppObject, RecordData } from '../api/types.ts';
import type { Column } from '../fields/columns.ts';
import { addDecimals } from '../format/decimal.ts';
import type { Formats } from '../format/formats.ts';
import { sumsOf } from '../format/money.ts';
import { BulkHands } from '../hands/bulk_hands_lazy.tsx';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { deleteSoon } from './pending_deletes.ts';

const BulkEdit = lazy(() => import('./bulk_edit.tsx'));

export interface BulkBarProps {
  object: AppObject;
  rows: RecordData[];
  sum: Column | undefined;
  onClear: () => void;
}

/** What the rows add up to; of several currencies one sum for each. */
function totalText(formats: Formats, { field, read }: Column, rows: RecordData[]): string {
  const values = rows.map(read);
  const { currencies, currency, scale } = field;
  if (currencies) return formats.sumsText(sumsOf(values, currencies, currency), scale);
  const amounts = values.filter((value): value is string => typeof value === 'string');
  return amounts.length ? formats.moneyText(addDecimals(amounts), currency) : '';
}

/** What can be done with the rows chosen; says how many and what they add up to. */
export default function BulkBar({ object, rows, sum, onClear }: BulkBarProps) {
  const t = useT();
  const client = useQueryClient();
  const { formats } = useApplication();
  const [editing, setEditing] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const total = sum ? totalText(formats, sum, rows) : '';
  const what = t('bulk.what', { count: rows.length, objects: object.label_plural });

  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if ((event.target as HTMLElement).closest?.('dialog,[popover],input')) return;
      onClear();
    };
    document.addEventListener('keydown', key);
    return () => document.removeEventListener('keydown', key);
  }, [onClear]);

  return (
    <div className="bulk" role="toolbar" aria-label={t('bulk.label')} ref={anchor}>
      <span className="n">{t('bulk.chosen', { count: rows.length })}</span>
      {total && <small>{total}</small>}
      <span className="vr" />
      {object.may.update && (
        <button type="button" className="btn" onClick={() => setEditing(true)}>
          <Icon name="edit" />{t('bulk.edit')}
        </button>
      )}
      <BulkHands object={object} rows={rows} onDone={onClear} />
      {object.may.delete && (
        <button
          type="button" className="btn"
          onClick={() => {
            deleteSoon(client, object.name, rows.map(({ id }) => id), what);
            onClear();
          }}
        >
          <Icon name="trash" />{t('delete.title')}
        </button>
      )}
      <span className="vr" />
      <button type="button" className="btn" onClick={onClear}>
        {t('bulk.clear')} <Kbd>Esc</Kbd>
      </button>
      {editing && (
        <Suspense>
          <BulkEdit
            object={object} rows={rows} what={what} onClose={() => setEditing(false)}
            onDone={() => {
              setEditing(false);
              onClear();
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
