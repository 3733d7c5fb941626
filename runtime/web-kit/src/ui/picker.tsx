import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { isSubmitKey } from '../a11y/submit_key.ts';
import { t } from '../i18n/i18n.ts';
import { Icon } from './icon.tsx';
import { Popover } from './popover.tsx';

export interface PickerOption {
  value: string;
  label: string;
  hint?: string;
  node?: ReactNode;
}

interface PickerProps {
  value: string[];
  onChange: (values: string[]) => void;
  label: string;
  shown: ReactNode;
  options?: PickerOption[];
  load?: (q: string, signal: AbortSignal) => Promise<PickerOption[]>;
  multiple?: boolean;
  clearable?: boolean;
  id?: string;
  describedBy?: string;
  invalid?: boolean;
  disabled?: boolean;
  openAtOnce?: boolean;
  onDone?: () => void;
  small?: boolean;
}

const searchFrom = 8;

/** Chooses from a list, short or searched on the server, one or several. */
export function Picker(props: PickerProps) {
  const { value, onChange, label, shown, options, load, multiple = false, onDone } = props;
  const [open, setOpen] = useState(props.openAtOnce ?? false);
  const [q, setQ] = useState('');
  const [found, setFound] = useState<PickerOption[] | null>(null);
  const [active, setActive] = useState(0);
  const anchor = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const listId = useId();
  const searched = Boolean(load) || (options?.length ?? 0) >= searchFrom;

  useEffect(() => {
    if (!open || !load) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      load(q, abort.signal).then(setFound, () => {
        if (!abort.signal.aborted) setFound([]);
      });
    }, q ? 180 : 0);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [open, q, load]);

  const needle = q.trim().toLowerCase();
  const rows = load ? found : (options ?? []).filter((option) =>
    !needle || `${option.label} ${option.hint ?? ''}`.toLowerCase().includes(needle));
  const count = rows?.length ?? 0;
  const at = Math.min(active, Math.max(0, count - 1));

  useEffect(() => {
    if (!open) return;
    const chosen = (load ? [] : options ?? []).findIndex((option) => option.value === value[0]);
    setActive(Math.max(0, chosen));
  }, [open]);

  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }, [at, open, count]);

  const close = () => {
    setOpen(false);
    setQ('');
    onDone?.();
  };
  const choose = (option: PickerOption | undefined) => {
    if (!option) return;
    if (multiple) {
      onChange(value.includes(option.value) ? value.filter((one) => one !== option.value)
        : [...value, option.value]);
      return;
    }
    onChange([option.value]);
    close();
  };
  const key = (event: KeyboardEvent) => {
    const go = (index: number) => {
      event.preventDefault();
      if (count) setActive((index + count) % count);
    };
    if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'Home' && !searched) go(0);
    else if (event.key === 'End' && !searched) go(count - 1);
    else if (isSubmitKey(event) || (event.key === ' ' && !searched)) {
      event.preventDefault();
      choose(rows?.[at]);
    } else if (event.key === 'Tab') close();
    else if (event.key.length === 1 && !searched) {
      const letter = event.key.toLowerCase();
      const hit = rows?.findIndex(({ label: text }) => text.toLowerCase().startsWith(letter)) ?? -1;
      if (hit >= 0) setActive(hit);
    }
  };
  const activeId = count ? `${listId}-${at}` : undefined;

  return (
    <>
      <button
        ref={anchor} type="button" id={props.id} disabled={props.disabled}
        className={`in pick${props.invalid ? ' err' : ''}${open ? ' on' : ''}${
          props.small ? ' sm' : ''}`}
        aria-haspopup="listbox" aria-expanded={open} aria-describedby={props.describedBy}
        aria-label={props.id ? undefined : label}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (open || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <span className="grow trunc">{shown}</span>
        <Icon name="down" size={14} />
      </button>
      {open && (
        <Popover anchor={anchor} onClose={close} matchWidth role="presentation" className="picks">
          {searched && (
            <div className="find">
              <Icon name="search" size={14} />
              <input
                data-first value={q} role="combobox" aria-expanded aria-controls={listId}
                aria-activedescendant={activeId} aria-autocomplete="list" autoComplete="off"
                aria-label={t('pick.search', { label })} placeholder={t('pick.placeholder')}
                onChange={(event) => {
                  setQ(event.target.value);
                  setActive(0);
                }}
                onKeyDown={key}
              />
            </div>
          )}
          <ul
            id={listId} ref={list} role="listbox" aria-label={label} className="menu scroll"
            aria-multiselectable={multiple || undefined} tabIndex={searched ? -1 : 0}
            aria-activedescendant={searched ? undefined : activeId}
            data-first={searched ? undefined : true} onKeyDown={searched ? undefined : key}
          >
            {rows?.map((option, index) => (
              <li
                key={option.value} id={`${listId}-${index}`} role="option"
                aria-selected={value.includes(option.value)} data-active={index === at || undefined}
                onMouseMove={() => setActive(index)} onClick={() => choose(option)}
              >
                <span className="grow trunc">{option.node ?? option.label}</span>
                {option.hint && <small className="dim">{option.hint}</small>}
                {value.includes(option.value) && <Icon name="check" size={14} className="tick" />}
              </li>
            ))}
          </ul>
          {rows?.length === 0 && <p className="none">{t('pick.none')}</p>}
          {rows === null && <p className="none">{t('pick.loading')}</p>}
          {props.clearable && value.length > 0 && (
            <button
              type="button" className="btn sm ghost clear" onClick={() => {
                onChange([]);
                close();
              }}
            >
              {t('pick.clear')}
            </button>
          )}
        </Popover>
      )}
    </>
  );
}
