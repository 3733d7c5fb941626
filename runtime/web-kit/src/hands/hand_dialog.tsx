import { useState } from 'react';
import type { HandDetails } from '../api/hands.ts';
import type { AppObject, HandAction } from '../api/types.ts';
import { bareValue, fieldOf } from '../fields/columns.ts';
import { fieldTypeOf } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

export interface HandDialogProps {
  object: AppObject;
  action: HandAction;
  busy: boolean;
  onClose: () => void;
  onRun: (details: HandDetails) => void;
}

const reasonMax = 160;

/** To whom, where somebody is to have it; and why, for whoever looks it up later. */
export default function HandDialog({ object, action, busy, onClose, onRun }: HandDialogProps) {
  const t = useT();
  const [user, setUser] = useState<unknown>(null);
  const [reason, setReason] = useState('');
  const field = action === 'assign' && object.owner_field
    ? fieldOf(object, object.owner_field) : undefined;
  const to = bareValue(user);
  const go = () => onRun({
    ...(typeof to === 'string' ? { user: to } : {}),
    ...(reason.trim() ? { reason: reason.trim() } : {}),
  });
  return (
    <Dialog
      title={t(`hands.ask.${action}`, { object: object.label })} onClose={onClose}
      footer={(
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" busy={busy} disabled={Boolean(field) && !to} onClick={go}>
            {t(`hands.${action}`)}
          </Button>
        </>
      )}
    >
      {field && (
        <div className="field gap">
          <label htmlFor="hand-user">{t('hands.to')}</label>
          {fieldTypeOf(field).input({
            field: { ...field, required: true }, value: user, onChange: setUser, id: 'hand-user' })}
        </div>
      )}
      <div className="field gap">
        <label htmlFor="hand-reason">{t('hands.reason')}</label>
        <input
          id="hand-reason" className="in" value={reason} maxLength={reasonMax}
          data-first={field ? undefined : true}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
    </Dialog>
  );
}
