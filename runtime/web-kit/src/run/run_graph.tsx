import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Run } from '../api/flow_types.ts';
import { useT } from '../i18n/i18n.ts';
import { IconButton } from '../ui/icon_button.tsx';
import { useApplication } from '../api/application.tsx';
import { GraphNode } from './graph_node.tsx';
import { endId, layOut, pathOf, startId } from './layout.ts';
import { flagRoom, sizeOfNode } from './node_size.ts';
import { nodeState } from './node_state.ts';

const margin = 24;
const least = 0.5;
const most = 1.5;
/** Smaller than that it is only made on purpose. */
const readable = 0.7;
const clamp = (scale: number) => Math.min(most, Math.max(least, scale));

/** The flow from the top down with the run on it; `children` lie over it, at the right. */
export function RunGraph({ run, children }: { run: Run; children: ReactNode }) {
  const t = useT();
  const { formats } = useApplication();
  const box = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);
  const { layout, states, kinds, labels } = useMemo(() => {
    const ids = [startId, ...run.graph.nodes.map(({ id }) => id), endId];
    const known = new Map(ids.map((id) => [id, nodeState(run, id)]));
    const kindOf = new Map(run.graph.nodes.map(({ id, kind }) => [id, kind]));
    return {
      states: known, kinds: kindOf,
      labels: new Map(run.graph.nodes.map(({ id, label }) => [id, label])),
      layout: layOut(run.graph.nodes, run.graph.start,
        (id) => sizeOfNode(id, kindOf.get(id) ?? '', known.get(id)),
        (id) => flagRoom(known.get(id))),
    };
  }, [run]);
  const fit = () => {
    const room = (box.current?.clientWidth ?? 0) - 2 * margin;
    setScale(room > 0 ? Math.min(1, Math.max(readable, room / layout.width)) : 1);
  };
  useLayoutEffect(fit, [layout.width]);
  const been = (id: string) => id === startId || (id === endId ? run.state === 'finished'
    : states.get(id)?.state !== 'later');
  const next = run.state === 'finished' ? undefined : run.next[0]?.node;
  const step = (by: number) => setScale(clamp(Math.round((scale + by) * 10) / 10));
  return (
    <div className="cv">
      <div className="over">
        <div className="zoom" role="group" aria-label={t('run.zoom')}>
          <IconButton icon="minus" size="sm" label={t('run.smaller')} disabled={scale <= least}
            onClick={() => step(-0.1)} />
          <output>{formats.percent(String(scale), 0)}</output>
          <IconButton icon="plus" size="sm" label={t('run.larger')} disabled={scale >= most}
            onClick={() => step(0.1)} />
          <IconButton icon="focus" size="sm" label={t('run.fit')} onClick={fit} />
        </div>
        {children}
      </div>
      <div className="cv-scroll" ref={box} tabIndex={0} role="region" aria-label={t('run.graph')}>
        <div
          className="cv-size"
          style={{ width: layout.width * scale + 2 * margin,
            height: layout.height * scale + 2 * margin }}
        >
          <div className="cv-plane" style={{ width: layout.width, height: layout.height,
            transform: `translate(${margin}px, ${margin}px) scale(${scale})` }}>
            <svg width={layout.width} height={layout.height} fill="none" aria-hidden="true">
              {layout.edges.map((edge) => (
                <path
                  key={`${edge.from} ${edge.to} ${edge.label}`} d={pathOf(edge.points)}
                  className={edge.back ? 'back' : been(edge.from) && been(edge.to) ? 'been' : ''}
                />
              ))}
              {layout.edges.filter(({ back }) => back).map(({ from, to, points }) => {
                const [x = 0, y = 0] = points.at(-1) ?? [];
                return <path key={`head ${from} ${to}`} className="head"
                  d={`M${x - 7} ${y - 5} L${x} ${y} L${x - 7} ${y + 5}`} />;
              })}
            </svg>
            <ol className="nodes">
              {layout.boxes.map((one) => {
                const state = states.get(one.id);
                return state && (
                  <GraphNode
                    key={one.id} run={run} box={one} state={state} isNext={one.id === next}
                    kind={kinds.get(one.id) ?? ''}
                    label={one.id === startId ? t('route.submit') : one.id === endId ? t('run.end')
                      : labels.get(one.id) ?? one.id}
                  />
                );
              })}
            </ol>
            {layout.edges.map(({ from, to, label, at }) => at && (
              <span key={`${from} ${to} ${label}`} className="gate"
                style={{ left: at[0], top: at[1] }}>{label}</span>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}
