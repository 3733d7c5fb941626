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
  /** Nobody may write these lines now. */
  locked: boolean;
  onGo: (row: number) => void;
  onPaste: () => void;
}

type Tool = [icon: string, label: string, key: string, can: boolean, run: () => void] | null;

/** What the keys do, as buttons, for the row that was last active. */
export function LinesBar({ form, grid, lines, acts, locked, onGo, onPaste }: LinesBarProps) {
  const t = useT();
  useSyncExternalStore(form.subscribe, () => form.structure);
  const can = useSyncExternalStore(form.subscribe, () =>
    `${form.canUndo ? 'u' : ''}${form.canRedo ? 'r' : ''}`);
  const { top } = useRange(grid);
  const line = lines.rows[top];
  const node = line?.node;
  const here = line !== undefined && !locked;
  const then = (run: () => void) => () => {
    run();
    onGo(Math.min(grid.active.row, lines.rows.length - 1));
  };
  const remove = () => acts.remove(
    lines.rows.slice(top, grid.range.bottom + 1).map((one) => one.node));
  const below = () => {
    if (!node) return;
    lines.toggle(node.key, true);
    acts.addBelow(node);
  };
  const nested: Tool[] = lines.nest
    ? [['branch', t('lines.below'), 'Alt Shift ↵', here, below]] : [];
  const tools: Tool[] = [
    ['undo', t('undo'), 'Ctrl Z', can.includes('u'), () => form.undo()],
    ['redo', t('lines.redo'), 'Ctrl Y', can.includes('r'), () => form.redo()],
    null,
    ['copy', t('lines.duplicate'), 'Alt Shift ↓', here, then(() => node && acts.duplicate(node))],
    ['up', t('lines.up'), 'Alt ↑', here, then(() => node && acts.move(node, -1))],
    ['down', t('lines.down'), 'Alt ↓', here, then(() => node && acts.move(node, 1))],
    ...nested,
    ['trash', t('lines.remove'), 'Alt Del', here, then(remove)],
    null,
    ['table', t('lines.paste'), 'Ctrl V', !locked, onPaste],
  ];
  return (
    <div className="lines-bar" role="toolbar" aria-label={t('lines.tools')}>
      {tools.map((tool, index) => {
        if (!tool) return <span className="vr" key={index} />;
        const [icon, label, key, possible, run] = tool;
        return (
          <IconButton
            key={icon} icon={icon} size="sm" label={t('lines.keyed', { label, key })}
            disabled={!possible} onClick={run}
          />
        );
      })}
    </div>
  );
}

const useRange = (grid: GridState) => {
  useSyncExternalStore(grid.subscribe, () => `${grid.range.top}-${grid.range.bottom}`);
  return grid.range;
};
