import { describe, expect, test } from 'vitest';
import type { DraftNode } from './draft_node.ts';
import type { FormStore } from './form_store.ts';
import { longestRising } from './lines_body.ts';
import { formOf, machine, order } from './lines_fixture.ts';

const names = 'abcdefgh'.split('');
const saved = () => ({
  id: 'R1', version: 1, title: 'x', tax: null, total: null, free_lines: null,
  lines: names.map((name) => ({ id: name, item: name, quantity: null, rate: null, free: false })),
});
const lines = (form: FormStore) => form.record.rows('lines');
const named = (form: FormStore, name: string): DraftNode => {
  const found = lines(form).find(({ fields }) => fields['item'] === name);
  if (!found) throw new Error(`no line ${name}`);
  return found;
};

interface Put { id?: string; after?: string | null; item?: string }
interface Change { put?: Put[]; remove?: string[] }

/** As engine/command/lines.cpp does it: changes in place, new ones at the end, then the moves. */
function served(before: string[], { put = [], remove = [] }: Change): string[] {
  const list = before.filter((id) => !remove.includes(id));
  const at = (one: Put) => one.id ?? one.item ?? '';
  for (const one of put) if (!one.id) list.push(at(one));
  for (const one of put) {
    if (one.after === undefined) continue;
    list.splice(list.indexOf(at(one)), 1);
    list.splice(one.after === null ? 0 : list.indexOf(one.after) + 1, 0, at(one));
  }
  return list;
}

const change = (form: FormStore) => (form.changed()['lines'] ?? {}) as Change;
const order_ = (form: FormStore) => lines(form).map(({ fields }) => fields['item']);

describe('what is sent of lines', () => {
  test('nothing where nothing changed', () => {
    expect(formOf(order, saved()).changed()).toEqual({});
  });

  test('only the lines and fields that changed', () => {
    const form = formOf(order, saved());
    form.set('rate', '3', named(form, 'c'));
    form.transact(() => form.removeLine(named(form, 'e')));
    expect(form.changed()).toEqual({
      lines: { put: [{ id: 'c', rate: '3' }], remove: ['e'] } });
  });

  test('a line that was moved names the one before it', () => {
    const form = formOf(order, saved());
    form.transact(() => form.moveLine(named(form, 'h'), -7));
    expect(form.changed()).toEqual({ lines: { put: [{ id: 'h', after: null }] } });
  });

  test('a new record brings its lines as arrays', () => {
    const form = formOf(machine, {}, { title: 'm', parts: [
      { title: 'a', parts: [{ title: 'b', quantity: '2' }] }] });
    expect(form.changed()).toEqual({ title: 'm', parts: [
      { title: 'a', parts: [{ title: 'b', quantity: '2' }] }] });
  });

  test('lines in lines are changed where they stand', () => {
    const form = formOf(machine, { id: 'M', version: 1, title: 'm', cost: null, parts: [
      { id: 'a', title: 'a', parts: [{ id: 'b', title: 'b', parts: [] }] }] });
    const below = form.record.rows('parts')[0]?.rows('parts')[0];
    if (!below) throw new Error('no part');
    form.set('quantity', '2', below);
    form.transact(() => form.insertLines(below, 'parts', 0, [{ title: 'c' }]));
    expect(form.changed()).toEqual({ parts: { put: [{ id: 'a', parts: { put: [
      { id: 'b', quantity: '2', parts: { put: [{ title: 'c' }] } }] } }] } });
  });

  test('whatever was done, the server arrives at the same order', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (let round = 0; round < 60; round += 1) {
      const form = formOf(order, saved());
      for (let turn = 0; turn < 1 + random(12); turn += 1) {
        const at = random(lines(form).length);
        const line = lines(form)[at];
        const kind = lines(form).length > 2 ? random(3) : 0;
        form.transact(() => {
          if (kind === 0) {
            form.insertLines(form.record, 'lines', at + random(2), [{ item: `n${turn}` }]);
          } else if (kind === 1 && line) form.removeLine(line);
          else if (line) form.moveLine(line, random(5) - 2);
        });
      }
      expect(served(names, change(form))).toEqual(order_(form));
    }
  });
});

test('the longest rising part is what need not be moved', () => {
  expect([...longestRising([3, 0, 1, 4, 2])].sort()).toEqual([0, 1, 2]);
  expect(longestRising([]).size).toBe(0);
  expect(longestRising([0, 1, 2]).size).toBe(3);
});
