import { memo, useSyncExternalStore } from 'react';
import type { AppField } from '../api/types.ts';
import type { FormStore } from '../form/form_store.ts';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import type { GridLine } from './grid_rows.ts';
import { type GridState, readView } from './grid_state.ts';
import { type CellCalls, LineCell } from './line_cell.tsx';

interface LineRowProps extends CellCalls {
  form: FormStore;
  grid: GridState;
  line: GridLine;
  index: number;
  top: number;
  columns: AppField[];
  tree: boolean;
  onToggle: (key: string) => void;
}

export const LineRow = memo(function LineRow(props: LineRowProps) {
  const { form, grid, line, index, top, columns, tree, onToggle } = props;
  const { node, level, number, count, open } = line;
  const t = useT();
  const view = readView(useSyncExternalStore(grid.subscribe, () => grid.view(index)));
  const { onPress, onMode, onSheet } = props;
  return (
    <div
      role="row" className="lg-row" aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}px)` }} data-key={node.key}
      aria-level={tree ? level : undefined} aria-expanded={tree && count > 0 ? open : undefined}
    >
      <div role="rowheader" className="no" aria-colindex={1}
        style={tree ? { paddingLeft: 8 + (level - 1) * 16 } : undefined}>
        {tree && count > 0 && (
          <button
            type="button" tabIndex={-1} className={open ? 'open' : ''}
            aria-label={t(open ? 'lines.close' : 'lines.open', { number })}
            onClick={() => onToggle(node.key)}
          >
            <Icon name="right" size={12} />
          </button>
        )}
        <span>{number}</span>
      </div>
      {columns.map((field, column) => (
        <LineCell
          key={field.name} form={form} node={node} field={field} row={index} column={column}
          number={number} active={view.column === column} mode={view.mode}
          chosen={column >= view.left && column <= view.right} focused={view.focused}
          onPress={onPress} onMode={onMode} onSheet={onSheet}
        />
      ))}
    </div>
  );
}, (a, b) => a.form === b.form && a.index === b.index && a.top === b.top && a.columns === b.columns
  && a.tree === b.tree && a.line.node === b.line.node && a.line.number === b.line.number
  && a.line.count === b.line.count && a.line.open === b.line.open && a.grid === b.grid);
