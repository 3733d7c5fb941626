import { expect, test } from 'vitest';
import type { AppField, AppObject, RecordData } from '../api/types.ts';
import { choiceFilter, type Reach } from './choice_filter.ts';
import { FormStore } from './form_store.ts';
import { formulaCompiler } from './formula_adapter.ts';

const field = (name: string, type: string, to?: string): AppField => ({
  name, id: name, label: name, help: null, type, required: false, unique: false, writable: true,
  system: false, sortable: true, filterable: true, ...(to ? { to } : {}) });

const objectOf = (name: string, fields: AppField[]): AppObject => ({
  name, id: name, label: name, label_plural: name, icon: null, title_field: 'title',
  owner_field: null, may: { create: true, update: true, delete: true }, fields, rules: [],
  checked: false });

const supplier = objectOf('supplier', [field('region', 'text'), field('level', 'integer')]);
const order = objectOf('order', [
  field('title', 'text'), field('supplier', 'reference', 'supplier'), field('amount', 'money'),
  field('active', 'boolean'), field('lists', 'json')]);

const asked: string[][] = [];
const reach: Reach = {
  object: (name) => (name === 'supplier' ? supplier : undefined),
  fetch: (object, id, fields) => {
    asked.push([object, id, ...fields]);
    return Promise.resolve({ id, version: 1, region: 'No"rth', level: 3 } as RecordData);
  },
};

function filtered(filter: string, draft: Record<string, unknown>) {
  const form = new FormStore({
    object: order, initial: {}, draft, compile: formulaCompiler({ object: () => undefined }, 'UTC'),
    scope: { today: '2027-01-15', user: '0000000000001' } });
  return choiceFilter(filter, form.record, reach);
}

test.each([
  ['supplier = $record.supplier', { supplier: { id: '0000000000007', name: 'Mill' } },
    'supplier = "0000000000007"'],
  ['supplier = $record.supplier', {}, 'supplier = NULL'],
  ['price <= $record.amount AND active = $record.active', { amount: '12.50', active: true },
    'price <= 12.50 AND active = TRUE'],
  ['name = "$record.title"', { title: 'a' }, 'name = "$record.title"'],
  ['name <> $record . title', { title: 'say "no"' }, 'name <> "say ""no"""'],
  ['region = $record.supplier.region AND level > $record.supplier.level',
    { supplier: { id: '0000000000007', name: '' } }, 'region = "No""rth" AND level > 3'],
])('%s is asked for the draft', async (filter, draft, expected) => {
  expect(await filtered(filter, draft)).toBe(expected);
});

test('what lies behind a reference is read once it is needed', async () => {
  asked.length = 0;
  expect(await filtered('region = $record.supplier.region', {})).toBe('region = NULL');
  expect(asked).toEqual([]);
});

test('what has no literal is left to the server', async () => {
  expect(await filtered('data = $record.lists', { lists: { a: 1 } })).toBeNull();
});
