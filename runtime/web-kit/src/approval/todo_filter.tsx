import { type Ref, useEffect, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import type { FlowName } from '../api/flow_types.ts';
import { useT } from '../i18n/i18n.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import type { TodoState } from './todo_state.ts';

interface TodoFilterProps {
  state: TodoState;
  onState: (change: TodoState) => void;
  /** Flows met in the list, beside those that this person may start. */
  met: FlowName[];
  all: boolean | 'some' | null;
  onAll: (on: boolean) => void;
  search: Ref<HTMLInputElement>;
}

const waitMs = 250;

/** Above the list: all of them, of which flow, with which words. */
export function TodoFilter({ state, onState, met, all, onAll, search }: TodoFilterProps) {
  const t = useT();
  const { app } = useApplication();
  const [q, setQ] = useState(state.q ?? '');
  const flows = new Map([...app.objects.flatMap(({ flows: own = [] }) => own), ...met]
    .map(({ name, label }) => [name, label]));
  const label = state.flow ? flows.get(state.flow) ?? state.flow : t('todo.all_flows');
  useEffect(() => {
    if (q === (state.q ?? '')) return undefined;
    const timer = setTimeout(() => onState({ q: q || undefined }), waitMs);
    return () => clearTimeout(timer);
  }, [q]);
  useEffect(() => setQ(state.q ?? ''), [state.q]);
  return (
    <div className="flt">
      {all !== null && <Checkbox checked={all} label={t('todo.choose_all')} onChange={onAll} />}
      {flows.size > 0 && (
        <Menu
          label={t('todo.flow')}
          items={[
            { label: t('todo.all_flows'), checked: !state.flow,
              run: () => onState({ flow: undefined }) },
            ...[...flows].map(([name, text], index) => ({
              label: text, checked: state.flow === name, line: index === 0,
              run: () => onState({ flow: name }) })),
          ]}
          trigger={(props) => (
            <button type="button" className="btn sm ghost flow" {...props}>
              <span className="trunc">{label}</span><Icon name="down" size={12} />
            </button>
          )}
        />
      )}
      <span className="grow" />
      <div className="in sm words">
        <Icon name="search" size={14} />
        <input ref={search} type="search" value={q} aria-label={t('todo.search')}
          placeholder={t('todo.search')} onChange={(event) => setQ(event.target.value)} />
      </div>
    </div>
  );
}
