import { describe, expect, test } from 'vitest';
import { field, formOf, machine } from '../form/lines_fixture.ts';
import { Formats } from '../format/formats.ts';
import { gridLines, tabbed, wayOf } from './grid_rows.ts';
import { GridState, readView } from './grid_state.ts';
import { pastePlan } from './paste.ts';

const tree = () => formOf(machine, {}, { title: 'm', parts: [
  { title: 'a', parts: [{ title: 'b', parts: [{ title: 'c' }] }, { title: 'd' }] },
  { title: 'e' }] });

describe('the rows of a grid', () => {
  test('a line comes before what it holds, with its number and level', () => {
    const form = tree();
    const rows = gridLines(form.record, 'parts', new Set());
    expect(rows.map(({ number, level, node }) => `${number} ${level} ${node.fields['title']}`))
      .toEqual(['1 1 a', '1.1 2 b', '1.1.1 3 c', '1.2 2 d', '2 1 e']);
  });

  test('a closed line hides all that is below it', () => {
    const form = tree();
    const [first] = gridLines(form.record, 'parts', new Set());
    const rows = gridLines(form.record, 'parts', new Set([first?.node.key ?? '']));
    expect(rows.map(({ number, open, count }) => [number, open, count]))
      .toEqual([['1', false, 2], ['2', true, 0]]);
  });

  test('Tab walks row after row and leaves at both ends', () => {
    expect(tabbed({ row: 0, column: 2 }, 1, 2, 3)).toEqual({ row: 1, column: 0 });
    expect(tabbed({ row: 1, column: 0 }, -1, 2, 3)).toEqual({ row: 0, column: 2 });
    expect(tabbed({ row: 1, column: 2 }, 1, 2, 3)).toBeNull();
    expect(tabbed({ row: 0, column: 0 }, -1, 2, 3)).toBeNull();
  });

  test('how a cell is edited follows from its type', () => {
    expect(wayOf(field('x', 'money'))).toBe('typed');
    expect(wayOf(field('x', 'reference'))).toBe('picked');
    expect(wayOf(field('x', 'address'))).toBe('sheet');
    expect(wayOf(field('x', 'auto_number'))).toBe('fixed');
    expect(wayOf(field('x', 'text', { writable: false }))).toBe('fixed');
  });

  test('rows hear only of what they show', () => {
    const grid = new GridState();
    grid.move({ row: 2, column: 1 });
    const [one, two] = [grid.view(1), grid.view(2)];
    grid.move({ row: 4, column: 3 }, true);
    expect(grid.view(1)).toBe(one);
    expect(grid.view(2)).not.toBe(two);
    expect(readView(grid.view(3))).toMatchObject({ column: null, left: 1, right: 3 });
    expect(readView(grid.view(4))).toMatchObject({ column: 3, left: 1, right: 3 });
  });
});

describe('a paste', () => {
  const columns = [field('item'), field('net', 'formula', { writable: false }),
    field('quantity', 'integer'), field('on', 'date'), field('by', 'user')];
  const reading = { formats: new Formats('en', 'UTC', 'CNY'), today: '2026-11-26' };
  const plan = (table: string[][], from = { row: 0, column: 0 }, to = from) =>
    pastePlan({ table, from, to, columns, reading });

  test('lies from its corner on; computed columns keep their place; more rows are new', () => {
    const { cells, rowsNeeded } = plan([['a', '9', '1'], ['b', '9', '2']], { row: 4, column: 0 });
    expect(rowsNeeded).toBe(6);
    expect(cells.map(({ row, column, value }) => [row, column, value])).toEqual([
      [4, 0, 'a'], [5, 0, 'b'], [4, 2, 1], [5, 2, 2]]);
  });

  test('what hangs over to the right is left, short rows leave the rest alone', () => {
    const { cells } = plan([['x', 'Ann', 'over'], ['y']], { row: 0, column: 3 });
    expect(cells.map(({ row, column }) => [row, column])).toEqual([[0, 3], [1, 3], [0, 4]]);
    expect(cells[2]).toMatchObject({ find: 'Ann' });
  });

  test('a lone cell fills all that is chosen', () => {
    const { cells } = plan([['7']], { row: 1, column: 2 }, { row: 3, column: 2 });
    expect(cells.map(({ row, value }) => [row, value])).toEqual([[1, 7], [2, 7], [3, 7]]);
  });

  test('one day that can only be month first decides for its column', () => {
    const { cells } = plan([['4/5/2026'], ['4/30/2026']], { row: 0, column: 3 });
    expect(cells.map(({ value }) => value)).toEqual(['2026-04-05', '2026-04-30']);
  });
});
