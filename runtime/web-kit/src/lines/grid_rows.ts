import type { AppField } from '../api/types.ts';
import type { DraftNode } from '../form/draft_node.ts';
import { nestOf } from '../form/form_lines.ts';

// The rows of a grid: the lines of one children field, and below an open one the lines it holds.

export interface GridLine {
  node: DraftNode;
  level: number; // 1 for the record's own lines.
  number: string; // "2.1.3"
  count: number; // Of lines that it holds.
  open: boolean;
}

export function gridLines(
  holder: DraftNode, slot: string, closed: ReadonlySet<string>,
): GridLine[] {
  const rows: GridLine[] = [];
  const walk = (lines: readonly DraftNode[], level: number, prefix: string) => {
    lines.forEach((node, index) => {
      const nest = nestOf(node.shape.children, node.object);
      const below = nest ? node.rows(nest) : [];
      const number = `${prefix}${index + 1}`;
      const open = !closed.has(node.key);
      rows.push({ node, level, number, count: below.length, open });
      if (open && below.length > 0) walk(below, level + 1, `${number}.`);
    });
  };
  walk(holder.rows(slot), 1, '');
  return rows;
}

export type CellWay = 'typed' | 'picked' | 'sheet' | 'fixed';

const picked = new Set(['choice', 'choices', 'boolean', 'reference', 'references', 'user', 'users',
  'department']);
const sheet = new Set(['file', 'files', 'image', 'signature', 'address', 'location', 'children']);
const fixed = new Set(['formula', 'rollup', 'lookup', 'auto_number']);

/** How a cell of this field is edited. */
export function wayOf(field: AppField): CellWay {
  if (!field.writable || field.system || fixed.has(field.type)) return 'fixed';
  return picked.has(field.type) ? 'picked' : sheet.has(field.type) ? 'sheet' : 'typed';
}

export interface GridCell {
  row: number;
  column: number;
}

/** Cells between two corners. */
export function rangeOf(a: GridCell, b: GridCell) {
  return {
    top: Math.min(a.row, b.row), bottom: Math.max(a.row, b.row),
    left: Math.min(a.column, b.column), right: Math.max(a.column, b.column),
  };
}

/** The cell reached from one by a step of Tab, row after row; null: out of the grid. */
export function tabbed(cell: GridCell, by: 1 | -1, rows: number, columns: number): GridCell | null {
  const place = cell.row * columns + cell.column + by;
  if (place < 0 || place >= rows * columns) return null;
  return { row: Math.floor(place / columns), column: place % columns };
}
