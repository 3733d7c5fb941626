import { useState } from 'react';
import { useApplication } from '../api/application.tsx';
import { useSubmitKey } from '../a11y/submit_key.ts';
import type { AppField, AppObject } from '../api/types.ts';
import { columnOf, targetOf } from '../fields/columns.ts';
import { hasCurrencies } from '../fields/field_type.ts';
import { fieldTypeOf } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Picker } from '../ui/picker.tsx';
import { type Condition, needsValue, type Operator, operatorsOf } from './conditions.ts';
import { FilterValue } from './filter_value.tsx';

interface FilterEditorProps {
  object: AppObject;
  condition: Condition | null;
  onDone: (condition: Condition) => void;
}

const usable = (field: AppField) => field.filterable && !field.children && field.name !== 'id'
  && field.name !== 'version';

/** A sentence to fill in: field, operator, value. */
export function FilterEditor({ object, condition, onDone }: FilterEditorProps) {
  const t = useT();
  const application = useApplication();
  const fields = object.fields.filter(usable);
  const options = fields.flatMap((field) => [{ value: field.name, label: field.label },
    ...(hasCurrencies(field) ? [{
      value: `${field.name}.currency`, label: `${field.label} · ${t('money.currency')}` }] : [])]);
  const [draft, setDraft] = useState<Condition>(condition ?? { path: '', op: 'is', values: [] });
  const column = draft.path ? columnOf(application, object.name, draft.path) : null;
  const family = column ? fieldTypeOf(column.field).family : 'text';
  const user = column ? targetOf(column.field) === 'user' : false;
  const operators = operatorsOf(family, user);
  const ready = column && (!needsValue(draft.op) || draft.values.some(Boolean));
  const finish = () => ready && onDone(draft);
  const enter = useSubmitKey(finish);

  const choose = (path: string) => {
    const next = columnOf(application, object.name, path);
    if (!next) return;
    const first = operatorsOf(fieldTypeOf(next.field).family, targetOf(next.field) === 'user')[0];
    setDraft({ path, op: first ?? 'is', values: [] });
  };

  return (
    <div className="filter-edit" onKeyDown={enter}>
      <div className="field">
        <label htmlFor="filter-field">{t('filter.field')}</label>
        <Picker
          id="filter-field" label={t('filter.field')} value={draft.path ? [draft.path] : []}
          openAtOnce={!condition}
          shown={column?.label ?? <span className="dim">{t('filter.choose')}</span>}
          options={options}
          onChange={([path]) => path && choose(path)}
        />
      </div>
      {column && (
        <div className="field">
          <label htmlFor="filter-op">{t('filter.operator')}</label>
          <Picker
            id="filter-op" label={t('filter.operator')} value={[draft.op]}
            shown={t(`filter.op.${draft.op}`)}
            options={operators.map((op) => ({ value: op, label: t(`filter.op.${op}`) }))}
            onChange={([op]) => setDraft({ ...draft, op: op as Operator })}
          />
        </div>
      )}
      {column && needsValue(draft.op) && (
        <FilterValue
          field={column.field} family={family} draft={draft}
          onValues={(values) => setDraft({ ...draft, values })}
        />
      )}
      <div className="row end">
        <Button look="primary" disabled={!ready} onClick={finish}>{t('filter.apply')}</Button>
      </div>
    </div>
  );
}
