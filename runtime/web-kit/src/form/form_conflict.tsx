import { useState } from 'react';
import { useApplication } from '../api/application.tsx';
import type { AppObject } from '../api/types.ts';
import { columnOf } from '../fields/columns.ts';
import { cellOf } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { FormStore } from './form_store.ts';
import type { FormClash } from './use_form.ts';

interface FormConflictProps {
  object: AppObject;
  clash: FormClash;
  form: FormStore;
  onSettle: (theirs: string[]) => void;
  onCancel: () => void;
}

/** Fields that somebody else has saved meanwhile: both values, one choice each. */
export function FormConflict({ object, clash, form, onSettle, onCancel }: FormConflictProps) {
  const t = useT();
  const application = useApplication();
  const [theirs, setTheirs] = useState<string[]>([]);
  const take = (name: string, their: boolean) => setTheirs(
    their ? [...theirs, name] : theirs.filter((one) => one !== name));
  return (
    <Dialog
      title={t('conflict.form_title', { object: object.label })} onClose={onCancel} alert
      footer={(
        <>
          <Button onClick={onCancel}>{t('cancel')}</Button>
          <Button look="primary" onClick={() => onSettle(theirs)}>{t('conflict.go_on')}</Button>
        </>
      )}
    >
      <p className="mid">{t('conflict.form_text')}</p>
      {clash.fields.map((name) => {
        const column = columnOf(application, object.name, name);
        if (!column) return null;
        const show = (value: unknown) => cellOf(value, { application, field: column.field });
        const mine = column.field.children ? form.record.rows(name) : form.state(name).value;
        const before = column.field.children ? form.record.beginnings.get(name)
          : form.initialOf(name);
        return (
          <fieldset className="clash" key={name}>
            <legend>{column.label}</legend>
            <div className="cf">
              {[false, true].map((their) => {
                const on = theirs.includes(name) === their;
                return (
                  <label key={String(their)} className={on ? 'on' : ''}>
                    <input
                      type="radio" name={`clash-${name}`} checked={on}
                      onChange={() => take(name, their)}
                    />
                    <span>{show(their ? column.read(clash.current) : mine)}</span>
                    <small>{t(their ? 'conflict.theirs' : 'conflict.mine')}</small>
                  </label>
                );
              })}
              <div>
                <span /><span>{show(before)}</span>
                <small>{t('conflict.before')}</small>
              </div>
            </div>
          </fieldset>
        );
      })}
    </Dialog>
  );
}
