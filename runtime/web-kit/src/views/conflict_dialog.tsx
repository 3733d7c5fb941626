import { useState } from 'react';
import { useApplication } from '../api/application.tsx';
import type { AppObject } from '../api/types.ts';
import { columnOf } from '../fields/columns.ts';
import { cellOf } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { Clash } from './use_save.ts';

export interface ConflictDialogProps {
  object: AppObject;
  clash: Clash;
  onMine: () => void;
  onClose: () => void;
}

/** Somebody saved the same field first: both values and the one before, and a choice. */
export default function ConflictDialog({ object, clash, onMine, onClose }: ConflictDialogProps) {
  const t = useT();
  const application = useApplication();
  const [mine, setMine] = useState(true);
  const column = columnOf(application, object.name, clash.field);
  const label = column?.label ?? clash.field;
  const show = (value: unknown) => (column ? cellOf(value, { application, field: column.field })
    : String(value));
  const at = String(clash.current['updated_at'] ?? '');
  const choices: [boolean, unknown, string][] = [
    [true, clash.mine, t('conflict.mine')],
    [false, column?.read(clash.current), at
      ? t('conflict.theirs_at', { at: application.formats.time(at) }) : t('conflict.theirs')],
  ];
  return (
    <Dialog
      title={t('conflict.title', { label })} onClose={onClose} alert
      footer={(
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" onClick={mine ? onMine : onClose}>
            {t(mine ? 'conflict.save_mine' : 'conflict.keep_theirs')}
          </Button>
        </>
      )}
    >
      <p className="mid">{t('conflict.text')}</p>
      <div className="cf" role="radiogroup" aria-label={label}>
        {choices.map(([own, value, said]) => (
          <label key={String(own)} className={own === mine ? 'on' : ''}>
            <input
              type="radio" name="clash" checked={own === mine} onChange={() => setMine(own)}
              data-first={own || undefined}
            />
            <span>{show(value)}</span>
            <small>{said}</small>
          </label>
        ))}
        <div>
          <span />
          <span>{show(column?.read(clash.record))}</span>
          <small>{t('conflict.before')}</small>
        </div>
      </div>
    </Dialog>
  );
}
