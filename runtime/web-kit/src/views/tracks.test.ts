import { expect, test } from 'vitest';
import type { AppField } from '../api/types.ts';
import type { Column } from '../fields/columns.ts';
import { tracksOf } from './tracks.ts';

function column(label: string, type: string, sortable = true): Column {
  const field = { name: 'a', label, type, sortable } as AppField;
  return { path: 'a', field, label, ask: ['a'], own: true, read: () => null };
}

test('a column is as wide as its name, in either language', () => {
  const columns = [column('Name', 'text'), column('Sales cycle (days)', 'integer'),
    column('销售周期（天）', 'integer'), column('On sale', 'boolean'), column('Note', 'text')];
  expect(tracksOf(columns).tracks).toBe(
    'minmax(220px, 1.6fr) 158px 116px 84px minmax(180px, 1fr)');
});

test('a name that is shorter than the values leaves the width of the type', () => {
  expect(tracksOf([column('Name', 'text'), column('A', 'integer'), column('B', 'text')]).tracks)
    .toBe('minmax(220px, 1.6fr) 112px minmax(180px, 1fr)');
});

test('only what can be sorted keeps room for the arrow, only the last for the margin', () => {
  const label = 'Sales cycle (days)';
  expect(tracksOf([column('Name', 'text'), column(label, 'integer', false),
    column(label, 'integer', false)]).tracks).toBe('minmax(220px, 1.6fr) 142px 158px');
});

test('a very long name does not push the others out of sight', () => {
  expect(tracksOf([column('Name', 'text'), column('x'.repeat(80), 'integer')]))
    .toEqual({ tracks: 'minmax(220px, 1.6fr) 240px', width: 460 });
});
