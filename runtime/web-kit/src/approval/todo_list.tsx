import { type Ref, useMemo } from 'react';
import { useApplication } from '../api/application.tsx';
import type { Box, RunItem as Item, TaskItem } from '../api/flow_types.ts';
import { runHref, taskHref } from '../api/flows.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty_state.tsx';
import { ErrorState } from '../ui/error_state.tsx';
import { usePhone } from '../ui/use_phone.ts';
import { groupByDue } from './due.ts';
import { RunItem } from './run_item.tsx';
import { TodoItem } from './todo_item.tsx';
import { isTask, keyOf, todoHref, type TodoState } from './todo_state.ts';
import type { useBox } from './use_box.ts';
import { useNow } from './use_now.ts';

interface TodoListProps {
  box: Box;
  state: TodoState;
  data: ReturnType<typeof useBox>;
  here: string | undefined;
  chosen: ReadonlySet<string>;
  refused: ReadonlyMap<string, string>;
  onChoose: (id: string, on: boolean) => void;
  onClear: () => void;
  list: Ref<HTMLDivElement>;
}

/** What is in a box, what is due first at the top. */
export function TodoList(props: TodoListProps) {
  const { box, state, data, here, chosen, refused, onChoose, onClear, list } = props;
  const t = useT();
  const phone = usePhone();
  const { formats } = useApplication();
  const now = useNow();
  const { query, items } = data;
  const groups = useMemo(() => (box !== 'todo' ? null
    : groupByDue(items.filter(isTask), now, (moment) => formats.dayOf(moment))),
  [box, items, formats, now]);
  const narrowed = Boolean(state.q || state.flow);
  if (query.isError && items.length === 0) {
    return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  }
  if (query.isPending) {
    return (
      <div aria-busy="true" role="status" aria-label={t('loading')}>
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <div className="it wait" key={row}><span className="sk" /><span className="sk" /></div>
        ))}
      </div>
    );
  }
  if (items.length === 0) {
    return narrowed ? (
      <EmptyState
        art="misfit" title={t('todo.none.title')} text={t('todo.none.text')}
        action={<Button onClick={onClear}>{t('list.clear')}</Button>}
      />
    ) : (
      <EmptyState art="joining" title={t(`todo.empty.${box}.title`)}
        text={t(`todo.empty.${box}.text`)} />
    );
  }
  const one = (item: TaskItem | Item) => {
    const key = keyOf(item);
    const own = isTask(item) ? taskHref(key) : runHref(key);
    const href = phone ? own : todoHref({ ...state, box, task: key });
    return isTask(item) ? (
      <TodoItem
        key={key} item={item} href={href} here={!phone && key === here}
        chosen={box === 'todo' ? chosen.has(key) : null} refused={refused.get(key)}
        onChoose={(on) => onChoose(key, on)}
      />
    ) : <RunItem key={key} item={item} href={href} here={!phone && key === here} />;
  };
  return (
    <div ref={list} className="todo-items">
      {groups ? groups.map(({ group, items: those }) => (
        <section key={group} aria-labelledby={`due-${group}`}>
          <h2 className="gh" id={`due-${group}`}>
            {t(`todo.group.${group}`)}<small>{formats.integer(those.length)}</small>
          </h2>
          <ul>{those.map(one)}</ul>
        </section>
      )) : <ul>{items.map(one)}</ul>}
      {query.hasNextPage && (
        <Button look="ghost" size="sm" icon="down" busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </div>
  );
}
