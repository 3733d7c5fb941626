import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import type { AppObject } from '../api/types.ts';
import { columnOf } from '../fields/columns.ts';
import { fieldTypeOf } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';
import { type Condition, type FieldSense, filterText, readConditions } from './conditions.ts';
import { FilterChip } from './filter_chip.tsx';
import { FilterEditor } from './filter_editor.tsx';
import type { ListState } from './list_state.ts';

interface FilterBarProps {
  object: AppObject;
  state: ListState;
  onState: (patch: ListState) => void;
  searchRef: RefObject<HTMLInputElement | null>;
  children?: ReactNode;
}

/** What narrows the list: one chip a condition, words to search, and what the list offers. */
export function FilterBar({ object, state, onState, searchRef, children }: FilterBarProps) {
  const t = useT();
  const application = useApplication();
  const [adding, setAdding] = useState(false);
  const [words, setWords] = useState(state.q ?? '');
  const add = useRef<HTMLButtonElement>(null);
  const sense: FieldSense = {
    familyOf: (path) => {
      const column = columnOf(application, object.name, path);
      return column ? fieldTypeOf(column.field).family : 'text';
    },
    momentOf: (day) => application.formats.momentOf(`${day}T00:00`),
    dayOf: (moment) => application.formats.dayOf(moment),
  };
  const conditions = readConditions(state.filter, sense);
  const change = (next: Condition[]) => onState({
    filter: filterText(next, sense) ?? undefined });

  useEffect(() => setWords(state.q ?? ''), [state.q]);
  useEffect(() => {
    if (words.trim() === (state.q ?? '')) return undefined;
    const timer = setTimeout(() => onState({ q: words.trim() || undefined }), 250);
    return () => clearTimeout(timer);
  }, [words]);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const typing = (event.target as HTMLElement).closest?.('input,textarea,dialog,[role="grid"]');
      if (event.key !== '/' || typing) return;
      event.preventDefault();
      searchRef.current?.focus();
    };
    document.addEventListener('keydown', key);
    return () => document.removeEventListener('keydown', key);
  }, [searchRef]);

  const find = t('list.search', { objects: object.label_plural });
  return (
    <div className="bar" role="search" aria-label={t('list.narrow')}>
      <div className="words in">
        <Icon name="search" size={14} />
        <input
          ref={searchRef} value={words} type="search" aria-label={find} placeholder={find}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            if (words) setWords('');
            else document.querySelector<HTMLElement>('[role="grid"]')?.focus();
          }}
        />
      </div>
      {conditions.map((condition, index) => (
        <FilterChip
          key={`${index} ${condition.path}`} condition={condition} object={object}
          onChange={(next) => change(conditions.map((one, at) => (at === index ? next : one)))}
          onRemove={() => change(conditions.filter((_, at) => at !== index))}
        />
      ))}
      <Button
        ref={add} look="ghost" size="sm" icon="plus" aria-haspopup="dialog" aria-expanded={adding}
        onClick={() => setAdding(!adding)}
      >
        {t('filter.add')}
      </Button>
      {adding && (
        <Popover anchor={add} onClose={() => setAdding(false)} label={t('filter.add')}>
          <FilterEditor
            object={object} condition={null}
            onDone={(next) => {
              setAdding(false);
              change([...conditions, next]);
            }}
          />
        </Popover>
      )}
      {conditions.length > 1 && (
        <button type="button" className="link t12" onClick={() => onState({ filter: undefined })}>
          {t('filter.reset')}
        </button>
      )}
      <span className="grow" />
      {children}
    </div>
  );
}
