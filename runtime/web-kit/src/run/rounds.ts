import type { Run, RunEntry } from '../api/flow_types.ts';

// The history in rounds: a return ends one, what follows is the next. The newest first.

export type HistoryFilter = 'all' | 'decisions' | 'engine';

export interface RoundEntry extends RunEntry {
  superseded: boolean;
}

export interface Round {
  number: number;
  since: string;
  entries: RoundEntry[];
}

const decisions = new Set(['began', 'approved', 'rejected', 'done', 'returned', 'answered',
  'transferred', 'lent', 'added', 'removed', 'taken_back', 'commented', 'finished']);
/** Steps that say nothing to people: shown among the engine's own only. */
const small = new Set(['entered', 'joined', 'branches', 'superseded', 'dropped']);

const passes: Record<HistoryFilter, (entry: RunEntry) => boolean> = {
  all: ({ what }) => !small.has(what),
  decisions: ({ what }) => decisions.has(what),
  engine: ({ actor }) => actor === null,
};

export function roundsOf(run: Run, filter: HistoryFilter): Round[] {
  const voided = new Set(run.seats.filter((seat) => seat.is_superseded).map(({ task }) => task));
  const rounds: Round[] = [];
  for (const entry of [...run.history].sort((a, b) => a.n - b.n)) {
    const last = rounds.at(-1);
    const round = last ?? { number: 1, since: entry.at, entries: [] };
    if (!last) rounds.push(round);
    if (passes[filter](entry)) {
      round.entries.unshift({ ...entry, superseded: decisions.has(entry.what)
        && entry.what !== 'returned' && entry.seat !== null && voided.has(entry.seat) });
    }
    if (entry.what === 'returned') {
      rounds.push({ number: round.number + 1, since: entry.at, entries: [] });
    }
  }
  return rounds.filter(({ entries }) => entries.length > 0).reverse();
}

export const countEntries = (rounds: Round[]) =>
  rounds.reduce((sum, { entries }) => sum + entries.length, 0);
