import { endId, type Size, startId } from './layout.ts';
import type { NodeState } from './node_state.ts';

// How large a node is drawn: known before it is drawn, since the edges depend on it.

export const peopleMax = 4;
const width = 252;
const head = 44;
const line = 26;
const old = 33;

export function sizeOfNode(id: string, kind: string, state: NodeState | undefined): Size {
  if (id === endId || kind === 'end') return { width: 132, height: 32 };
  const seats = state?.seats.length ?? 0;
  const rows = Math.min(seats, peopleMax) + (seats > peopleMax ? 1 : 0)
    || (id === startId || state?.next.length ? 1 : 0);
  return { width, height: head + rows * line + (state?.before.length ? old : 0) };
}

/** What sits on top of a node where the run is. */
export const flagRoom = (state: Pick<NodeState, 'state'> | undefined) =>
  (state?.state === 'now' || state?.state === 'incident' ? 28 : 0);
