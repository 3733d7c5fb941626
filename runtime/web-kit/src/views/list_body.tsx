import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { AppObject, RecordData } from '../api/types.ts';
import type { Column } from '../fields/columns.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty_state.tsx';
import { ErrorState } from '../ui/error_state.tsx';
import { usePhone } from '../ui/use_phone.ts';
import { ListCards } from './list_cards.tsx';
import { ListSkeleton } from './list_skeleton.tsx';
import { RecordGrid } from './record_grid.tsx';

export interface ListBodyProps {
  object: AppObject;
  columns: Column[];
  rows: RecordData[];
  query: UseInfiniteQueryResult;
  more: boolean;
  loadMore: () => void;
  sort: string[];
  onSort: (sort: string) => void;
  chosen: ReadonlySet<string>;
  onChosen: (ids: ReadonlySet<string>) => void;
  onSave: (record: RecordData, field: string, value: unknown) => Promise<boolean>;
  onOpen: () => void;
  onNew: (() => void) | null;
  onClear: () => void;
  narrowed: boolean;
  focusSearch: () => void;
}

/** Rows, or what there is instead of rows. */
export function ListBody(props: ListBodyProps) {
  const t = useT();
  const phone = usePhone();
  const { object, rows, query, narrowed, onNew, onClear } = props;
  if (query.isPending) return <ListSkeleton columns={props.columns} />;
  if (query.isError && rows.length === 0) {
    const broken = narrowed && <Button onClick={onClear}>{t('list.clear')}</Button>;
    return (
      <div className="list-state">
        <ErrorState error={query.error} retry={() => void query.refetch()} action={broken} />
      </div>
    );
  }
  if (rows.length === 0 && !query.isFetching) {
    const words = { objects: object.label_plural, object: object.label };
    return (
      <div className="list-state">
        {narrowed ? (
          <EmptyState
            art="misfit" title={t('empty.match.title', words)} text={t('empty.match.text')}
            action={<Button onClick={onClear}>{t('list.clear')}</Button>}
          />
        ) : (
          <EmptyState
            art="apart" title={t('empty.yet.title', words)}
            text={t(onNew ? 'empty.yet.text' : 'empty.yet.read_only', words)}
            action={onNew && (
              <Button icon="plus" onClick={onNew}>
                {t('form.new', { object: object.label })}
              </Button>
            )}
          />
        )}
      </div>
    );
  }
  return phone ? <ListCards {...props} /> : <RecordGrid {...props} />;
}
