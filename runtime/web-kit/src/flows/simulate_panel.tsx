import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/api_error.ts';
import { useApplication } from '../api/application.tsx';
import { simulateFlow } from '../api/flow_admin.ts';
import type { FlowPage, Simulation, SimulationBody } from '../api/flow_admin_types.ts';
import { fetchRecord } from '../api/records.ts';
import type { Referred } from '../fields/columns.ts';
import { announce } from '../a11y/announce.ts';
import { useT } from '../i18n/i18n.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { incidentsOf } from '../run/node_state.ts';
import { firstAnswer, scriptOf } from './script.ts';
import { SimulateForm, type SimulationSetup } from './simulate_form.tsx';
import { SimulationResult } from './simulation_result.tsx';
import { StoryDialog } from './story_dialog.tsx';

interface SimulatePanelProps {
  flow: FlowPage;
  simulation: Simulation | null;
  at: number;
  onAt: (at: number) => void;
  onSimulation: (simulation: Simulation | null) => void;
}

/** What needs another look than a tick. */
const looks: Record<string, [string, string]> = {
  waits: ['clock', 'warn'], stops: ['alert', 'bad'], rejected: ['x', 'bad'],
  withdrawn: ['undo', ''], voided: ['x', ''] };

const emptySetup = (flow: FlowPage): SimulationSetup => ({
  record: null, values: null, who: null, at: '', othersWait: false,
  answers: flow.graph.nodes.filter(({ kind }) => kind === 'approve' || kind === 'task')
    .map(({ id }) => firstAnswer(id)) });

/** Plays the flow to its end with a record: what comes of it is shown, nothing remains. */
export function SimulatePanel({ flow, simulation, at, onAt, onSimulation }: SimulatePanelProps) {
  const t = useT();
  const client = useQueryClient();
  const { me, formats } = useApplication();
  const [setup, setSetup] = useState(() => emptySetup(flow));
  const [asked, setAsked] = useState<SimulationBody | null>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const result = useRef<HTMLDivElement>(null);
  const lack = tried && !setup.record && !setup.values;

  const body = async (): Promise<SimulationBody> => {
    const made = setup.record && !setup.who
      ? await client.fetchQuery({
        queryKey: ['records', flow.object, 'one', setup.record.id, ['created_by']],
        queryFn: () => fetchRecord(flow.object, setup.record?.id ?? '', ['created_by']),
      }).catch(() => null) : null;
    const maker = made?.['created_by'] as Referred | string | null | undefined;
    const who = setup.who?.id ?? (typeof maker === 'string' ? maker : maker?.id) ?? me.id;
    return {
      ...(setup.values ? { values: setup.values } : { record: setup.record?.id ?? '' }),
      who, others: setup.othersWait ? 'wait' : 'approve',
      script: scriptOf(setup.answers, t('sim.because')),
      ...(setup.at ? { at: formats.momentOf(setup.at) } : {}),
    };
  };
  const go = async () => {
    setTried(true);
    if (!setup.record && !setup.values) {
      document.getElementById('sim-record')?.focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const told = await body();
      const next = await simulateFlow(flow.name, told);
      setAsked(told);
      onSimulation(next);
    } catch (error) {
      const api = error instanceof ApiError ? error : null;
      setProblem(api?.problems.map(({ message }) => message).join(' ') || (api?.said
        ?? t('sim.failed')));
    } finally {
      setBusy(false);
    }
  };
  const outcome = simulation?.run.state === 'finished' ? simulation.run.result || 'completed'
    : simulation && incidentsOf(simulation.run).length > 0 ? 'stops' : 'waits';
  useEffect(() => {
    if (!simulation) return;
    announce(t('sim.announced', { count: simulation.steps.length }));
    result.current?.focus({ preventScroll: true });
  }, [simulation]);
  const [icon = 'check', look = 'ok'] = looks[outcome] ?? [];
  if (!simulation) {
    return (
      <>
        <p className="mid sim-what">{t('sim.what')}</p>
        {problem && <Banner look="bad" title={t('sim.refused')}>{problem}</Banner>}
        <SimulateForm flow={flow} setup={setup} onSetup={setSetup} busy={busy} lack={lack}
          onGo={() => void go()} />
      </>
    );
  }
  return (
    <div ref={result} tabIndex={-1} className="sim-result">
      <div className="row sim-acts">
        <h2>
          <Icon name={icon} className={look} />
          {t(`sim.outcome.${outcome}`)}
        </h2>
        <Button size="sm" icon="edit" onClick={() => onSimulation(null)}>{t('sim.change')}</Button>
        <Button size="sm" icon="download" onClick={() => setSaving(true)}>
          {t('sim.save')}
        </Button>
      </div>
      <SimulationResult simulation={simulation} at={at} onAt={onAt} />
      {saving && asked && (
        <StoryDialog flow={flow.name} body={asked} onClose={() => setSaving(false)} />
      )}
    </div>
  );
}
