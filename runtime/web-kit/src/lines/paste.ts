import type { AppField } from '../api/types.ts';
import { isMonthFirst, isReferring, readCell, type CellReading } from './read_cell.ts';
import { type GridCell, rangeOf, wayOf } from './grid_rows.ts';

// What a pasted table does to a grid: which cells get which values, and how many rows are new.

export interface PastedCell {
  row: number; // Beyond the rows there are: a new one.
  column: number;
  value: unknown;
  /** A name to be looked for in the object referred to. */
  find: string | null;
}

export interface Paste {
  cells: PastedCell[];
  rowsNeeded: number;
}

/** A lone cell fills all that is chosen; a larger table lies from its upper left corner on. */
function spread(table: string[][], from: GridCell, to: GridCell): string[][] {
  const { top, bottom, left, right } = rangeOf(from, to);
  const lone = table.length === 1 && table[0]?.length === 1 ? table[0][0] : undefined;
  if (lone === undefined) return table;
  return Array.from({ length: bottom - top + 1 }, () =>
    Array.from({ length: right - left + 1 }, () => lone));
}

/** Computed columns keep their place and are passed over; what hangs over to the right is left. */
export function pastePlan(given: {
  table: string[][]; from: GridCell; to: GridCell; columns: AppField[]; reading: CellReading;
}): Paste {
  const { columns, reading } = given;
  const table = spread(given.table, given.from, given.to);
  const { top, left } = rangeOf(given.from, given.to);
  const width = Math.max(...table.map((row) => row.length));
  const cells: PastedCell[] = [];
  for (let across = 0; across < width; across += 1) {
    const column = left + across;
    const field = columns[column];
    if (!field || !['typed', 'picked'].includes(wayOf(field))) continue;
    const monthFirst = ['date', 'datetime'].includes(field.type)
      && isMonthFirst(table.map((row) => (row[across] ?? '').trim().split(/\s/)[0] ?? ''));
    table.forEach((row, down) => {
      const text = row[across];
      if (text === undefined) return;
      cells.push({
        row: top + down, column, value: readCell(field, text, { ...reading, monthFirst }),
        find: isReferring(field) && text.trim() ? text.trim() : null,
      });
    });
  }
  return { cells, rowsNeeded: top + table.length };
}
