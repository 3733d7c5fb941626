import { expect, test } from 'vitest';
import type { Simulation, SimulationStep } from '../api/flow_admin_types.ts';
import { entry, seat, someRun } from '../run/run_fixture.ts';
import { runAt, sinceStart, timesUntil } from './run_at.ts';

const at = (minute: number) => new Date(Date.UTC(2027, 2, 1, 8, minute)).toISOString();
const step = (minute: number, more: Partial<SimulationStep>): SimulationStep => ({
  at: at(minute), what: 'approve', node: null, label: null, person: null, to: null, comment: null,
  event: null, correlation: null, open: [], entries: 0, seats: [], tokens: [], ...more });

const run = someRun({
  state: 'finished', result: 'approved', finished_at: at(30), tokens: [],
  seats: [
    seat('1', 'head', 'Bob', { state: 'approved', decided_at: at(10), is_superseded: true }),
    seat('2', 'both', 'Cid', { state: 'returned', decided_at: at(20), comment: 'Why?' })],
  history: [
    entry(0, 'began'), entry(1, 'entered', { node: 'head' }),
    entry(10, 'entered', { node: 'both' }), entry(11, 'superseded', { seat: '1' }),
    entry(30, 'finished')],
});
const simulation: Simulation = {
  run, people: [], dropped: [], warnings: [], values: null, ways: [], story: null,
  steps: [
    step(0, { what: 'submit', entries: 2, seats: ['open'],
      tokens: [{ node: 'head', state: 'people' }] }),
    step(10, { entries: 3, seats: ['approved', 'open'],
      tokens: [{ node: 'both', state: 'people' }] }),
    step(20, { entries: 4, seats: ['approved', 'returned'],
      tokens: [{ node: 'head', state: 'people' }] }),
    step(30, { entries: 5, seats: ['approved', 'returned'] })],
};

test('at the first step only what had happened by then is there', () => {
  const then = runAt(simulation, 0);
  expect(then.state).toBe('running');
  expect(then.result).toBeNull();
  expect(then.history.map(({ what }) => what)).toEqual(['began', 'entered']);
  expect(then.seats.map(({ state, decided_at: decided }) => [state, decided]))
    .toEqual([['open', null]]);
  expect(then.tokens.map(({ node, since }) => [node, since])).toEqual([['head', at(1)]]);
});

test('a decision is void only once it was made void', () => {
  expect(runAt(simulation, 1).seats.map((one) => one.is_superseded)).toEqual([false, false]);
  expect(runAt(simulation, 2).seats.map((one) => one.is_superseded)).toEqual([true, false]);
});

test('a comment is not there before it was made', () => {
  expect(runAt(simulation, 1).seats[1]?.comment).toBeNull();
  expect(runAt(simulation, 2).seats[1]?.comment).toBe('Why?');
});

test('the last step is the run as it ended', () => {
  expect(runAt(simulation, 3)).toBe(run);
  expect(runAt(simulation, 9)).toBe(run);
});

test('how long it was where is counted up to the step', () => {
  const times = timesUntil(run, run.history.slice(0, 3), at(25));
  expect(times).toEqual([
    { node: 'head', visits: 1, total_ms: 540_000 },
    { node: 'both', visits: 1, total_ms: 900_000 }]);
});

test('time is told from the start', () => {
  expect(sinceStart(simulation.steps, 2)).toBe(1_200_000);
});
