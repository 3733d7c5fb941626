import type { Person, Run, RunIncident, RunSeat, RunToken } from '../api/flow_types.ts';

// How a node of a run stands: what the graph shows of it.

export interface NodeState {
  state: 'done' | 'now' | 'incident' | 'later';
  since: string | null;
  incident: RunIncident | null;
  /** The last visit's, those that were given up left out. */
  seats: RunSeat[];
  /** What a return made void. */
  before: RunSeat[];
  spent_ms: number | null;
  visits: number;
  /** Of what is to come. */
  next: Person[];
}

const isLive = ({ state }: RunToken) => state !== 'left' && state !== 'cancelled';
const isGone = ({ state }: RunSeat) => state === 'removed' || state === 'cancelled';

export function liveTokens(run: Run): RunToken[] {
  return run.tokens.filter(isLive);
}

export function nodeState(run: Run, id: string): NodeState {
  const own = run.seats.filter(({ node }) => node === id);
  const kept = own.filter((seat) => !seat.is_superseded);
  const here = liveTokens(run).filter(({ node }) => node === id);
  const stopped = here.find(({ state }) => state === 'incident');
  const token = stopped ?? here.at(-1);
  const time = run.times.find(({ node }) => node === id);
  const visits = time?.visits ?? 0;
  const been = visits > 0 || kept.length > 0
    || run.history.some(({ node, what }) => node === id && what === 'entered');
  return {
    state: stopped ? 'incident' : token && run.state !== 'finished' ? 'now'
      : been ? 'done' : 'later',
    since: token?.since ?? null, incident: stopped?.incident ?? null,
    seats: kept.some((seat) => !isGone(seat)) ? kept.filter((seat) => !isGone(seat)) : kept,
    before: own.filter((seat) => seat.is_superseded && !isGone(seat)),
    spent_ms: visits > 0 ? time?.total_ms ?? null : null, visits,
    next: run.next.find(({ node }) => node === id)?.people ?? [],
  };
}

export const incidentsOf = (run: Run): RunToken[] =>
  run.tokens.filter(({ state }) => state === 'incident');

export interface Share {
  node: string;
  label: string;
  ms: number;
}

/** Where the time went, the most first; what is too small to see is left out. */
export function sharesOf(run: Run, most = 5): Share[] {
  const labels = new Map(run.graph.nodes.map(({ id, label }) => [id, label]));
  return run.times.filter(({ total_ms: ms }) => ms >= 1000)
    .sort((a, b) => b.total_ms - a.total_ms).slice(0, most)
    .map(({ node, total_ms: ms }) => ({ node, label: labels.get(node) ?? '', ms }));
}
