import { describe, expect, test } from 'vitest';
import type { DraftNode } from './draft_node.ts';
import type { FormStore } from './form_store.ts';
import { formOf, machine, order } from './lines_fixture.ts';

const linesOf = (form: FormStore) => form.record.rows('lines');
const value = (form: FormStore, node: DraftNode, name: string) => form.state(name, node).value;
const saved = {
  id: 'R1', version: 3, title: 'Pumps', tax: '0.10', total: null, free_lines: null,
  lines: [
    { id: 'L1', item: 'a', quantity: '2.00', rate: '10.00', free: false },
    { id: 'L2', item: 'b', quantity: '1.00', rate: '5.00', free: false },
    { id: 'L3', item: 'c', quantity: '3.00', rate: '1.00', free: false },
  ],
};
const line = (form: FormStore, place: number): DraftNode => {
  const found = linesOf(form)[place];
  if (!found) throw new Error(`no line ${place}`);
  return found;
};

describe('formulas across record and lines', () => {
  test('a line computes of its own fields and of the record that holds it', () => {
    const form = formOf(order, saved);
    expect(form.asksServer).toBe(false);
    expect(value(form, line(form, 0), 'gross')).toBe('22.00');
    form.set('tax', '0.20');
    expect(value(form, line(form, 0), 'gross')).toBe('24.00');
    expect(value(form, form.record, 'total')).toBe('33.60');
  });

  test('the record adds up its lines, with a condition too', () => {
    const form = formOf(order, saved);
    expect(value(form, form.record, 'total')).toBe('30.80');
    form.set('free', true, line(form, 0));
    expect(value(form, form.record, 'total')).toBe('8.80');
    expect(value(form, form.record, 'free_lines')).toBe('1.00');
  });

  test('a sum follows lines that come and go', () => {
    const form = formOf(order, saved);
    form.transact(() => form.removeLine(line(form, 0)));
    expect(value(form, form.record, 'total')).toBe('8.80');
    form.transact(() => form.insertLines(
      form.record, 'lines', 0, [{ item: 'd', quantity: '1', rate: '100' }]));
    expect(value(form, form.record, 'total')).toBe('118.80');
  });

  test('rows that a form does not know are left to the server', () => {
    const rule = (when: string) => ({
      name: 'r', when, effect: 'reject' as const, field: 'title', message: 'No' });
    const asks = (when: string, initial = saved) =>
      formOf({ ...order, rules: [rule(when)] }, initial).asksServer;
    expect(asks('COUNT(lines, quantity > 2) > 1')).toBe(false);
    expect(asks('COUNT(lines, product.price > 2) > 1')).toBe(true);
    expect(asks('COUNT(tickets) > 1')).toBe(true);
    const { lines: _, ...without } = saved;
    expect(asks('COUNT(lines) > 1', without as typeof saved)).toBe(true);
  });

  test('costs climb through parts of parts', () => {
    const form = formOf(machine, {}, { parts: [
      { title: 'frame', quantity: '1', parts: [
        { title: 'beam', quantity: '4', parts: [{ title: 'bolt', quantity: '8', rate: '0.50' }] },
      ] },
    ] });
    expect(value(form, form.record, 'cost')).toBe('16.00');
    const bolt = form.record.rows('parts')[0]?.rows('parts')[0]?.rows('parts')[0];
    if (!bolt) throw new Error('no bolt');
    form.set('rate', '1', bolt);
    expect(value(form, form.record, 'cost')).toBe('32.00');
  });

  test('a key in one line tells only who shows what changed', () => {
    const form = formOf(order, saved);
    const told: string[] = [];
    linesOf(form).forEach((node, place) => ['quantity', 'net', 'item'].forEach((name) =>
      form.subscribeTo(node, name, () => told.push(`${place} ${name}`))));
    form.subscribeTo(form.record, 'total', () => told.push('total'));
    form.subscribeTo(form.record, 'title', () => told.push('title'));
    form.set('quantity', '5', line(form, 1));
    expect(told.sort()).toEqual(['1 net', '1 quantity', 'total']);
  });
});

