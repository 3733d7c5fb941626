import './flows.css';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import { fetchFlows, flowAdminKeys, flowHref } from '../api/flow_admin.ts';
import type { FlowFigures } from '../api/flow_admin_types.ts';
import { runHref } from '../api/flows.ts';
import { useT } from '../i18n/i18n.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty_state.tsx';
import { ErrorState } from '../ui/error_state.tsx';
import { Link } from '../ui/link.tsx';
import { usePhone } from '../ui/use_phone.ts';
import { BadCount, KindTag, Span } from './figures.tsx';

const ReassignDialog = lazy(() => import('./reassign_dialog.tsx'));

/** Who looks after flows is told every so often; nothing tells them of each step of a run. */
export const lookAgainMs = 10_000;

/** All flows: what is on its way, what has stopped, how long it takes. */
export function FlowsList() {
  const t = useT();
  const phone = usePhone();
  const [reassigning, setReassigning] = useState(false);
  const query = useQuery({
    queryKey: flowAdminKeys.all, queryFn: ({ signal }) => fetchFlows(signal),
    refetchInterval: lookAgainMs, refetchOnWindowFocus: true,
  });
  const flows = [...query.data?.flows ?? []].sort((a, b) => b.incidents - a.incidents
    || b.overdue - a.overdue || b.running - a.running || a.label.localeCompare(b.label));
  return (
    <div className="flows">
      <header className={phone ? 'big' : 'flows-head'}>
        <h1>{t('flows.title')}</h1>
        {query.data && <small className="dim">{flows.length}</small>}
        <span className="grow" />
        <Button size="sm" icon="swap" onClick={() => setReassigning(true)}>
          {t('flows.reassign.open')}
        </Button>
      </header>
      {query.data && query.data.stuck.length > 0 && (
        <Banner look="bad" title={t('flows.stuck', { count: query.data.stuck.length })}>
          {query.data.stuck.map(({ run }) => (
            <Link key={run} className="link" href={runHref(run)}>{run}</Link>
          ))}
        </Banner>
      )}
      {query.isError && !query.data && (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      )}
      {query.isPending && <Waiting />}
      {query.data && flows.length === 0 && (
        <EmptyState art="joining" title={t('flows.none.title')} text={t('flows.none.text')} />
      )}
      {reassigning && (
        <Suspense><ReassignDialog onClose={() => setReassigning(false)} /></Suspense>
      )}
      {flows.length > 0 && (phone ? <Cards flows={flows} /> : <Table flows={flows} />)}
    </div>
  );
}

function Waiting() {
  const t = useT();
  return (
    <div className="flows-wait" aria-busy="true" role="status" aria-label={t('loading')}>
      {[0, 1, 2, 3].map((row) => <span key={row} className="sk" />)}
    </div>
  );
}

function Table({ flows }: { flows: FlowFigures[] }) {
  const t = useT();
  const { object } = useApplication();
  const heads = ['live', 'incidents', 'overdue', 'p50', 'p90', 'automatic', 'rework', 'finished'];
  return (
    <div className="flows-scroll" tabIndex={0} role="region" aria-label={t('flows.title')}>
      <table className="flows-table">
        <thead>
          <tr>
            <th scope="col">{t('flows.name')}</th>
            {heads.map((name) => (
              <th key={name} scope="col" className="num" data-tip={t(`flows.hint.${name}`)}>
                {t(`flows.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {flows.map((flow) => (
            <tr key={flow.name}>
              <th scope="row">
                <Link href={flowHref(flow.name)}>{flow.label}</Link>
                <span className="row">
                  <KindTag kind={flow.kind} />
                  <small className="dim">
                    {t('flows.of', { objects: object(flow.object)?.label_plural ?? flow.object,
                      version: flow.version })}
                  </small>
                </span>
              </th>
              <td className="num strong">{flow.running + flow.suspended}</td>
              <td className="num"><BadCount count={flow.incidents} /></td>
              <td className="num"><BadCount count={flow.overdue} /></td>
              <td className="num"><Span ms={flow.p50_ms} /></td>
              <td className="num"><Span ms={flow.p90_ms} /></td>
              <td className="num">{flow.automatic}</td>
              <td className="num">{flow.rework}</td>
              <td className="num">{flow.finished}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ flows }: { flows: FlowFigures[] }) {
  const t = useT();
  return (
    <ul className="flow-cards">
      {flows.map((flow) => (
        <li key={flow.name}>
          <Link href={flowHref(flow.name)}>
            <span className="row"><b className="grow">{flow.label}</b><KindTag kind={flow.kind} />
            </span>
            <span className="row figures">
              <span>{t('flows.live_count', { count: flow.running + flow.suspended })}</span>
              {flow.incidents > 0 && (
                <span className="bad">{t('run.incidents', { count: flow.incidents })}</span>
              )}
              {flow.overdue > 0 && (
                <span className="bad">{t('flows.overdue_count', { count: flow.overdue })}</span>
              )}
              {flow.p50_ms !== null && (
                <span className="dim">{t('flows.usually')} <Span ms={flow.p50_ms} /></span>
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
