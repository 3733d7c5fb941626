import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/api_error.ts';
import { batch, recordKeys } from '../api/records.ts';
import type { AppObject, RecordData } from '../api/types.ts';
import { bareValue } from '../fields/columns.ts';
import { fieldTypeOf } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Picker } from '../ui/picker.tsx';
import { toast } from '../ui/toast_store.ts';

interface BulkEditProps {
  object: AppObject;
  rows: RecordData[];
  what: string;
  onClose: () => void;
  onDone: () => void;
}

const batchMax = 200;
const warningsMax = 3;

/** One field, one value, all rows chosen. What the server refuses or warns of is counted and
 * said. */
export default function BulkEdit({ object, rows, what, onClose, onDone }: BulkEditProps) {
  const t = useT();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [value, setValue] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const fields = object.fields.filter((field) =>
    field.writable && !field.system && !field.children && field.type !== 'auto_number');
  const field = fields.find((one) => one.name === name);

  const apply = async () => {
    if (!field) return;
    setBusy(true);
    let saved = 0;
    let why: string | null = null;
    const warnings: string[] = [];
    let warned = 0;
    try {
      for (let from = 0; from < rows.length; from += batchMax) {
        const { results } = await batch(object.name, rows.slice(from, from + batchMax)
          .map(({ id }) => ({ update: id, set: { [field.name]: bareValue(value) } })));
        for (const { status, error, record } of results) {
          const told = record?.$warnings ?? [];
          if (told.length > 0) warned += 1;
          warnings.push(...told.map(({ message }) => message));
          if (status < 300) saved += 1;
          else why ??= error?.problems?.[0]?.message ?? error?.detail ?? null;
        }
      }
    } catch (error) {
      why = (error instanceof ApiError && error.said) || t('save.failed');
    }
    void client.invalidateQueries({ queryKey: recordKeys.object(object.name) });
    setBusy(false);
    if (warned > 0) {
      const which = [...new Set(warnings)].slice(0, warningsMax).join(' ');
      toast(t('bulk.warned', { count: warned, which }), { warn: true, ms: 8000 });
    }
    if (saved === rows.length) {
      toast(t('bulk.saved', { count: saved }));
      onDone();
      return;
    }
    setProblem(t('bulk.refused', { count: rows.length - saved, saved, why: why ?? '' }));
  };

  return (
    <Dialog
      title={t('bulk.edit_title', { what })} onClose={onClose}
      footer={(
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" busy={busy} disabled={!field} onClick={() => void apply()}>
            {t('bulk.apply')}
          </Button>
        </>
      )}
    >
      {problem && <Banner look="bad" title={problem} />}
      <div className="field gap">
        <label htmlFor="bulk-field">{t('filter.field')}</label>
        <Picker
          id="bulk-field" label={t('filter.field')} value={name ? [name] : []}
          options={fields.map((one) => ({ value: one.name, label: one.label }))}
          shown={field?.label ?? <span className="dim">{t('filter.choose')}</span>}
          onChange={([next]) => {
            setName(next ?? '');
            setValue(null);
          }}
        />
      </div>
      {field && (
        <div className="field gap">
          <label htmlFor="bulk-value">{t('bulk.value')}</label>
          {fieldTypeOf(field).input({ field, value, onChange: setValue, id: 'bulk-value' })}
        </div>
      )}
    </Dialog>
  );
}
