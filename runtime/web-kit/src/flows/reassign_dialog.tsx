import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import { checkReassign, fetchJob, flowAdminKeys, reassignRuns } from '../api/flow_admin.ts';
import type { Job, ReassignReport } from '../api/flow_admin_types.ts';
import { flowKeys, runHref } from '../api/flows.ts';
import { CommentField } from '../approval/comment_field.tsx';
import { OneWish } from '../approval/one_wish.ts';
import { PeopleInput } from '../approval/people_input.tsx';
import { whyRefused } from '../approval/use_task_acts.ts';
import type { Referred } from '../fields/columns.ts';
import { useT } from '../i18n/i18n.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorState } from '../ui/error_state.tsx';
import { Link } from '../ui/link.tsx';

const askAgainMs = 700;
const isOver = (job: Job) => job.state !== 'waiting' && job.state !== 'running';

/** What one person has to decide goes to another: first what would come of it, then it is done. */
export default function ReassignDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const { formats } = useApplication();
  const [from, setFrom] = useState<Referred[]>([]);
  const [to, setTo] = useState<Referred[]>([]);
  const [comment, setComment] = useState('');
  const [job, setJob] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const wish = useRef(new OneWish());
  const [leaver = '', taker = ''] = [from[0]?.id, to[0]?.id];
  const report = useQuery({
    queryKey: [...flowAdminKeys.all, 'reassign', leaver, taker], staleTime: 0, gcTime: 0,
    queryFn: ({ signal }) => checkReassign(leaver, taker, signal), retry: false,
    enabled: job === null && leaver !== '' && taker !== '',
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
  const found = report.data;
  const done = under.data && isOver(under.data) ? under.data : null;
  const go = async () => {
    if (!found?.can) return;
    const key = wish.current.begin('reassign', { from: leaver, to: taker, comment });
    if (!key) return;
    setRefused(null);
    try {
      const begun = await reassignRuns(leaver, taker, comment.trim(), key);
      wish.current.done();
      setJob(begun.id);
    } catch (error) {
      wish.current.failed();
      setRefused(whyRefused(error, formats));
    }
  };
  return (
    <Dialog
      title={t('flows.reassign.title')} onClose={onClose}
      footer={done ? <Button look="primary" onClick={onClose}>{t('close')}</Button> : (
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" icon="swap" busy={job !== null} onClick={() => void go()}
            disabled={!found || found.can === 0}>
            {t('flows.reassign.go', { count: found?.can ?? 0 })}
          </Button>
        </>
      )}
    >
      <p className="mid">{t('flows.reassign.what')}</p>
      {job === null && (
        <>
          <PeopleInput id="reassign-from" label={t('flows.reassign.from')} value={from}
            onChange={setFrom} />
          <PeopleInput id="reassign-to" label={t('flows.reassign.to')} value={to}
            onChange={setTo} />
          {report.isError && (
            <ErrorState error={report.error} retry={() => void report.refetch()} />
          )}
          {found && <Report report={found} />}
          <CommentField id="reassign-comment" value={comment} onChange={setComment}
            onSubmit={() => void go()} />
        </>
      )}
      {job !== null && !done && (
        <p role="status" className="none">{t('flows.migrate.under_way', {
          done: under.data?.done ?? 0, total: under.data?.total ?? found?.runs ?? 0 })}</p>
      )}
      {done && (
        <Banner look={done.state === 'done' ? 'info' : 'bad'}
          title={t(`flows.reassign.end.${done.state === 'done' ? 'done' : 'stopped'}`, {
            count: done.done })}>
          {done.problem ?? t('flows.reassign.rest')}
        </Banner>
      )}
      {refused && <Banner look="bad" title={t('flows.reassign.refused')}>{refused}</Banner>}
    </Dialog>
  );
}

function Report({ report }: { report: ReassignReport }) {
  const t = useT();
  const { formats } = useApplication();
  return (
    <>
      <dl className="migrate-figures" aria-live="polite">
        <div><dt>{t('flows.migrate.runs')}</dt><dd>{formats.integer(report.runs)}</dd></div>
        <div><dt>{t('flows.reassign.can')}</dt>
          <dd className="ok">{formats.integer(report.can)}</dd></div>
        <div><dt>{t('flows.reassign.cannot')}</dt>
          <dd className={report.cannot ? 'warn' : ''}>{formats.integer(report.cannot)}</dd></div>
      </dl>
      {report.checked < report.runs && (
        <p className="dim t12">{t('flows.migrate.checked', { count: report.checked })}</p>
      )}
      {report.problems.length > 0 && (
        <ul className="migrate-why">
          {report.problems.map((one) => (
            <li key={one.rule}>
              <span className="grow">{one.message}</span>
              <Link className="link" href={runHref(one.run)}>
                {t('flows.reassign.such', { count: one.seats })}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
