import { useSyncExternalStore } from 'react';
import type { FormStore } from '../form/form_store.ts';
import { useT } from '../i18n/i18n.ts';
import { IconButton } from '../ui/icon_button.tsx';
import type { GridState } from './grid_state.ts';
import type { LinesActs } from './lines_acts.ts';
import type { Lines } from './use_lines.ts';

interface LinesBarProps {
  form: FormStore;
  grid: GridState;
  lines: Lines;
  acts: LinesActs;
  onGo: (row: number) => void;
  onPaste: () => void;
}

/** What the keys do, as buttons, for the row that was last active. */
export function LinesBar({ form, grid, lines, acts, onGo, onPaste }: LinesBarProps) {
  const t = useT();
  useSyncExternalStore(form.subscribe, () => form.structure);
  const can = useSyncExternalStore(form.subscribe, () =>
    `${form.canUndo ? 'u' : ''}${form.canRedo ? 'r' : ''}`);
  const { top } = useRange(grid);
  const keyed = (label: string, key: string) => t('lines.keyed', { label, key });
  const line = lines.rows[top];
  const act = (run: () => void) => () => {
    run();
    onGo(Math.min(grid.active.row, lines.rows.length - 1));
  };
  return (
    <div className="lines-bar" role="toolbar" aria-label={t('lines.tools')}>
      <IconButton icon="undo" size="sm" label={keyed(t('undo'), 'Ctrl Z')} disabled={!can.includes('u')}
        onClick={() => form.undo()} />
      <IconButton icon="redo" size="sm" label={keyed(t('lines.redo'), 'Ctrl Y')} disabled={!can.includes('r')}
        onClick={() => form.redo()} />
      <span className="vr" />
      <IconButton icon="copy" size="sm" label={keyed(t('lines.duplicate'), 'Alt Shift ↓')} disabled={!line}
        onClick={act(() => line && acts.duplicate(line.node))} />
      <IconButton icon="up" size="sm" label={keyed(t('lines.up'), 'Alt ↑')} disabled={!line}
        onClick={act(() => line && acts.move(line.node, -1))} />
      <IconButton icon="down" size="sm" label={keyed(t('lines.down'), 'Alt ↓')} disabled={!line}
        onClick={act(() => line && acts.move(line.node, 1))} />
      {lines.nest && (
        <IconButton icon="branch" size="sm" label={keyed(t('lines.below'), 'Alt Shift ↵')} disabled={!line}
          onClick={() => {
            if (!line) return;
            lines.toggle(line.node.key, true);
            acts.addBelow(line.node);
          }} />
      )}
      <IconButton icon="trash" size="sm" label={keyed(t('lines.remove'), 'Alt Del')} disabled={!line}
        onClick={act(() => {
          const { bottom } = grid.range;
          acts.remove(lines.rows.slice(top, bottom + 1).map(({ node }) => node));
        })} />
      <span className="vr" />
      <IconButton icon="table" size="sm" label={keyed(t('lines.paste'), 'Ctrl V')} onClick={onPaste} />
    </div>
  );
}

const useRange = (grid: GridState) => {
  useSyncExternalStore(grid.subscribe, () => `${grid.range.top}-${grid.range.bottom}`);
  return grid.range;
};
