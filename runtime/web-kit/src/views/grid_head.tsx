import type { Column } from '../fields/columns.ts';
import { fieldTypeOf } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { Icon } from '../ui/icon.tsx';

interface GridHeadProps {
  columns: Column[];
  sort: string[];
  onSort: (sort: string) => void;
  all: boolean | 'some';
  onAll: (on: boolean) => void;
}

/** Names of the columns; a press orders by one, again turns the order round. */
export function GridHead({ columns, sort, onSort, all, onAll }: GridHeadProps) {
  const t = useT();
  const first = sort[0] ?? '';
  return (
    <div className="grid-head" role="rowgroup">
      <div role="row" aria-rowindex={1} className="grid-row">
        <div role="columnheader" className="ck" aria-label={t('list.choose')}>
          <Checkbox checked={all} label={t('list.all')} onChange={onAll} />
        </div>
        {columns.map((column, index) => {
          const on = first.replace('-', '') === column.path;
          const down = on && first.startsWith('-');
          const { end } = fieldTypeOf(column.field);
          return (
            <div
              key={column.path} role="columnheader" className={end ? 'end' : ''} data-column={index}
              aria-sort={on ? (down ? 'descending' : 'ascending') : undefined}
              aria-colindex={index + 2} title={column.label}
            >
              {column.field.sortable ? (
                <button
                  type="button" className={on ? 'on' : ''}
                  onClick={() => onSort(on && !down ? `-${column.path}` : column.path)}
                >
                  <span className="trunc">{column.label}</span>
                  <Icon name={down ? 'down' : 'up'} size={12} />
                </button>
              ) : <span className="trunc">{column.label}</span>}
            </div>
          );
        })}
      </div>
    </div>
  );
}
