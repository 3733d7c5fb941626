import { useState } from 'react';
import type { AppObject, HandAction, RecordData } from '../api/types.ts';
import { useT } from '../i18n/i18n.ts';
import { HandDialog } from './hand_dialog_lazy.tsx';
import { offered, useHands } from './use_hands.ts';

export interface BulkHandsProps {
  object: AppObject;
  rows: RecordData[];
  onDone: () => void;
}

const actions: HandAction[] = ['claim', 'release', 'return', 'assign'];

/** What pools offer for the rows chosen: done to those of them that may. */
export default function BulkHands({ object, rows, onDone }: BulkHandsProps) {
  const t = useT();
  const { runMany, busy } = useHands(object);
  const [asking, setAsking] = useState<HandAction | null>(null);
  const offers = actions.map((action) => ({ action, rows: offered(rows, action) }))
    .filter((offer) => offer.rows.length > 0);
  const press = (action: HandAction, those: RecordData[]) => {
    if (action === 'claim') void runMany(those, action).then(onDone);
    else setAsking(action);
  };
  return (
    <>
      {offers.map(({ action, rows: those }) => (
        <button
          key={action} type="button" className="btn" disabled={busy !== null}
          onClick={() => press(action, those)}
        >
          {t(`hands.${action}`)}
        </button>
      ))}
      {asking && (
        <HandDialog
          object={object} action={asking} busy={busy !== null} onClose={() => setAsking(null)}
          onRun={(details) => {
            void runMany(offered(rows, asking), asking, details).then(() => {
              setAsking(null);
              onDone();
            });
          }}
        />
      )}
    </>
  );
}
