import type { AppField, AppObject } from '../api/types.ts';
import { FormStore } from './form_store.ts';
import { formulaCompiler } from './formula_adapter.ts';

// Objects with lines for tests: an order with lines, a machine of parts of parts.

export const field = (name: string, type = 'text', more: Partial<AppField> = {}): AppField => ({
  name, id: name, label: name, help: null, type, required: false, unique: false, writable: true,
  system: false, sortable: true, filterable: true, ...more,
});

export const object = (
  name: string, fields: AppField[], more: Partial<AppObject> = {},
): AppObject => ({
  name, id: name, label: name, label_plural: name, icon: null, title_field: 'title',
  owner_field: null, may: { create: true, update: true, delete: true }, fields, rules: [],
  checked: false, ...more,
});

export const computed = (name: string, formula: string) => field(name, 'formula', {
  writable: false, result: 'number', scale: 2, formula });

export const lineObject = object('order_line', [
  field('item', 'text', { required: true }), field('quantity', 'decimal', { minimum: '0' }),
  field('rate', 'money'), field('free', 'boolean'),
  computed('net', 'IF(free, 0, quantity * rate)'), computed('gross', 'net * (1 + parent.tax)'),
], { lines_of: 'order', rules: [
  { name: 'many', when: 'quantity > 100', effect: 'reject', field: 'quantity',
    message: 'Too many' },
  { name: 'gift', when: 'free', effect: 'clear', field: 'rate', message: '' },
] });

export const order = object('order', [
  field('title', 'text', { required: true }), field('tax', 'percent'),
  field('lines', 'children', { children: { object: 'order_line', parent: 'parent' } }),
  computed('total', 'SUM(lines.gross)'), computed('free_lines', 'COUNT(lines, free)'),
]);

export const part = object('part', [
  field('title'), field('quantity', 'decimal'), field('rate', 'money'),
  computed('cost', 'quantity * COALESCE(rate, 0) + quantity * COALESCE(SUM(parts.cost), 0)'),
  field('parts', 'children', { children: { object: 'part', parent: 'parent' } }),
], { lines_of: 'machine' });

export const machine = object('machine', [
  field('title'), computed('cost', 'SUM(parts.cost)'),
  field('parts', 'children', { children: { object: 'part', parent: 'machine' } }),
]);

const objects = new Map([lineObject, order, part, machine].map((one) => [one.name, one]));

export function formOf(
  shape: AppObject, initial: Record<string, unknown> = {}, draft: Record<string, unknown> = {},
): FormStore {
  const find = (name: string) => objects.get(name);
  return new FormStore({
    object: shape, objects: find, initial, draft,
    compile: formulaCompiler({ object: find }, 'Asia/Shanghai', () => 0),
    scope: { today: '2026-11-26', user: '0000000000001' },
  });
}
