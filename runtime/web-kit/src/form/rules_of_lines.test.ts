import { describe, expect, test } from 'vitest';
import type { AppRule } from '../api/types.ts';
import type { DraftNode } from './draft_node.ts';
import type { FormStore } from './form_store.ts';
import { field, formOf, object, order } from './lines_fixture.ts';

// Rules about the lines of a record, and rules of lines and record that follow from each other.

const rule = (name: string, when: string, effect: AppRule['effect'], about: string): AppRule =>
  ({ name, when, effect, field: about, message: `${name}!` });

const ruled = object('order', [...order.fields, field('state')], { rules: [
  rule('some', 'state = "sent"', 'require', 'lines'),
  rule('fixed', 'state = "sent"', 'read_only', 'lines'),
  rule('aside', 'state = "draft"', 'hide', 'lines'),
  rule('none', 'state = "void"', 'clear', 'lines'),
  rule('dear', 'total > 100', 'reject', 'title'),
] });

const saved = (state: string) => ({
  id: 'R1', version: 3, title: 'Pumps', tax: '0', total: null, free_lines: null, state,
  lines: [
    { id: 'L1', item: 'a', quantity: '2.00', rate: '10.00', free: false },
    { id: 'L2', item: 'b', quantity: '1.00', rate: '95.00', free: false },
  ],
});
const lines = (form: FormStore) => form.record.rows('lines');
const first = (form: FormStore) => lines(form)[0] as DraftNode;
const names = ['title', 'lines'];

describe('a rule about lines', () => {
  test('requires at least one that would be saved', () => {
    const form = formOf(ruled, { title: 'a', state: 'sent' });
    expect(form.state('lines').required).toBe(true);
    expect(form.missing(names)).toEqual(['lines']);
    expect(form.attempt(names)).toEqual(['lines']);
    expect(form.state('lines').problem).toBe('some!');
    form.transact(() => form.insertLines(form.record, 'lines', 0, [{}]));
    expect(form.state('lines').problem).toBe('some!'); // Nothing was put into it.
  });

  test('is content with lines that are there', () => {
    const form = formOf(ruled, saved('sent'));
    expect(form.attempt(names)).toEqual(['title']); // The total alone.
    expect(form.missing(names)).toEqual([]);
  });

  test('locks them with all that is in them', () => {
    const form = formOf(ruled, saved('new'));
    expect(form.state('quantity', first(form)).locked).toBe(false);
    form.set('state', 'sent');
    expect(form.state('lines')).toMatchObject({ locked: true, lock: 'fixed!', problem: null });
    expect(form.state('quantity', first(form))).toMatchObject({ locked: true, lock: 'fixed!' });
    form.set('state', 'new');
    expect(form.state('quantity', first(form)).locked).toBe(false);
  });

  test('refuses what was changed before it held', () => {
    const form = formOf(ruled, saved('new'));
    form.set('quantity', '3', first(form));
    form.set('state', 'sent');
    expect(form.state('lines').problem).toBe('fixed!');
    form.set('state', 'new');
    form.set('quantity', '2.00', first(form));
    form.set('state', 'sent');
    expect(form.state('lines').problem).toBeNull();
  });

  test('locks them where only the server knows of it', () => {
    const form = formOf(ruled, saved('new'));
    form.noteCheck({ problems: [], warnings: [], fields: {}, cleared: [], hidden: [],
      required: ['lines'], read_only: ['lines'], options: {} });
    expect(form.state('lines')).toMatchObject({ locked: true, required: true });
    expect(form.state('quantity', first(form)).locked).toBe(true);
  });

  test('hides them and keeps them', () => {
    const form = formOf(ruled, saved('draft'));
    expect(form.state('lines').hidden).toBe(true);
    expect(lines(form)).toHaveLength(2);
  });

  test('takes them away, which one step brings back', () => {
    const form = formOf(ruled, saved('new'));
    form.set('state', 'void');
    expect(form.state('lines').hidden).toBe(true);
    expect(form.state('total').value).toBe('0.00');
    expect(form.changed()).toEqual({ state: 'void', lines: { remove: ['L1', 'L2'] } });
    form.undo();
    expect(form.state('lines').hidden).toBe(false);
    expect(lines(form)).toHaveLength(2);
  });
});

test('the record is judged by what its lines come to once they are judged', () => {
  const form = formOf(ruled, saved('new'));
  expect(form.attempt(names)).toEqual(['title']);
  form.set('free', true, lines(form)[1]);
  expect(form.state('total').value).toBe('20.00');
  expect(form.problems(names)).toEqual([]);
});