describe('rules in lines', () => {
  test('reject and clear hold in the line they are about', () => {
    const form = formOf(order, saved);
    form.set('quantity', '500', line(form, 0));
    form.touch('quantity', line(form, 0));
    expect(form.state('quantity', line(form, 0)).problem).toBe('Too many');
    expect(form.places(['title', 'lines'], 'wrong')).toEqual([
      { node: line(form, 0), field: 'quantity' }]);
    form.set('free', true, line(form, 1));
    expect(form.state('rate', line(form, 1))).toMatchObject({ hidden: true, value: null });
  });

  test('a line that nobody has filled in lacks nothing and is not saved', () => {
    const form = formOf(order, {}, { title: 'x' });
    form.transact(() => form.insertLines(form.record, 'lines', 0, [{}, { quantity: '1' }]));
    expect(form.attempt(['title', 'lines'])).toEqual(['lines']);
    expect(form.places(['lines'], 'wrong').map(({ node }) => linesOf(form).indexOf(node)))
      .toEqual([1]);
    expect(form.changed()).toEqual({ title: 'x', lines: [{ quantity: '1' }] });
  });

  test('the words of the server stand at the field of the line they are about', () => {
    const form = formOf(order, saved);
    form.set('quantity', '7', line(form, 2));
    form.changed();
    form.refuse([{ at: 'lines/put/0/quantity', rule: 'stock', message: 'Only 5' },
      { at: 'lines/L2/rate', rule: 'x', message: 'Old rate' }], null);
    expect(form.state('quantity', line(form, 2)).problem).toBe('Only 5');
    expect(form.state('rate', line(form, 1)).problem).toBe('Old rate');
    form.set('quantity', '5', line(form, 2));
    expect(form.state('quantity', line(form, 2)).problem).toBeNull();
  });
});

describe('undo', () => {
  test('takes back typing as one step, and lines with all they held', () => {
    const form = formOf(order, saved);
    form.set('quantity', '1', line(form, 0));
    form.set('quantity', '12', line(form, 0));
    form.seal();
    form.transact(() => form.removeLine(line(form, 1)));
    form.undo();
    expect(linesOf(form)).toHaveLength(3);
    form.undo();
    expect(value(form, line(form, 0), 'quantity')).toBe('2.00');
    expect(value(form, form.record, 'total')).toBe('30.80');
    expect(form.dirty).toBe(false);
    form.redo();
    expect(value(form, line(form, 0), 'quantity')).toBe('12');
    form.redo();
    expect(linesOf(form)).toHaveLength(2);
  });

  test('gives back what a rule emptied', () => {
    const form = formOf(order, saved);
    form.set('free', true, line(form, 0));
    expect(value(form, line(form, 0), 'rate')).toBeNull();
    form.undo();
    expect(value(form, line(form, 0), 'rate')).toBe('10.00');
  });

  test('any number of steps back and forth ends where it was', () => {
    const form = formOf(order, saved);
    let seed = 20261126;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (let turn = 0; turn < 120; turn += 1) {
      const count = linesOf(form).length;
      const at = random(Math.max(1, count));
      const kind = count < 2 ? 0 : random(4);
      form.seal();
      if (kind === 0) {
        form.transact(() => form.insertLines(form.record, 'lines', at, [{ item: `${turn}` }]));
      } else if (kind === 1) form.transact(() => form.removeLine(line(form, at)));
      else if (kind === 2) form.transact(() => form.moveLine(line(form, at), 1 - 2 * random(2)));
      else form.set('quantity', `${random(90)}`, line(form, at));
    }
    const end = JSON.stringify([form.changed(), value(form, form.record, 'total')]);
    let back = 0;
    while (form.canUndo) {
      form.undo();
      back += 1;
    }
    expect(form.changed()).toEqual({});
    for (; back > 0; back -= 1) form.redo();
    expect(JSON.stringify([form.changed(), value(form, form.record, 'total')])).toBe(end);
  });
});
