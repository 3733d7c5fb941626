import { type GridCell, rangeOf } from './grid_rows.ts';

// Which cell is active, what is chosen around it, and whether it is being edited. Rows subscribe
// and draw again only when what concerns them changes.

/** `ready`: keys walk. `typing`: begun by a letter. `editing`: begun by F2 or a press. */
export type Mode = 'ready' | 'typing' | 'editing';

export class GridState {
  active: GridCell = { row: 0, column: 0 };
  /** The other corner of what is chosen. */
  anchor: GridCell | null = null;
  mode: Mode = 'ready';
  /** The focus is in the grid: the active cell takes it. */
  focused = false;
  private readonly listeners = new Set<() => void>();

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  private tell() {
    this.listeners.forEach((listener) => listener());
  }

  move(active: GridCell, extend = false) {
    this.anchor = extend ? this.anchor ?? this.active : null;
    this.active = active;
    this.mode = 'ready';
    this.tell();
  }

  choose(anchor: GridCell, active: GridCell) {
    this.anchor = anchor;
    this.active = active;
    this.mode = 'ready';
    this.tell();
  }

  edit(mode: Mode) {
    if (this.mode === mode) return;
    this.mode = mode;
    this.anchor = null;
    this.tell();
  }

  focus(on: boolean) {
    if (this.focused === on) return;
    this.focused = on;
    this.tell();
  }

  get range() {
    return rangeOf(this.anchor ?? this.active, this.active);
  }

  /** What one row shows of it: active column, mode, chosen columns. Equal texts, equal looks. */
  view(row: number): string {
    const { top, bottom, left, right } = this.range;
    const chosen = this.anchor && row >= top && row <= bottom ? `${left}-${right}` : '';
    if (row !== this.active.row) return chosen ? `||${chosen}|` : '';
    return `${this.active.column}|${this.mode}|${chosen}|${this.focused ? 'f' : ''}`;
  }
}

export interface RowView {
  column: number | null;
  mode: Mode;
  left: number;
  right: number;
  focused: boolean;
}

export function readView(view: string): RowView {
  const [column = '', mode = '', chosen = '', focused = ''] = view.split('|');
  const [left = '-1', right = '-1'] = chosen ? chosen.split('-') : [];
  return {
    column: column === '' ? null : Number(column), mode: (mode || 'ready') as Mode,
    left: Number(left), right: Number(right), focused: focused !== '',
  };
}
