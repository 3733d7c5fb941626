import type { Run, RunEntry, RunSeat } from '../api/flow_types.ts';

// A run for tests: submitted by Ann, returned once by Bob, now with Cid and Dan.

const person = (name: string) => ({ id: name.toLowerCase(), name });
const at = (minute: number) => new Date(Date.UTC(2027, 2, 1, 8, minute)).toISOString();

export const seat = (task: string, node: string, holder: string, more: Partial<RunSeat> = {}):
RunSeat => ({
  task, node, order: 0, position: 'own', holder: person(holder), behalf_of: null, helper: null,
  actor: null, state: 'open', opened_at: at(0), due_at: null, decided_at: null, comment: null,
  is_superseded: false, elapsed_ms: null, elapsed_working_ms: null, ...more });

export const entry = (n: number, what: string, more: Partial<RunEntry> = {}): RunEntry => ({
  n, at: at(n), what, node: null, node_label: null, seat: null, actor: null, behalf_of: null,
  other: null, reason: null, comment: null, attachments: [], changes: [], ...more });

export function someRun(more: Partial<Run> = {}): Run {
  const ann = person('Ann');
  const bob = person('Bob');
  return {
    id: 'r', flow: { name: 'spend', label: 'Spend', kind: 'approval', version: 3 },
    record: { object: 'spending', id: 'one', title: 'Press' }, initiator: ann,
    state: 'running', result: null, started_at: at(1), finished_at: null, suspended_at: null,
    can: [],
    graph: { start: 'head', nodes: [
      { id: 'head', label: 'Head', kind: 'approve', region: 0,
        next: [{ port: 'next', label: '', to: 'both' }] },
      { id: 'both', label: 'Both', kind: 'approve', region: 0,
        next: [{ port: 'next', label: '', to: 'copy' }] },
      { id: 'copy', label: 'Copy', kind: 'cc', region: 0,
        next: [{ port: 'next', label: '', to: null }] }] },
    tokens: [{ id: 1, node: 'head', state: 'left', since: at(1), incident: null },
      { id: 2, node: 'both', state: 'people', since: at(6), incident: null }],
    seats: [
      seat('1', 'head', 'Bob', { state: 'approved', actor: bob, decided_at: at(2),
        is_superseded: true }),
      seat('2', 'both', 'Cid', { state: 'returned', actor: person('Cid'), decided_at: at(3),
        is_superseded: true }),
      seat('3', '$start', 'Ann', { state: 'done', actor: ann, decided_at: at(4) }),
      seat('4', 'head', 'Bob', { state: 'approved', actor: bob, opened_at: at(4),
        decided_at: at(6) }),
      seat('5', 'both', 'Cid', { opened_at: at(6), due_at: at(50) }),
      seat('6', 'both', 'Dan', { opened_at: at(6), due_at: at(40) }),
      seat('7', 'both', 'Eve', { state: 'removed', opened_at: at(6) })],
    history: [
      entry(1, 'began', { actor: ann, comment: 'Please' }),
      entry(2, 'approved', { actor: bob, seat: '1', node: 'head', node_label: 'Head' }),
      entry(3, 'returned', { actor: person('Cid'), seat: '2', comment: 'Why?' }),
      entry(4, 'done', { actor: ann, seat: '3' }),
      entry(5, 'entered', { node: 'head' }),
      entry(6, 'approved', { actor: bob, seat: '4', comment: 'Fine' })],
    next: [{ node: 'copy', label: 'Copy', kind: 'cc', people: [], mode: null, need: null,
      due_at: null, incident: null }],
    times: [{ node: 'head', visits: 2, total_ms: 180_000 },
      { node: 'both', visits: 2, total_ms: 600_000 }, { node: 'copy', visits: 0, total_ms: 0 }],
    copies: [],
    ...more,
  };
}
