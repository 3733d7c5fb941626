import { expect, test } from 'vitest';
import type { TaskAct } from '../api/flow_types.ts';
import type { AppField, AppObject } from '../api/types.ts';
import { entry, seat, someRun } from '../run/run_fixture.ts';
import { addPositions, isBatchable, offerOf, wordOf } from './acts.ts';
import { objectAt, sectionsAt } from './object_at.ts';
import { OneWish } from './one_wish.ts';
import { opinionsOf, routeSteps } from './route_steps.ts';
import { afterLeaving, besides, boxOf, todoHref } from './todo_state.ts';
import { commandOf } from './use_todo_keys.ts';
import { lockOf, submittable, wordOfFlow } from './use_record_runs.ts';

test('the way is what was walked, who has it, and what comes', () => {
  expect(routeSteps(someRun()).map(({ node, state }) => `${node} ${state}`)).toEqual([
    '$start done', '$start done', 'head done', 'both now', 'copy later']);
});

test('a step is on since its first seat was opened, and due when the first of them is', () => {
  const now = routeSteps(someRun()).find(({ state }) => state === 'now');
  expect(now?.people.map(({ person }) => person.name)).toEqual(['Cid', 'Dan']);
  expect(now?.due_at).toContain('08:40');
});

test('who decided for another is shown, and who helps has it', () => {
  const run = someRun({ seats: [seat('1', 'head', 'Bob', { helper: { id: 'e', name: 'Eve' } })] });
  expect(routeSteps(run).find(({ state }) => state === 'now')?.people[0]?.person.name).toBe('Eve');
});

test('where a run stopped, the way says why; a finished one has nothing to come', () => {
  const stopped = someRun({ tokens: [{ id: 3, node: 'copy', state: 'incident', since: null,
    incident: { rule: 'x', message: 'Nobody is left.' } }] });
  expect(routeSteps(stopped).find(({ state }) => state === 'stopped')?.message)
    .toBe('Nobody is left.');
  expect(routeSteps(someRun({ state: 'finished' })).some(({ state }) => state === 'later'))
    .toBe(false);
});

test('decisions and comments are opinions, acts only with words; void ones are marked', () => {
  const run = someRun();
  run.history.push(entry(7, 'transferred', { actor: { id: 'b', name: 'Bob' } }),
    entry(8, 'commented', { actor: { id: 'b', name: 'Bob' }, comment: 'Hm' }));
  expect(opinionsOf(run).map(({ n, superseded }) => `${n}${superseded ? ' void' : ''}`))
    .toEqual(['1', '2 void', '3', '4', '6', '8']);
});

const field = (name: string, writable = true) => ({ name, writable } as AppField);
const object = { name: 'one', fields: [field('a'), field('b'), field('c', false)],
  may: {} } as AppObject;
const writable = (rights: Parameters<typeof objectAt>[1], mayAct = true) =>
  objectAt(object, rights, mayAct).fields.filter((one) => one.writable).map(({ name }) => name);

test('a node gives fields to write, never more than the person may', () => {
  expect(writable({ a: 'write', b: 'read', c: 'write' })).toEqual(['a']);
  expect(writable({ b: 'write' })).toEqual(['b']);
  expect(writable(undefined)).toEqual(['a', 'b']);
  expect(writable({ a: 'write' }, false)).toEqual([]);
});

test('what a node hides is not in the form, and neither is a section of nothing', () => {
  const sections = [{ label: 'One', columns: 2 as const, fields: ['a', 'b'] },
    { label: 'Two', columns: 1 as const, fields: ['c'] }];
  expect(sectionsAt(sections, { a: 'none', b: 'read', c: 'none' }))
    .toEqual([{ label: 'One', columns: 2, fields: ['b'] }]);
});

test.each([
  [['approve', 'reject', 'comment'], 'approve'], [['complete'], 'complete'],
  [['answer', 'comment'], 'answer'], [['comment'], null],
] as [TaskAct[], string | null][])('of %s the main act is %s', (can, main) => {
  expect(offerOf(can).main).toBe(main);
});

test('what was sent back is not done but submitted again', () => {
  expect(wordOf('complete', { node: { kind: 'task' } })).toBe('complete');
  expect(wordOf('complete', { node: { kind: 'start' } })).toBe('resubmit');
});

