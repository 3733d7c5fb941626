import { useRef, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import type { AppObject } from '../api/types.ts';
import { columnOf } from '../fields/columns.ts';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';
import { type Condition, needsValue } from './conditions.ts';
import { FilterEditor } from './filter_editor.tsx';
import { useValueText } from './use_value_text.ts';

interface FilterChipProps {
  condition: Condition;
  object: AppObject;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}

/** One condition in words; a press changes it, the cross takes it away. */
export function FilterChip({ condition, object, onChange, onRemove }: FilterChipProps) {
  const t = useT();
  const application = useApplication();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const column = columnOf(application, object.name, condition.path);
  const values = useValueText(condition, column);
  const built = column !== null && condition.op !== 'formula';
  const name = column?.label ?? t('filter.formula');
  return (
    <span className="chip on">
      <button
        ref={anchor} type="button" className="said" disabled={!built} aria-expanded={open}
        aria-haspopup="dialog" onClick={() => setOpen(!open)}
      >
        <b>{name}</b>
        {built && <span className="op">{t(`filter.op.${condition.op}`)}</span>}
        {built ? needsValue(condition.op) && <span className="v trunc">{values}</span>
          : <code className="v trunc">{condition.values[0]}</code>}
      </button>
      <button
        type="button" className="x" aria-label={t('filter.remove', { name })} onClick={onRemove}
      >
        <Icon name="x" size={14} />
      </button>
      {open && built && (
        <Popover anchor={anchor} onClose={() => setOpen(false)} label={name}>
          <FilterEditor
            object={object} condition={condition}
            onDone={(next) => {
              setOpen(false);
              onChange(next);
            }}
          />
        </Popover>
      )}
    </span>
  );
}
