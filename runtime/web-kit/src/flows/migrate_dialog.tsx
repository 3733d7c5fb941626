import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import { checkMigration, fetchJob, flowAdminKeys, migrateRuns } from '../api/flow_admin.ts';
import type { FlowPage, Job } from '../api/flow_admin_types.ts';
import { flowKeys, runHref } from '../api/flows.ts';
import { CommentField } from '../approval/comment_field.tsx';
import { OneWish } from '../approval/one_wish.ts';
import { whyRefused } from '../approval/use_task_acts.ts';
import { useT } from '../i18n/i18n.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorState } from '../ui/error_state.tsx';
import { Link } from '../ui/link.tsx';

interface MigrateDialogProps {
  flow: FlowPage;
  from: number[];
  onClose: () => void;
}

const askAgainMs = 700;
const isOver = (job: Job) => job.state !== 'waiting' && job.state !== 'running';

/** Runs of earlier versions go on with the newest: first what would come of it, then it is done. */
export function MigrateDialog({ flow, from, onClose }: MigrateDialogProps) {
  const t = useT();
  const client = useQueryClient();
  const { formats } = useApplication();
  const [comment, setComment] = useState('');
  const [job, setJob] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const wish = useRef(new OneWish());
  const report = useQuery({
    queryKey: [...flowAdminKeys.one(flow.name), 'migration', from], staleTime: 0, gcTime: 0,
    queryFn: ({ signal }) => checkMigration(flow.name, from, signal), enabled: job === null,
  });
  const under = useQuery({
    queryKey: ['jobs', job], enabled: job !== null,
    queryFn: async ({ signal }) => {
      const now = await fetchJob(job ?? '', signal);
      if (isOver(now)) void client.invalidateQueries({ queryKey: flowKeys.runs });
      return now;
    },
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : askAgainMs),
  });
  const go = async () => {
    const key = wish.current.begin('migrate', { from, comment });
    if (!key) return;
    setRefused(null);
    try {
      const begun = await migrateRuns(flow.name, from, comment.trim(), key);
      wish.current.done();
      setJob(begun.id);
    } catch (error) {
      wish.current.failed();
      setRefused(whyRefused(error, formats));
    }
  };
  const found = report.data;
  const done = under.data && isOver(under.data) ? under.data : null;
  return (
    <Dialog
      title={t('flows.migrate.title', { version: flow.version })} onClose={onClose}
      footer={done ? <Button look="primary" onClick={onClose}>{t('close')}</Button> : (
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" icon="branch" busy={job !== null} onClick={() => void go()}
            disabled={!found || found.can === 0}>
            {t('flows.migrate.go', { count: found?.can ?? 0 })}
          </Button>
        </>
      )}
    >
      <p className="mid">{t('flows.migrate.what')}</p>
      {report.isPending && job === null && <p role="status" className="none">{t('loading')}</p>}
      {report.isError && (
        <ErrorState error={report.error} retry={() => void report.refetch()} />
      )}
      {found && job === null && (
        <>
          <dl className="migrate-figures" aria-live="polite">
            <div><dt>{t('flows.migrate.runs')}</dt><dd>{formats.integer(found.runs)}</dd></div>
            <div><dt>{t('flows.migrate.can')}</dt><dd className="ok">{formats.integer(found.can)}
            </dd></div>
            <div><dt>{t('flows.migrate.cannot')}</dt>
              <dd className={found.cannot ? 'warn' : ''}>{formats.integer(found.cannot)}</dd></div>
          </dl>
          {found.checked < found.runs && (
            <p className="dim t12">{t('flows.migrate.checked', { count: found.checked })}</p>
          )}
          {found.problems.length > 0 && (
            <>
              <h3>{t('flows.migrate.why')}</h3>
              <ul className="migrate-why">
                {found.problems.map((one) => (
                  <li key={`${one.rule} ${one.node_label} ${one.message}`}>
                    <span className="grow">{one.node_label && <b>{one.node_label} </b>}
                      {one.message}</span>
                    <Link className="link" href={runHref(one.run)}>
                      {t('flows.migrate.such', { count: one.runs })}
                    </Link>
                  </li>
                ))}
              </ul>
            </>
          )}
          <CommentField id="migrate-comment" value={comment} onChange={setComment}
            onSubmit={() => void go()} first />
        </>
      )}
      {job !== null && !done && (
        <p role="status" className="none">{t('flows.migrate.under_way', {
          done: under.data?.done ?? 0, total: under.data?.total ?? found?.runs ?? 0 })}</p>
      )}
      {done && (
        <Banner look={done.state === 'done' ? 'info' : 'bad'}
          title={t(`flows.migrate.end.${done.state === 'done' ? 'done' : 'stopped'}`, {
            count: done.done })}>
          {done.problem ?? t('flows.migrate.rest')}
        </Banner>
      )}
      {refused && <Banner look="bad" title={t('flows.migrate.refused')}>{refused}</Banner>}
    </Dialog>
  );
}