test('signers are added in the ways that may be, under one name', () => {
  const can: TaskAct[] = ['add_after', 'add_parallel', 'transfer', 'return'];
  expect(offerOf(can).asked).toEqual(['return', 'transfer', 'add_sign']);
  expect(addPositions(can)).toEqual(['after', 'parallel']);
});

test('a copy is sent by hand where that may be, behind what is said', () => {
  expect(offerOf(['cc', 'comment', 'urge']).asked).toEqual(['comment', 'cc', 'urge']);
});

test('only open approvals of one\'s own are decided together', () => {
  const task = { node: { kind: 'approve' }, state: 'open', helper: null };
  expect(isBatchable(task)).toBe(true);
  expect(isBatchable({ ...task, node: { kind: 'task' } })).toBe(false);
  expect(isBatchable({ ...task, helper: { id: 'x' } })).toBe(false);
  expect(isBatchable({ ...task, state: 'approved' })).toBe(false);
});

test('one wish has one key, also again after a failure; a second waits', () => {
  let made = 0;
  const wish = new OneWish(() => `k${made += 1}`);
  expect(wish.begin('approve', { comment: '' })).toBe('k1');
  expect(wish.begin('approve', { comment: '' })).toBeNull();
  wish.failed();
  expect(wish.begin('approve', { comment: '' })).toBe('k1');
  wish.failed();
  expect(wish.begin('reject', { comment: '' })).toBe('k2');
  wish.done();
  expect(wish.begin('reject', { comment: '' })).toBe('k3');
});

test('the neighbours in a list, and what follows what leaves it', () => {
  const keys = ['a', 'b', 'c'];
  expect([besides(keys, 'a', 1), besides(keys, 'a', -1), besides(keys, undefined, 1)])
    .toEqual(['b', null, 'a']);
  expect([afterLeaving(keys, 'b'), afterLeaving(keys, 'c'), afterLeaving(['a'], 'a')])
    .toEqual(['c', 'b', null]);
});

test('the address says box, words and what is open, and leaves out what is usual', () => {
  expect(todoHref({ box: 'todo', q: '', task: 'r-1' })).toBe('/todo?task=r-1');
  expect(todoHref({ box: 'mine' })).toBe('/todo?box=mine');
  expect(boxOf({ box: 'nonsense' })).toBe('todo');
});

const key = (name: string, more = {}) => ({
  key: name, ctrlKey: false, metaKey: false, altKey: false, ...more });

test('keys command outside of what is typed into, and never while an input method composes', () => {
  expect(commandOf(key('j'), null)).toBe('next');
  expect(commandOf(key('ArrowUp'), 'button')).toBe('before');
  expect(commandOf(key('Enter'), null)).toBe('open');
  expect(commandOf(key('Enter'), 'button')).toBeNull();
  expect(commandOf(key('a'), 'text')).toBeNull();
  expect(commandOf(key('a', { ctrlKey: true }), null)).toBeNull();
  expect(commandOf(key('Enter', { keyCode: 229 }), null)).toBeNull();
  expect(commandOf(key('a', { isComposing: true }), null)).toBeNull();
});

test('a run locks everything, some fields, or nothing', () => {
  expect(lockOf(null).all).toBe(false);
  expect(lockOf({ runs: [], lock: { run: 'r', fields: null } }).isLocked('a')).toBe(true);
  const some = lockOf({ runs: [], lock: { run: 'r', fields: ['a'] } });
  expect([some.all, some.isLocked('a'), some.isLocked('b')]).toEqual([false, true, false]);
});

test('an approval on its way is not submitted again; an automation may start once more', () => {
  const flows = ['one', 'two', 'three'].map((name) => ({
    name, label: name, kind: 'approval' as const, object: 'x', submit: name !== 'three' }));
  const button = { name: 'press', label: 'Press', kind: 'automation' as const, object: 'x',
    submit: false, buttons: [{ label: 'Go' }] };
  expect(wordOfFlow(button)).toBe('Go');
  expect(submittable({ ...object, flows: [button] }, { lock: null, runs: [
    { flow: { name: 'press', label: '' }, state: 'running' }] } as never)).toEqual([button]);
  const runs = { lock: null, runs: [
    { flow: { name: 'one', label: '' }, state: 'running' },
    { flow: { name: 'two', label: '' }, state: 'finished' }] };
  expect(submittable({ ...object, flows }, runs as never).map(({ name }) => name))
    .toEqual(['two']);
});
