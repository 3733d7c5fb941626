import '../approval/approval.css';
import '../record/record.css';
import '../run/run.css';
import './flows.css';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import {
  fetchFlow, fetchFlowMetrics, flowAdminKeys, type RunsFilter,
} from '../api/flow_admin.ts';
import type { Simulation } from '../api/flow_admin_types.ts';
import { NowContext } from '../approval/use_now.ts';
import { useT } from '../i18n/i18n.ts';
import { RunGraph } from '../run/run_graph.tsx';
import { ErrorState } from '../ui/error_state.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { usePhone } from '../ui/use_phone.ts';
import { FlowGraph } from './flow_graph.tsx';
import { FlowHeader } from './flow_header.tsx';
import { FlowRuns } from './flow_runs.tsx';
import { FlowVersions } from './flow_versions.tsx';
import { lookAgainMs } from './flows_list.tsx';
import { runAt } from './run_at.ts';
import { SimulatePanel } from './simulate_panel.tsx';
import { StepPlayer } from './step_player.tsx';

export type FlowTab = 'runs' | 'simulate' | 'versions';

export interface FlowState extends RunsFilter {
  tab?: string | undefined;
}

interface FlowViewProps {
  name: string;
  state: FlowState;
  onState: (change: FlowState) => void;
  onTitle: (title: string) => void;
}

const tabs: FlowTab[] = ['runs', 'simulate', 'versions'];

/** A flow: its graph with what is on it now, its runs and versions, and what it would do. */
export function FlowView({ name, state, onState, onTitle }: FlowViewProps) {
  const t = useT();
  const phone = usePhone();
  const tab = tabs.find((one) => one === state.tab) ?? 'runs';
  const [simulation, setSimulation] = useState<Simulation | null>(null);
  const [at, setAt] = useState(0);
  const flow = useQuery({
    queryKey: flowAdminKeys.one(name), queryFn: ({ signal }) => fetchFlow(name, signal),
    refetchInterval: lookAgainMs, refetchOnWindowFocus: true,
  });
  const metrics = useQuery({
    queryKey: flowAdminKeys.metrics(name), queryFn: ({ signal }) => fetchFlowMetrics(name, signal),
    refetchInterval: lookAgainMs, refetchOnWindowFocus: true,
  });
  const beside = useRef<HTMLElement>(null);
  const simulate = () => {
    onState({ tab: 'simulate' });
    // On a phone it lies below the graph.
    if (phone) beside.current?.scrollIntoView();
  };
  const title = flow.data?.label;
  useEffect(() => {
    if (title) onTitle(title);
  }, [title]);
  if (!flow.data) {
    return (
      <div className={flow.isError ? 'alone' : 'record-wait'} aria-busy={flow.isPending}>
        <h1 className="hidden-text">{t('flows.one')}</h1>
        {flow.isError
          ? <ErrorState error={flow.error} retry={() => void flow.refetch()} />
          : [320, 520, 240, 400, 360].map((width) => (
            <span key={width} className="sk" style={{ width, maxWidth: '90%' }} />
          ))}
      </div>
    );
  }
  const shown = tab === 'simulate' ? simulation : null;
  const moment = shown ? Date.parse(shown.steps[at]?.at ?? '') : null;
  const canvas = shown ? (
    <NowContext value={moment}>
      <RunGraph
        run={runAt(shown, at)} whole={shown.run}
        foot={<StepPlayer steps={shown.steps} at={at} onAt={setAt} />}
      />
    </NowContext>
  ) : <FlowGraph flow={flow.data} metrics={metrics.data} />;
  return (
    <div className="run flow-page">
      <FlowHeader
        flow={flow.data}
        onSimulate={tab === 'simulate' ? null : simulate}
      />
      <div className="run-body">
        {canvas}
        <aside ref={beside} className="hist" tabIndex={phone ? undefined : 0}
          aria-label={t('flows.beside')}>
          <div className="hh flow-tabs">
            <Segmented
              label={t('flows.beside')} value={tab} onChange={(next) => onState({ tab: next })}
              options={tabs.map((value) => ({ value, label: t(`flows.tab.${value}`) }))}
            />
          </div>
          {tab === 'runs' && (
            <FlowRuns flow={flow.data} filter={state} onFilter={onState} />
          )}
          {tab === 'versions' && <FlowVersions flow={flow.data} />}
          <div hidden={tab !== 'simulate'}>
            <SimulatePanel
              flow={flow.data} simulation={simulation} at={at} onAt={setAt}
              onSimulation={(next) => {
                setSimulation(next);
                setAt(0);
              }}
            />
          </div>
        </aside>
      </div>
    </div>
  );
}
