import './list.css';
import { useMemo, useRef, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import { objectHref } from '../api/navigation.tsx';
import type { AppView } from '../api/types.ts';
import { askFor, columnsOf } from '../fields/columns.ts';
import { useT } from '../i18n/i18n.ts';
import { usePhone } from '../ui/use_phone.ts';
import { BulkBar } from './bulk_bar_lazy.tsx';
import { ColumnChooser } from './column_chooser.tsx';
import { ConflictDialog } from './conflict_dialog_lazy.tsx';
import { allOf } from './conditions.ts';
import { ExportMenu } from './export_menu.tsx';
import { FilterBar } from './filter_bar.tsx';
import { ListBody } from './list_body.tsx';
import { ListFooter } from './list_footer.tsx';
import { rememberList } from './list_memory.ts';
import { keepColumns, keptColumns, type ListState, sortKeys } from './list_state.ts';
import { SortMenu } from './sort_menu.tsx';
import { useRecords, useTotals } from './use_records.ts';
import { useSave } from './use_save.ts';

interface ListViewProps {
  view: AppView;
  state: ListState;
  onState: (patch: ListState) => void;
  onNew: (() => void) | null;
}

/** One list view: filter bar, rows, footer, and what can be done with the rows chosen. */
export function ListView({ view, state, onState, onNew }: ListViewProps) {
  const t = useT();
  const application = useApplication();
  const phone = usePhone();
  const object = application.object(view.object);
  const [names, setNames] = useState(() => keptColumns(view.id, view.columns));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const search = useRef<HTMLInputElement>(null);
  const { save, clash, settle } = useSave(view.object);

  const columns = useMemo(() => {
    const title = object?.title_field;
    const ordered = title && !names.includes(title) ? [title, ...names] : names;
    return columnsOf(application, view.object, ordered);
  }, [application, view.object, names, object]);

  const sort = sortKeys(state.sort, view.sort);
  const filter = allOf([view.filter, state.filter]);
  const q = state.q?.trim() ?? '';
  const params = { fields: askFor(application, view.object, columns), filter, sort, q };
  const { rows, query, count, countMore, more, loadMore } = useRecords(view.object, params);
  const sums = columns.filter(({ field, own }) => own && field.type === 'money').slice(0, 2);
  const totals = useTotals(view.object, filter, sums, !q && !phone);

  if (!object) return null;
  const changeColumns = (next: string[] | null) => {
    keepColumns(view.id, next);
    setNames(next ?? view.columns);
  };
  const remember = () => rememberList({
    object: view.object, label: view.label, count: countMore ? null : count,
    ids: rows.map(({ id }) => id),
    href: objectHref(view.object, Object.fromEntries(Object.entries(state)
      .filter((entry): entry is [string, string] => Boolean(entry[1])))),
  });
  const narrowed = Boolean(q || state.filter);

  return (
    <>
      <FilterBar object={object} state={state} onState={onState} searchRef={search}>
        <SortMenu
          object={object} sort={sort} view={view} onSort={(next) => onState({ sort: next })}
        />
        {!phone && (
          <>
            <ColumnChooser object={object} names={columns.map(({ path }) => path)}
              onNames={changeColumns} changed={names !== view.columns} />
            <ExportMenu object={view.object} count={count}
              params={{ ...params, fields: columns.map(({ path }) => path) }} />
          </>
        )}
      </FilterBar>
      <ListBody
        object={object} columns={columns} rows={rows} query={query} more={more} loadMore={loadMore}
        sort={sort} onSort={(next) => onState({ sort: next })} chosen={chosen}
        onChosen={setChosen} onSave={save} onOpen={remember} narrowed={narrowed} onNew={onNew}
        onClear={() => onState({ q: undefined, filter: undefined })}
        focusSearch={() => search.current?.focus()}
      />
      <ListFooter
        shown={rows.length} count={count} more={countMore} totals={totals} sums={sums}
        label={object.label_plural} busy={query.isFetching}
      />
      {chosen.size > 0 && (
        <BulkBar
          object={object} rows={rows.filter(({ id }) => chosen.has(id))} sum={sums[0]}
          onClear={() => setChosen(new Set())}
        />
      )}
      {clash && (
        <ConflictDialog
          object={object} clash={clash} onClose={settle}
          onMine={() => {
            settle();
            void save(clash.current, clash.field, clash.mine);
          }}
        />
      )}
      <p className="hidden-text" role="status">
        {query.isSuccess && !query.isFetching
          ? t('list.count', { count: count ?? rows.length }) : ''}
      </p>
    </>
  );
}
