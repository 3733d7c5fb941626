import '../approval/approval.css';
import '../record/record.css';
import './run.css';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { fetchRun, flowKeys } from '../api/flows.ts';
import type { RunAct, RunToken } from '../api/flow_types.ts';
import { loadTexts, useT } from '../i18n/i18n.ts';
import { ErrorState } from '../ui/error_state.tsx';
import { usePhone } from '../ui/use_phone.ts';
import { IncidentCard } from './incident_card.tsx';
import { incidentsOf } from './node_state.ts';
import { RunCopies } from './run_copies.tsx';
import { RunGraph } from './run_graph.tsx';
import { RunHeader } from './run_header.tsx';
import { RunHistory } from './run_history.tsx';
import { RunTimes } from './run_times.tsx';
import { SuppressedCard } from './suppressed_card.tsx';
import { useRunActs } from './use_run_acts.ts';

const RunDialog = lazy(async () => {
  const [dialog] = await Promise.all([import('./run_dialog.tsx'), loadTexts('flows')]);
  return dialog;
});

export interface Asking {
  act: RunAct;
  token?: RunToken;
}

interface RunViewProps {
  id: string;
  /** Beside a list: the page has its own heading. */
  beside?: boolean;
  onTitle?: (title: string) => void;
}

/** A run, whole: the graph and where it is, who has it, what happened, what an admin may do. */
export function RunView({ id, beside = false, onTitle }: RunViewProps) {
  const t = useT();
  const phone = usePhone();
  const [asking, setAsking] = useState<Asking | null>(null);
  const query = useQuery({
    queryKey: flowKeys.run(id), queryFn: ({ signal }) => fetchRun(id, signal),
    refetchOnWindowFocus: true,
  });
  const run = query.data;
  const { act, busy } = useRunActs(id);
  const title = run?.record.title;
  useEffect(() => {
    if (title) onTitle?.(title);
  }, [title]);
  if (!run) {
    return (
      <div className={query.isError ? 'alone' : 'record-wait'}>
        {!beside && <h1 className="hidden-text">{t('run.title')}</h1>}
        {query.isError
          ? <ErrorState error={query.error} retry={() => void query.refetch()} />
          : [320, 520, 240, 400, 360].map((width) => (
            <span key={width} className="sk" style={{ width, maxWidth: '90%' }} />
          ))}
      </div>
    );
  }
  const incidents = incidentsOf(run);
  const over = (
    <>
      {incidents.map((token) => (
        <IncidentCard
          key={token.id} run={run} token={token} busy={busy}
          onRetry={() => void act('retry', { token: token.id })}
          onAsk={(what) => setAsking({ act: what, token })}
        />
      ))}
      <SuppressedCard run={run} />
      <RunTimes run={run} />
      <RunCopies run={run} />
    </>
  );
  return (
    <div className={`run${beside ? ' beside' : ''}`}>
      <RunHeader
        run={run} beside={beside} busy={busy} onAsk={(what) => setAsking({ act: what })}
      />
      <div className="run-body">
        <RunGraph run={run}>{over}</RunGraph>
        <aside className="hist" tabIndex={phone ? undefined : 0} aria-label={t('run.history')}>
          <RunHistory run={run} />
        </aside>
      </div>
      {asking && (
        <Suspense>
          <RunDialog
            run={run} asking={asking} busy={busy !== null} onClose={() => setAsking(null)}
            onRun={async (verb, body) => {
              if (await act(verb, body)) setAsking(null);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
