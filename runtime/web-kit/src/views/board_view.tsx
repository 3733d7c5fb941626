import './board.css';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import { recordKeys, runQuery } from '../api/records.ts';
import type { AppOption, AppView, RecordData } from '../api/types.ts';
import { askFor, columnsOf, fieldOf } from '../fields/columns.ts';
import { sumsByCurrency } from '../fields/currencies.tsx';
import { hasCurrencies } from '../fields/field_type.ts';
import { FormDrawer } from '../form/form_drawer_lazy.tsx';
import { useT } from '../i18n/i18n.ts';
import { EmptyState } from '../ui/empty_state.tsx';
import { BoardColumn } from './board_column.tsx';
import { allOf } from './conditions.ts';
import { FilterBar } from './filter_bar.tsx';
import { type ListState, sortKeys } from './list_state.ts';
import { SortMenu } from './sort_menu.tsx';
import { useCardDrag } from './use_card_drag.ts';
import { useMove } from './use_move.ts';

export interface BoardViewProps {
  view: AppView;
  state: ListState;
  onState: (patch: ListState) => void;
  onNew: (() => void) | null;
}

/** Records as cards in the columns of a choice; moving a card sets it. */
export default function BoardView({ view, state, onState }: BoardViewProps) {
  const t = useT();
  const application = useApplication();
  const object = application.object(view.object);
  const search = useRef<HTMLInputElement>(null);
  const [mending, setMending] = useState<{ record: RecordData; to: string } | null>(null);
  const group = fieldOf(object, view.group ?? '');
  const sum = view.sum ? fieldOf(object, view.sum) : undefined;
  const card = useMemo(() => columnsOf(application, view.object, view.card),
    [application, view]);
  const fields = useMemo(() => {
    const asks = askFor(application, view.object, card);
    return [...new Set([...asks, ...(view.group ? [view.group] : []),
      ...(view.sum ? [view.sum] : [])])];
  }, [application, view, card]);
  const filter = allOf([view.filter, state.filter]);
  const sort = sortKeys(state.sort, view.sort);
  const q = state.q?.trim() ?? '';

  // Amounts of different currencies are never added: each row of the reply has one of them.
  const byCurrency = sum !== undefined && hasCurrencies(sum);
  const body = {
    object: view.object, ...(filter ? { filter } : {}),
    group: [view.group ?? '', ...(byCurrency ? [`${sum.name}.currency`] : [])],
    measures: [{ name: 'count', of: 'count' },
      ...(sum ? [{ name: 'sum', of: 'sum', field: sum.name }] : [])],
  };
  const totals = useQuery({
    queryKey: recordKeys.query(view.object, body),
    queryFn: ({ signal }) => runQuery(body, signal), enabled: group !== undefined,
  });
  const place = (name: string) => totals.data?.columns.findIndex((one) => one.name === name) ?? -1;
  const [groupAt, countAt, sumAt] = [Math.max(0, place(group?.name ?? '')), place('count'),
    place('sum')];
  const rowsOf = (name: string | null) => totals.data?.rows
    .filter((row) => row[groupAt] === name) ?? [];
  // Records without a value get a column of their own, while there are any.
  const blank: AppOption[] = rowsOf(null).length
    ? [{ name: '', label: t('record.empty'), color: 'grey' }] : [];
  const { move, refusal, dismiss } = useMove(view.object, view.group ?? '', group?.options ?? []);
  const drag = useCardDrag((record, to) => void move(record, to));

  if (!object || !group?.options) {
    return (
      <div className="list-state">
        <EmptyState
          art="misfit" title={t('board.no_group.title')} text={t('board.no_group.text')}
        />
      </div>
    );
  }
  return (
    <>
      <FilterBar object={object} state={state} onState={onState} searchRef={search}>
        <SortMenu
          object={object} sort={sort} view={view} onSort={(next) => onState({ sort: next })}
        />
      </FilterBar>
      <div className="bd" ref={drag.board}>
        {[...blank, ...group.options].map((option, index) => {
          const all = rowsOf(option.name || null);
          const count = all.reduce((before, row) => before + Number(row[countAt]), 0);
          return (
            <BoardColumn
              key={option.name} object={object} group={group} option={option} index={index}
              card={card} sum={sum} count={totals.data ? count : null}
              total={byCurrency ? sumsByCurrency(sum, all, 1, sumAt)
                : all[0]?.[sumAt] ?? null}
              drag={drag} onMove={move}
              params={{
                fields, q, sort,
                filter: allOf([filter, option.name ? `${group.name} = "${option.name}"`
                  : `ISBLANK(${group.name})`]),
              }}
              refusal={refusal?.to === option.name ? refusal : null} onDismiss={dismiss}
              onMend={(record) => {
                dismiss();
                setMending({ record, to: option.name });
              }}
            />
          );
        })}
      </div>
      {mending && (
        <FormDrawer
          object={object} id={mending.record.id} preset={{ [group.name]: mending.to || null }}
          onClose={() => setMending(null)} onSaved={() => setMending(null)}
        />
      )}
    </>
  );
}
