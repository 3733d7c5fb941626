import type { KeyboardEvent } from 'react';
import { isSubmitKey } from '../a11y/submit_key.ts';
import { recordHref, useNavigation } from '../api/navigation.tsx';
import type { ListBodyProps } from './list_body.tsx';
import type { GridCell } from './record_grid.tsx';

interface GridKeys {
  props: ListBodyProps;
  active: GridCell;
  editing: boolean;
  move: (cell: GridCell) => void;
  edit: (cell: GridCell) => void;
  pick: (row: number, on: boolean, range: boolean) => void;
  page: number;
}

/** Arrows walk, Enter and F2 edit, Space chooses, O opens, slash searches, N makes a new one. */
export function useGridKeys(grid: GridKeys) {
  const { go } = useNavigation();
  const { props, active, editing, move, edit, pick, page } = grid;
  const to = (row: number, column: number) => move({ row, column });

  return (event: KeyboardEvent) => {
    if (editing || event.target !== event.currentTarget) return;
    const record = props.rows[active.row];
    const { row, column } = active;
    const end = event.ctrlKey || event.metaKey;
    const steps: Record<string, () => void> = {
      ArrowDown: () => to(row + 1, column),
      ArrowUp: () => to(row - 1, column),
      ArrowLeft: () => to(row, column - 1),
      ArrowRight: () => to(row, column + 1),
      PageDown: () => to(row + page, column),
      PageUp: () => to(row - page, column),
      Home: () => to(end ? 0 : row, 0),
      End: () => to(end ? props.rows.length - 1 : row, props.columns.length - 1),
      F2: () => edit(active),
      ' ': () => record && pick(row, !props.chosen.has(record.id), event.shiftKey),
      '/': () => props.focusSearch(),
      'Escape': () => props.onChosen(new Set()),
      'n': () => props.onNew?.(),
      'o': () => {
        if (!record) return;
        props.onOpen();
        go(recordHref(props.object.name, record.id));
      },
    };
    const plain = event.key.length > 1 || !(event.ctrlKey || event.metaKey || event.altKey);
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const run = isSubmitKey(event) ? () => edit(active) : plain ? steps[key] : undefined;
    if (key === 'a' && end) {
      event.preventDefault();
      props.onChosen(new Set(props.rows.map(({ id }) => id)));
    }
    if (!run) return;
    event.preventDefault();
    run();
  };
}
