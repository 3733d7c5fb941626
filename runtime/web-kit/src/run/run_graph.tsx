import { type ReactNode, useMemo } from 'react';
import type { Run } from '../api/flow_types.ts';
import { useT } from '../i18n/i18n.ts';
import { FlowCanvas } from './flow_canvas.tsx';
import { GraphNode } from './graph_node.tsx';
import { endId, layOut, startId } from './layout.ts';
import { flagRoom, sizeOfNode } from './node_size.ts';
import { nodeState } from './node_state.ts';

interface RunGraphProps {
  run: Run;
  /** By which the graph is laid out, where the run is one on its way through a simulation. */
  whole?: Run;
  children?: ReactNode;
  foot?: ReactNode;
}

const statesOf = (run: Run) => new Map(
  [startId, ...run.graph.nodes.map(({ id }) => id), endId].map((id) => [id, nodeState(run, id)]));

/** The flow from the top down with the run on it. */
export function RunGraph({ run, whole = run, children, foot }: RunGraphProps) {
  const t = useT();
  const states = useMemo(() => statesOf(run), [run]);
  const isPart = whole !== run;
  const { layout, kinds, labels } = useMemo(() => {
    const known = statesOf(whole);
    const kindOf = new Map(whole.graph.nodes.map(({ id, kind }) => [id, kind]));
    return {
      kinds: kindOf,
      labels: new Map(whole.graph.nodes.map(({ id, label }) => [id, label])),
      layout: layOut(whole.graph.nodes, whole.graph.start,
        (id) => sizeOfNode(id, kindOf.get(id) ?? '', known.get(id)),
        (id) => flagRoom(isPart ? { state: 'now' } : known.get(id))),
    };
  }, [whole, isPart]);
  const been = (id: string) => id === startId || (id === endId ? run.state === 'finished'
    : states.get(id)?.state !== 'later');
  const next = run.state === 'finished' ? undefined : run.next[0]?.node;
  return (
    <FlowCanvas
      layout={layout} been={been} foot={foot}
      node={(one) => {
        const state = states.get(one.id);
        return state && (
          <GraphNode
            key={one.id} run={run} box={one} state={state} isNext={one.id === next}
            kind={kinds.get(one.id) ?? ''}
            label={one.id === startId ? t('route.submit') : one.id === endId ? t('run.end')
              : labels.get(one.id) ?? one.id}
          />
        );
      }}
    >
      {children}
    </FlowCanvas>
  );
}
