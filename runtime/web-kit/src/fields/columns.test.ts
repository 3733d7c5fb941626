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
const trade = object('trade', 'title', [
  field('title', 'text'), field('paper', 'reference', { to: 'trade' }),
  field('price', 'money', { currency: 'CNY', currencies: ['CNY', 'USD'] })]);
const people = (fields: AppField[]) =>
  makeApplication({ objects: [paper, trade, object('user', 'name', fields)] } as unknown as App,
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

test('amount and currency of money in several are columns, read from the whole', () => {
  const record = { id: 'r', version: 1, price: { amount: '12.00', currency: 'USD' },
    paper: { price: { amount: '3.00', currency: 'CNY' } } };
  const amount = columnOf(application, 'trade', 'price.amount');
  expect([amount?.ask, amount?.own, amount?.field.type, amount?.read(record)])
    .toEqual([['price'], false, 'decimal', '12.00']);
  const behind = columnOf(application, 'trade', 'paper.price.currency');
  expect([behind?.ask, behind?.field.type, behind?.field.options?.map(({ name }) => name),
    behind?.read(record)]).toEqual([['paper.price'], 'choice', ['CNY', 'USD'], 'CNY']);
  expect(columnOf(application, 'trade', 'price.total')).toBeNull();
  expect(bareValue(record.price)).toEqual({ amount: '12.00', currency: 'USD' });
});
