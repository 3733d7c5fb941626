import { type KeyboardEvent, useRef } from 'react';
import { isComposing, isSubmitKey } from '../a11y/submit_key.ts';
import type { AppField } from '../api/types.ts';
import type { DraftNode } from '../form/draft_node.ts';
import type { FormStore } from '../form/form_store.ts';
import { type GridCell, tabbed, wayOf } from './grid_rows.ts';
import type { GridState } from './grid_state.ts';
import type { LinesActs } from './lines_acts.ts';
import type { Lines } from './use_lines.ts';

interface KeyedGrid {
  form: FormStore;
  grid: GridState;
  lines: Lines;
  columns: AppField[];
  acts: LinesActs;
  page: number;
  goTo: (cell: GridCell, extend?: boolean) => void;
  goToLine: (node: DraftNode | undefined, column?: number) => void;
}

/** The keys of a spreadsheet. What a cell's own box needs has stopped there already. */
export function useLinesKeys(given: KeyedGrid) {
  const before = useRef<{ node: DraftNode; field: string; value: unknown } | null>(null);
  const { form, grid, lines, columns, acts, page, goTo, goToLine } = given;
  const { rows } = lines;
  const { row, column } = grid.active;
  const line = rows[row];
  const field = columns[column];

  /** What Escape gives back. */
  const remember = () => {
    if (line && field) {
      before.current = { node: line.node, field: field.name, value: line.node.fields[field.name] };
    }
  };
  const giveUp = () => {
    const kept = before.current;
    if (kept) form.set(kept.field, kept.value ?? null, kept.node);
    before.current = null;
    grid.edit('ready');
  };
  const leaveTo = (cell: GridCell) => {
    if (line && field) form.touch(field.name, line.node);
    form.seal();
    before.current = null;
    goTo(cell);
  };
  const down = () => {
    if (row < rows.length - 1) leaveTo({ row: row + 1, column });
    else if (line) {
      if (field) form.touch(field.name, line.node);
      form.seal();
      goToLine(acts.add(line.node), column);
    }
  };
  const edit = () => {
    remember();
    grid.edit('editing');
  };

  const withAlt = (event: KeyboardEvent): (() => void) | undefined => {
    if (!line) return undefined;
    const { node } = line;
    if (isSubmitKey(event)) {
      return event.shiftKey && lines.nest ? () => {
        lines.toggle(node.key, true);
        goToLine(acts.addBelow(node), 0);
      } : () => goToLine(acts.add(node), 0);
    }
    const keys: Record<string, () => void> = {
      ArrowUp: () => {
        acts.move(node, -1);
        goToLine(node, column);
      },
      ArrowDown: () => {
        if (event.shiftKey) acts.duplicate(node);
        else {
          acts.move(node, 1);
          goToLine(node, column);
        }
      },
      ArrowRight: () => lines.toggle(node.key, true),
      ArrowLeft: () => lines.toggle(node.key, false),
      Delete: () => {
        const { top, bottom } = grid.range;
        acts.remove(rows.slice(top, bottom + 1).map((one) => one.node));
        goTo({ row: Math.min(top, Math.max(0, rows.length - 2)), column });
      },
    };
    return keys[event.key];
  };

  const withCtrl = (event: KeyboardEvent): (() => void) | undefined => {
    const last = { row: rows.length - 1, column: columns.length - 1 };
    const keys: Record<string, () => void> = {
      z: () => (event.shiftKey ? form.redo() : form.undo()),
      y: () => form.redo(),
      a: () => grid.choose({ row: 0, column: 0 }, last),
      Home: () => goTo({ row: 0, column: 0 }, event.shiftKey),
      End: () => goTo(last, event.shiftKey),
    };
    return keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  };

  const plain = (event: KeyboardEvent): (() => void) | undefined => {
    const to = (next: GridCell) => () => (event.shiftKey ? goTo(next, true) : leaveTo(next));
    const way = field ? wayOf(field) : 'fixed';
    const keys: Record<string, () => void> = {
      ArrowDown: to({ row: row + 1, column }), ArrowUp: to({ row: row - 1, column }),
      ArrowLeft: to({ row, column: column - 1 }), ArrowRight: to({ row, column: column + 1 }),
      PageDown: to({ row: row + page, column }), PageUp: to({ row: row - page, column }),
      Home: to({ row, column: 0 }), End: to({ row, column: columns.length - 1 }), F2: edit,
    };
    if (isSubmitKey(event)) {
      return event.shiftKey ? () => leaveTo({ row: Math.max(0, row - 1), column }) : down;
    }
    if (grid.mode === 'ready' && (event.key === 'Delete' || event.key === 'Backspace')) {
      return () => acts.clear(grid);
    }
    if (event.key === ' ' && way !== 'typed') return edit;
    if (event.key.length === 1 && way === 'picked') return edit;
    return keys[event.key];
  };

  const onKey = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') {
      if (grid.mode === 'ready' && !grid.anchor) return;
      event.preventDefault();
      event.stopPropagation();
      if (grid.mode === 'ready') grid.move(grid.active);
      else giveUp();
      return;
    }
    if (event.key === 'Tab') {
      const next = tabbed(grid.active, event.shiftKey ? -1 : 1, rows.length, columns.length);
      if (line && field) form.touch(field.name, line.node);
      form.seal();
      if (!next) return;
      event.preventDefault();
      goTo(next);
      return;
    }
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && (isSubmitKey(event) || grid.mode !== 'ready')) return;
    const run = event.altKey ? withAlt(event) : ctrl ? withCtrl(event) : plain(event);
    if (!run) return;
    event.preventDefault();
    run();
  };
  return { onKey, remember };
}
