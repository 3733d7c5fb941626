import type { Application } from '../api/application.tsx';
import type { AppField } from '../api/types.ts';
import { announce } from '../a11y/announce.ts';
import type { DraftNode } from '../form/draft_node.ts';
import { holderOf, placeOf } from '../form/form_lines.ts';
import type { FormStore } from '../form/form_store.ts';
import { t } from '../i18n/i18n.ts';
import { parseTable, tableText } from './clipboard.ts';
import { type GridLine, wayOf } from './grid_rows.ts';
import type { GridState } from './grid_state.ts';
import { resolveNames } from './names_of_references.ts';
import { pastePlan } from './paste.ts';
import { cellText } from './read_cell.ts';

// What can be done to lines, by key and by button alike. Each is one entry of what can be undone.

export interface LinesActs {
  /** Behind a line, or at the end; answers the new one. */
  add: (behind?: DraftNode) => DraftNode | undefined;
  /** A line held by this one. */
  addBelow: (line: DraftNode) => DraftNode | undefined;
  remove: (lines: DraftNode[]) => void;
  duplicate: (line: DraftNode) => void;
  move: (line: DraftNode, by: 1 | -1) => void;
  clear: (grid: GridState) => void;
  copy: (grid: GridState) => string;
  paste: (grid: GridState, text: string) => void;
}

export function linesActs(given: {
  application: Application; form: FormStore; holder: DraftNode; slot: string; nest: string | null;
  rows: () => GridLine[]; columns: AppField[];
}): LinesActs {
  const { application, form, holder, slot, nest, rows, columns } = given;

  const isOpen = (at: DraftNode, list: string) => !form.state(list, at).locked;
  const among = (line: DraftNode) => isOpen(holderOf(line), line.slot);
  const insert = (at: DraftNode, list: string, place: number, values = {}) => {
    if (!isOpen(at, list)) return undefined;
    let line: DraftNode | undefined;
    form.transact(() => {
      [line] = form.insertLines(at, list, place, [values]);
    });
    return line;
  };
  const add = (behind?: DraftNode) => (behind
    ? insert(holderOf(behind), behind.slot, placeOf(behind) + 1)
    : insert(holder, slot, holder.rows(slot).length));

  const cellsIn = (grid: GridState) => {
    const { top, bottom, left, right } = grid.range;
    return rows().slice(top, bottom + 1).map(({ node }) => ({
      node, fields: columns.slice(left, right + 1) }));
  };

  const paste = (grid: GridState, text: string) => {
    const table = parseTable(text);
    if (table.length === 0 || !isOpen(holder, slot)) return;
    const plan = pastePlan({
      table, from: grid.anchor ?? grid.active, to: grid.active, columns,
      reading: { formats: application.formats, today: application.today },
    });
    const found: { node: DraftNode; field: AppField; text: string }[] = [];
    form.seal();
    form.transact(() => {
      const nodes = rows().map(({ node }) => node);
      const missing = plan.rowsNeeded - nodes.length;
      if (missing > 0) {
        const last = nodes.at(-1);
        const [at, list, place] = last ? [holderOf(last), last.slot, placeOf(last) + 1] as const
          : [holder, slot, 0] as const;
        const empty = Array.from({ length: missing }, () => ({}));
        nodes.push(...form.insertLines(at, list, place, empty));
      }
      for (const { row, column, value, find } of plan.cells) {
        const node = nodes[row];
        const field = columns[column];
        if (!node || !field) continue;
        form.put(node, field.name, value);
        if (find) found.push({ node, field, text: find });
      }
    }, 'paste');
    announce(t('lines.pasted', { count: table.length }));
    if (found.length) void resolveNames(application, form, found);
  };

  return {
    add, paste,
    addBelow: (line) => (nest ? insert(line, nest, line.rows(nest).length) : undefined),
    remove: (given) => {
      const lines = given.filter(among);
      if (lines.length === 0) return;
      form.transact(() => lines.forEach((line) => form.removeLine(line)));
      announce(t('lines.removed', { count: lines.length }));
    },
    duplicate: (line) => insert(holderOf(line), line.slot, placeOf(line) + 1, form.copyOf(line)),
    move: (line, by) => {
      if (among(line)) form.transact(() => form.moveLine(line, by));
    },
    clear: (grid) => form.transact(() => {
      for (const { node, fields } of cellsIn(grid)) {
        for (const field of fields) {
          const { locked } = form.state(field.name, node);
          if (wayOf(field) !== 'fixed' && !locked) form.put(node, field.name, null);
        }
      }
    }),
    copy: (grid) => tableText(cellsIn(grid).map(({ node, fields }) =>
      fields.map((field) => cellText(field, node.fields[field.name], application)))),
  };
}
