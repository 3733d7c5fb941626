import type { ReactNode } from 'react';
import { useT } from '../i18n/i18n.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { BulkJob } from './use_bulk_job.ts';

interface BulkDialogProps {
  /** Under which of `flows.*` its texts are. */
  words: 'migrate' | 'reassign';
  title: string;
  icon: string;
  bulk: BulkJob;
  /** How many it would be; nothing: not known yet. */
  can: number | undefined;
  runs: number;
  onGo: () => void;
  onClose: () => void;
  /** What is asked before it begins. */
  children: ReactNode;
}

/** First what would come of it, then how far it is, then how it ended. */
export function BulkDialog(props: BulkDialogProps) {
  const { words, title, icon, bulk, can, runs, onGo, onClose, children } = props;
  const t = useT();
  const { begun, done, now, refused } = bulk;
  return (
    <Dialog
      title={title} onClose={onClose}
      footer={done ? <Button look="primary" onClick={onClose}>{t('close')}</Button> : (
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" icon={icon} busy={begun} onClick={onGo} disabled={!can}>
            {t(`flows.${words}.go`, { count: can ?? 0 })}
          </Button>
        </>
      )}
    >
      <p className="mid">{t(`flows.${words}.what`)}</p>
      {!begun && children}
      {begun && !done && (
        <p role="status" className="none">{t('flows.migrate.under_way', {
          done: now?.done ?? 0, total: now?.total ?? runs })}</p>
      )}
      {done && (
        <Banner look={done.state === 'done' ? 'info' : 'bad'}
          title={t(`flows.${words}.end.${done.state === 'done' ? 'done' : 'stopped'}`, {
            count: done.done })}>
          {done.problem ?? t(`flows.${words}.rest`)}
        </Banner>
      )}
      {refused && <Banner look="bad" title={t(`flows.${words}.refused`)}>{refused}</Banner>}
    </Dialog>
  );
}
