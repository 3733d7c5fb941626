import { expect, test } from 'vitest';
import { incidentsOf, nodeState, sharesOf } from './node_state.ts';
import { flagRoom, sizeOfNode } from './node_size.ts';
import { countEntries, roundsOf } from './rounds.ts';
import { someRun } from './run_fixture.ts';
import { readVariables } from './variables.ts';

test('a node is done, on, or still to come', () => {
  const run = someRun();
  expect(['head', 'both', 'copy'].map((id) => nodeState(run, id).state))
    .toEqual(['done', 'now', 'later']);
});

test('a node shows the seats of its last visit; what a return made void stands apart', () => {
  const state = nodeState(someRun(), 'both');
  expect(state.seats.map(({ task }) => task)).toEqual(['5', '6']);
  expect(state.before.map(({ task }) => task)).toEqual(['2']);
});

test('a stopped token makes an incident of its node', () => {
  const run = someRun({ tokens: [{ id: 4, node: 'copy', state: 'incident', since: null,
    incident: { rule: 'no_branch', message: 'Nothing holds.' } }] });
  expect(nodeState(run, 'copy')).toMatchObject({
    state: 'incident', incident: { rule: 'no_branch' } });
  expect(incidentsOf(run).map(({ id }) => id)).toEqual([4]);
});

test('in a finished run nothing is on', () => {
  expect(nodeState(someRun({ state: 'finished' }), 'both').state).toBe('done');
});

test('the time went where most of it went first, and nowhere it did not', () => {
  expect(sharesOf(someRun()).map(({ node }) => node)).toEqual(['both', 'head']);
});

test('a node is as tall as what it shows', () => {
  const run = someRun();
  const heights = ['copy', 'head', 'both'].map((id) =>
    sizeOfNode(id, 'approve', nodeState(run, id)).height);
  expect(heights).toEqual([44, 44 + 26 + 33, 44 + 52 + 33]);
  expect(flagRoom(nodeState(run, 'both'))).toBeGreaterThan(0);
  expect(flagRoom(nodeState(run, 'copy'))).toBe(0);
});

test('a return ends a round; the newest stands first, its last entry at the top', () => {
  const rounds = roundsOf(someRun(), 'all');
  expect(rounds.map(({ number }) => number)).toEqual([2, 1]);
  expect(rounds.map(({ entries }) => entries.map(({ n }) => n))).toEqual([[6, 4], [3, 2, 1]]);
});

test('what a return made void is marked; the return itself and the submission are not', () => {
  const [, first] = roundsOf(someRun(), 'all');
  expect(first?.entries.map(({ superseded }) => superseded)).toEqual([false, true, false]);
});

test('the engine has its own list, with the small steps', () => {
  const rounds = roundsOf(someRun(), 'engine');
  expect(rounds.flatMap(({ entries }) => entries.map(({ what }) => what))).toEqual(['entered']);
  expect(countEntries(roundsOf(someRun(), 'decisions'))).toBe(5);
});

test('variables are read as what they look like', () => {
  expect(readVariables([
    { name: ' limit ', value: '0.10' }, { name: 'open', value: 'true' },
    { name: 'none', value: '' }, { name: 'word', value: '"true"' }, { name: '', value: 'x' },
  ])).toEqual({ limit: '0.10', open: true, none: null, word: 'true' });
});
