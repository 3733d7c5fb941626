import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApplication } from '../api/application.tsx';
import { type ActBody, checkRunMigration, flowKeys } from '../api/flows.ts';
import type { Run, RunMigration } from '../api/flow_types.ts';
import { CommentField } from '../approval/comment_field.tsx';
import { useT } from '../i18n/i18n.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorState } from '../ui/error_state.tsx';
import { Icon } from '../ui/icon.tsx';

interface MigrateRunDialogProps {
  run: Run;
  busy: boolean;
  onRun: (verb: string, body: ActBody) => void;
  onClose: () => void;
}

/** A run goes on with the newest version: first whether it can, and what becomes of it. */
export function MigrateRunDialog({ run, busy, onRun, onClose }: MigrateRunDialogProps) {
  const t = useT();
  const [comment, setComment] = useState('');
  const report = useQuery({
    queryKey: [...flowKeys.run(run.id), 'migration'], staleTime: 0, gcTime: 0,
    queryFn: ({ signal }) => checkRunMigration(run.id, signal),
  });
  const found = report.data;
  const go = () => {
    if (found?.can) onRun('migrate', { version: found.to_version, comment: comment.trim() });
  };
  return (
    <Dialog
      title={t('run.act.migrate')} onClose={onClose}
      footer={(
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" icon="branch" busy={busy} disabled={!found?.can} onClick={go}>
            {t('run.act.migrate')}
          </Button>
        </>
      )}
    >
      <p className="mid">{t('flows.migrate.of_run')}</p>
      {report.isPending && <p className="none" role="status">{t('loading')}</p>}
      {report.isError && <ErrorState error={report.error} retry={() => void report.refetch()} />}
      {found && (found.can ? <Effects found={found} /> : (
        <Banner look="warn" title={t('flows.migrate.run_cannot', { version: found.to_version })}>
          <ul>
            {found.problems.map((problem) => (
              <li key={`${problem.at} ${problem.rule}`}>
                {problem.node_label && <b>{problem.node_label} </b>}{problem.message}
              </li>
            ))}
          </ul>
        </Banner>
      ))}
      {found?.can && (
        <CommentField id="migrate-run-comment" value={comment} onChange={setComment} onSubmit={go}
          first />
      )}
    </Dialog>
  );
}

function Effects({ found }: { found: RunMigration }) {
  const t = useT();
  const { formats } = useApplication();
  const { added, dropped } = found.variables;
  const lines = [
    t('flows.migrate.versions', { from: found.from_version, to: found.to_version }),
    ...found.moves.map(({ node, to }) => t('flows.migrate.moves', {
      from: node.label, to: to.label })),
    t('flows.migrate.seats', { count: found.seats_kept }),
    found.times_renewed > 0 && t('flows.migrate.renewed', { count: found.times_renewed }),
    added.length > 0 && t('flows.migrate.added', { names: formats.list(added) }),
    dropped.length > 0 && t('flows.migrate.dropped', { names: formats.list(dropped) }),
    found.decides && t('flows.migrate.decides'),
  ].filter((line) => line !== false);
  return (
    <ul className="migrate-effects">
      {lines.map((line) => <li key={line}><Icon name="check" size={14} />{line}</li>)}
    </ul>
  );
}
