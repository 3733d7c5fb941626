import type { Simulation, SimulationStep } from '../api/flow_admin_types.ts';
import type { Run, RunEntry } from '../api/flow_types.ts';

// A simulated run as it stood after one of its steps: what came later is not there yet.

const open = new Set(['open', 'waiting']);

/** How long it was where, by the nodes of a region following each other. */
export function timesUntil(run: Run, history: RunEntry[], until: string): Run['times'] {
  const regions = new Map(run.graph.nodes.map(({ id, region }) => [id, region]));
  const inside = new Map<number, { node: string; since: number }>();
  const times = new Map<string, { visits: number; total: number }>();
  const timeOf = (node: string) => times.get(node) ?? { visits: 0, total: 0 };
  const leave = (region: number, at: number) => {
    const here = inside.get(region);
    if (!here) return;
    const time = timeOf(here.node);
    times.set(here.node, { ...time, total: time.total + at - here.since });
  };
  for (const { what, node, at } of history) {
    if (what !== 'entered' || node === null) continue;
    const region = regions.get(node) ?? 0;
    leave(region, Date.parse(at));
    inside.set(region, { node, since: Date.parse(at) });
    times.set(node, { ...timeOf(node), visits: timeOf(node).visits + 1 });
  }
  for (const region of inside.keys()) leave(region, Date.parse(until));
  return [...times].map(([node, { visits, total }]) => ({ node, visits, total_ms: total }));
}

export function runAt({ run, steps }: Simulation, index: number): Run {
  const step = steps[index];
  if (!step || index >= steps.length - 1) return run;
  const history = run.history.slice(0, step.entries);
  const superseded = new Set(history.filter(({ what }) => what === 'superseded')
    .map(({ seat }) => seat));
  const since = (node: string) => history.filter((entry) => entry.node === node
    && entry.what === 'entered').at(-1)?.at ?? step.at;
  return {
    ...run, state: 'running', result: null, finished_at: null, history, next: [],
    tokens: step.tokens.map(({ node, state }, id) => ({
      id, node, state, since: since(node),
      incident: state === 'incident'
        ? run.tokens.find((token) => token.node === node)?.incident ?? null : null })),
    seats: run.seats.slice(0, step.seats.length).map((seat, place) => {
      const state = step.seats[place] ?? seat.state;
      const kept = { ...seat, state, is_superseded: superseded.has(seat.task) };
      return open.has(state) ? { ...kept, actor: null, decided_at: null, comment: null } : kept;
    }),
    times: timesUntil(run, history, step.at),
  };
}

/** From the beginning to this step. */
export const sinceStart = (steps: SimulationStep[], index: number) =>
  Date.parse(steps[index]?.at ?? '') - Date.parse(steps[0]?.at ?? '');
