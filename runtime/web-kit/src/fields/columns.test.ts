import { expect, test } from 'vitest';
import { makeApplication } from '../api/application.tsx';
import type { App, AppField, AppObject, Me } from '../api/types.ts';
import { askFor, bareValue, columnOf, columnsOf } from './columns.ts';

const field = (name: string, type: string, more: Partial<AppField> = {}) =>
  ({ name, id: name, label: name, type, ...more }) as AppField;
const object = (name: string, title: string, fields: AppField[]) =>
  ({ name, title_field: title, fields }) as AppObject;

const paper = object('paper', 'title', [
  field('title', 'text'), field('owner', 'user'), field('helpers', 'users'),
  field('others', 'references', { to: 'paper' }), field('papers', 'files')]);
const people = (fields: AppField[]) =>
  makeApplication({ objects: [paper, object('user', 'name', fields)] } as unknown as App,
    { locale: 'en', time_zone: 'UTC' } as unknown as Me);
const application = people([field('name', 'text'), field('active', 'boolean')]);

test('several records are asked for with what they are called', () => {
  const columns = columnsOf(application, 'paper', ['others', 'papers', 'title']);
  expect(askFor(application, 'paper', columns))
    .toEqual(['title', 'others.title', 'papers.name']);
});

test('people are asked for with whether they are active, by who may know', () => {
  expect(columnOf(application, 'paper', 'helpers')?.ask)
    .toEqual(['helpers.name', 'helpers.active']);
  const curtain = people([field('name', 'text')]);
  expect(columnOf(curtain, 'paper', 'helpers')?.ask).toEqual(['helpers.name']);
});

test('a list is read as it came, whatever of it may be seen', () => {
  const record = { id: 'r', version: 1, others: [
    { id: 'a', title: 'A' }, { id: 'b', title: null }] };
  const read = columnOf(application, 'paper', 'others')?.read(record);
  expect(read).toEqual([{ id: 'a', name: 'A' }, { id: 'b', name: '' }]);
  expect(bareValue(read)).toEqual(['a', 'b']);
});

test('somebody who was switched off is told from the others', () => {
  const record = { id: 'r', version: 1, helpers: [
    { id: 'a', name: 'Ann', active: true }, { id: 'b', name: 'Bob', active: false }] };
  expect(columnOf(application, 'paper', 'helpers')?.read(record))
    .toEqual([{ id: 'a', name: 'Ann' }, { id: 'b', name: 'Bob', inactive: true }]);
});
