import type {
  Person, Run, RunEntry, RunSeat, SeatState, Stop, VotingMode,
} from '../api/flow_types.ts';

// The way of a run as people see it: what was decided, who has it, who comes after.

export interface StepPerson {
  key: string;
  person: Person;
  behalf_of: Person | null;
  state: SeatState | null;
  since: string | null;
  added: boolean;
}

export interface Step {
  key: string;
  node: string;
  label: string;
  kind: string;
  state: 'done' | 'now' | 'later' | 'stopped';
  people: StepPerson[];
  /** Of a step that is over: when; of one that is on: since when. */
  at: string | null;
  due_at: string | null;
  mode: VotingMode | null;
  need: number | null;
  message: string | null;
}

const over = new Set<SeatState>(['approved', 'rejected', 'done', 'returned']);
const gone = new Set<SeatState>(['removed', 'cancelled']);

const personOf = (seat: RunSeat): StepPerson => ({
  key: seat.task,
  person: over.has(seat.state) ? seat.actor ?? seat.holder : seat.helper ?? seat.holder,
  behalf_of: seat.behalf_of, state: seat.state, since: seat.decided_at ?? seat.opened_at,
  added: seat.position !== 'own',
});

const latest = (moments: (string | null)[]) =>
  moments.filter((one) => one !== null).sort().at(-1) ?? null;
const first = (moments: (string | null)[]) =>
  moments.filter((one) => one !== null).sort()[0] ?? null;

function stepOfNode(run: Run, node: string, seats: RunSeat[]): Step {
  const open = seats.filter(({ state }) => state === 'open' || state === 'waiting');
  const known = run.graph.nodes.find(({ id }) => id === node);
  const shown = seats.filter(({ state }) => !gone.has(state));
  const dues = open.map(({ due_at: due }) => due);
  return {
    key: node, node, label: known?.label ?? node, kind: known?.kind ?? 'start',
    state: open.length ? 'now' : 'done',
    people: (shown.length ? shown : seats).map(personOf),
    at: open.length ? first(open.map(({ opened_at: at }) => at))
      : latest(seats.map(({ decided_at: at }) => at)),
    due_at: first(dues), mode: null, need: null, message: null,
  };
}

const later = (stop: Stop, index: number): Step => ({
  key: `${stop.node} ${index}`, node: stop.node, label: stop.label, kind: stop.kind,
  state: stop.incident ? 'stopped' : 'later', at: null, due_at: stop.due_at,
  mode: stop.mode, need: stop.need, message: stop.incident?.message ?? null,
  people: stop.people.map(({ id, name, behalf_of: behalf }) => ({
    key: id, person: { id, name }, behalf_of: behalf, state: null, since: null, added: false })),
});

/** The stops of a preview, or of what is still to come. */
export const stepsOfStops = (stops: Stop[]): Step[] => stops.map(later);

/** What a return made void is left out: it stays in the history. */
export function routeSteps(run: Run): Step[] {
  const byNode = new Map<string, RunSeat[]>();
  for (const seat of run.seats) {
    if (seat.is_superseded) continue;
    byNode.set(seat.node, [...(byNode.get(seat.node) ?? []), seat]);
  }
  const began: Step = {
    key: '$began', node: '$start', label: '', kind: 'start', state: 'done', at: run.started_at,
    due_at: null, mode: null, need: null, message: null,
    people: [{ key: '$initiator', person: run.initiator, behalf_of: null, state: 'done',
      since: run.started_at, added: false }],
  };
  const walked = [...byNode].map(([node, seats]) => stepOfNode(run, node, seats))
    .filter((step) => step.people.some(({ state }) => state !== 'cancelled' && state !== 'removed'))
    .sort((a, b) => Number(a.state === 'now') - Number(b.state === 'now'));
  const stopped = run.tokens.filter(({ state }) => state === 'incident').map((token): Step => ({
    key: `token ${token.id}`, node: token.node, kind: 'incident', state: 'stopped', people: [],
    label: run.graph.nodes.find(({ id }) => id === token.node)?.label ?? token.node,
    at: token.since, due_at: null, mode: null, need: null,
    message: token.incident?.message ?? null }));
  const next = run.state === 'finished' ? [] : stepsOfStops(run.next);
  return [began, ...walked, ...stopped, ...next];
}

export interface Opinion {
  n: number;
  what: string;
  at: string;
  person: Person | null;
  behalf_of: Person | null;
  other: Person | null;
  node: string | null;
  comment: string | null;
  attachments: RunEntry['attachments'];
  changes: RunEntry['changes'];
  superseded: boolean;
}

const said = new Set(['approved', 'rejected', 'done', 'returned', 'answered', 'commented']);
const saidWithWords = new Set(
  ['began', 'transferred', 'lent', 'added', 'taken_back', 'urged', 'finished', 'suspended',
    'resumed', 'moved']);

/** Who said what, the oldest first; superseded decisions are marked, not left out. */
export function opinionsOf(run: Run): Opinion[] {
  const seats = new Map(run.seats.map((seat) => [seat.task, seat]));
  return run.history
    .filter(({ what, comment, attachments }) => said.has(what)
      || ((comment || attachments.length > 0) && saidWithWords.has(what)))
    .map((entry) => ({
      n: entry.n, what: entry.what, at: entry.at, person: entry.actor,
      behalf_of: entry.behalf_of, other: entry.other, node: entry.node_label,
      comment: entry.comment || null, attachments: entry.attachments, changes: entry.changes,
      superseded: entry.what !== 'returned'
        && Boolean(entry.seat && seats.get(entry.seat)?.is_superseded),
    }));
}
