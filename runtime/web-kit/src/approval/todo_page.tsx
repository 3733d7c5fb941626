import './approval.css';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { runHref, taskHref } from '../api/flows.ts';
import type { FlowName } from '../api/flow_types.ts';
import { useNavigation } from '../api/navigation.tsx';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon_button.tsx';
import { Link } from '../ui/link.tsx';
import { usePhone } from '../ui/use_phone.ts';
import { isBatchable } from './acts.ts';
import { BulkTasks } from './bulk_tasks.tsx';
import { TodoFilter } from './todo_filter.tsx';
import { TodoList } from './todo_list.tsx';
import {
  afterLeaving, besides, boxes, boxOf, isTask, keyOf, todoHref, type TodoState,
} from './todo_state.ts';
import { useBox } from './use_box.ts';
import { focusAct, type TodoCommand, useTodoKeys } from './use_todo_keys.ts';

const TaskView = lazy(async () => ({ default: (await import('./task_view.tsx')).TaskView }));
const RunView = lazy(async () => ({ default: (await import('../run/run_view.tsx')).RunView }));

interface TodoPageProps {
  state: TodoState;
  onState: (change: TodoState, replace: boolean) => void;
}

/** What is to be decided, was decided, was started, was told: the list and the one chosen. */
export function TodoPage({ state, onState }: TodoPageProps) {
  const t = useT();
  const phone = usePhone();
  const { go } = useNavigation();
  const box = boxOf(state);
  const data = useBox(box, { q: state.q, flow: state.flow });
  const { items } = data;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const keys = items.map(keyOf);
  const here = state.task ?? keys[0];
  const shown = useRef(here);
  const counts = data.counts;

  useEffect(() => {
    setChosen(new Set());
    setRefused(new Map());
  }, [box, state.q, state.flow]);
  useEffect(() => {
    const row = list.current?.querySelector('.it.here');
    row?.scrollIntoView({ block: 'nearest' });
    // What had the focus has gone with the task that was decided.
    if (shown.current && here && document.activeElement === document.body) {
      row?.querySelector('a')?.focus({ preventScroll: true });
    }
    shown.current = here;
  }, [here]);

  const batchable = items.filter(isTask).filter(isBatchable);
  const those = batchable.filter(({ id }) => chosen.has(id));
  const choose = (id: string, on: boolean) => setChosen((before) => {
    const next = new Set(before);
    if (on) next.add(id);
    else next.delete(id);
    return next;
  });
  const open = (key: string | null) => key && onState({ task: key }, true);
  const commands: Record<TodoCommand, () => void> = {
    next: () => open(besides(keys, here, 1)),
    before: () => open(besides(keys, here, -1)),
    open: () => {
      if (here) go(box === 'todo' || box === 'done' ? taskHref(here) : runHref(here));
    },
    choose: () => {
      if (here && batchable.some(({ id }) => id === here)) choose(here, !chosen.has(here));
    },
    approve: () => focusAct('main'),
    reject: () => focusAct('reject'),
    comment: () => focusAct('comment'),
    search: () => search.current?.focus(),
    clear: () => setChosen(new Set()),
  };
  useTodoKeys((command) => commands[command]());

  const met = [...new Map(items.map(({ flow }) => [flow.name, flow])).values()] as FlowName[];
  const steps = (
    <>
      <span className="vr" />
      <IconButton icon="up" size="sm" label={t('todo.before')}
        disabled={!besides(keys, here, -1)} onClick={commands.before} />
      <IconButton icon="down" size="sm" label={t('todo.next')}
        disabled={!besides(keys, here, 1)} onClick={commands.next} />
    </>
  );
  const waiting = (
    <div className="record-wait" aria-busy="true">
      {[320, 520, 240, 400].map((width) => (
        <span key={width} className="sk" style={{ width, maxWidth: '90%' }} />
      ))}
    </div>
  );
  const all = those.length === 0 ? false : those.length === batchable.length ? true : 'some';
  return (
    <div className="todo">
      <header className={phone ? 'big' : 'todo-head'}>
        <h1 className="grow">{t('todo.title')}</h1>
        {!phone && counts && counts.overdue > 0 && (
          <span className="bad t12 row">
            <Icon name="alert" size={12} />{t('todo.overdue', { count: counts.overdue })}
          </span>
        )}
      </header>
      <nav className="tabs todo-tabs" aria-label={t('todo.boxes')}>
        {boxes.map((one) => (
          <Link key={one} href={todoHref({ box: one })} className={one === box ? 'on' : ''}
            aria-current={one === box ? 'page' : undefined}>
            {t(`todo.box.${one}`)}
            {one === 'todo' && counts && <small>{counts.todo}</small>}
          </Link>
        ))}
      </nav>
      <div className="todo-body">
        <div className="lst">
          <TodoFilter
            state={state} met={met} search={search}
            onState={(change) => onState({ ...change, task: undefined }, true)}
            all={box === 'todo' && batchable.length > 0 ? all : null}
            onAll={(on) => setChosen(new Set(on ? batchable.map(({ id }) => id) : []))}
          />
          <div className="lst-scroll" tabIndex={-1}>
            <TodoList
              box={box} state={state} data={data} here={here} chosen={chosen} refused={refused}
              onChoose={choose} list={list}
              onClear={() => onState({ q: undefined, flow: undefined }, true)}
            />
          </div>
          {those.length > 0 && (
            <BulkTasks
              items={those} onClear={() => setChosen(new Set())}
              onRefused={(reasons) => {
                setRefused(reasons);
                setChosen(new Set(reasons.keys()));
                onState({ task: undefined }, true);
              }}
            />
          )}
        </div>
        <Suspense fallback={waiting}>
          {!phone && here && (box === 'todo' || box === 'done' ? (
            <TaskView key={here} id={here} steps={steps}
              onDone={() => onState({ task: afterLeaving(keys, here) ?? undefined }, true)} />
          ) : <div className="todo-run" key={here}><RunView id={here} beside /></div>)}
        </Suspense>
        {!phone && !here && <div className="todo-none" />}
      </div>
    </div>
  );
}
