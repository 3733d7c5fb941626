import { useApplication } from '../api/application.tsx';
import type { AppObject, RecordData } from '../api/types.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { useHands } from './use_hands.ts';
import { whyNot } from './why.ts';

export interface ClaimButtonProps {
  object: AppObject;
  record: RecordData;
  title: string;
  /** Within a grid, whose cells are walked by arrows. */
  tabIndex?: number;
}

/** Takes a record of a list out of its pool; where that cannot be now, it says why. */
export default function ClaimButton({ object, record, title, tabIndex = 0 }: ClaimButtonProps) {
  const t = useT();
  const { formats } = useApplication();
  const { run, busy } = useHands(object);
  const refusals = record.may?.actions?.claim;
  if (!refusals) return null;
  const why = whyNot(refusals, formats);
  return (
    <Button
      size="sm" className="claim" busy={busy !== null} tabIndex={tabIndex}
      aria-disabled={why ? true : undefined} data-tip={why || undefined}
      aria-label={why ? t('hands.not_of', { what: t('hands.claim'), title, why })
        : t('hands.claim_of', { title })}
      onClick={(event) => {
        event.stopPropagation();
        if (!why) void run(record.id, 'claim');
      }}
    >
      {t('hands.claim')}
    </Button>
  );
}
