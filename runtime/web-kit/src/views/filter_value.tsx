import { useCallback } from 'react';
import { useApplication } from '../api/application.tsx';
import { fetchRecords } from '../api/records.ts';
import type { AppField } from '../api/types.ts';
import { secondsOfIso } from '../format/duration.ts';
import { bareValue, targetOf, titleOf, titleText } from '../fields/columns.ts';
import { asAmount, type Family, hasCurrencies } from '../fields/field_type.ts';
import { fieldTypeOf } from '../fields/field_types.tsx';
import { parseDecimal } from '../format/decimal.ts';
import { useT } from '../i18n/i18n.ts';
import { Picker } from '../ui/picker.tsx';
import { type Condition, takesSeveral } from './conditions.ts';
import { useValueText } from './use_value_text.ts';
import { columnOfField } from './column_of_field.ts';

interface FilterValueProps {
  field: AppField;
  family: Family;
  draft: Condition;
  onValues: (values: string[]) => void;
}

/** The value of a condition, asked for as its field is entered. */
export function FilterValue({ field, family, draft, onValues }: FilterValueProps) {
  const t = useT();
  const application = useApplication();
  const to = targetOf(field) ?? '';
  const title = titleOf(application, to);
  const shown = useValueText(draft, columnOfField(field));
  const load = useCallback(async (q: string, signal: AbortSignal) => {
    const page = await fetchRecords(
      to, { fields: [title], filter: null, sort: q ? [] : [title], q }, { limit: 20 }, signal);
    return page.records.map((record) => ({
      value: record.id, label: titleText(application, to, record) }));
  }, [to, title, application]);
  const label = t('filter.value');
  const first = draft.values[0] ?? null;

  const several = takesSeveral(draft.op);
  if (family === 'choice' || family === 'choices' || family === 'reference'
    || family === 'references') {
    return (
      <div className="field">
        <label htmlFor="filter-value">{label}</label>
        <Picker
          id="filter-value" label={label} value={draft.values} multiple={several}
          shown={draft.values.length ? shown : <span className="dim">{t('pick.choose')}</span>}
          {...(family.startsWith('reference') ? { load } : {
            options: (field.options ?? []).map(({ name, label: text }) => ({
              value: name, label: text })) })}
          onChange={onValues}
        />
      </div>
    );
  }
  if (draft.op === 'next' || draft.op === 'last') {
    return (
      <div className="field">
        <label htmlFor="filter-value">{t('filter.day_count')}</label>
        <div className="in">
          <input
            id="filter-value" inputMode="numeric" value={first ?? ''} data-first
            onChange={(event) => onValues([event.target.value.replace(/\D/g, '').slice(0, 4)])}
          />
        </div>
      </div>
    );
  }
  const asked: AppField = hasCurrencies(field) ? asAmount(field)
    : family === 'datetime' ? { ...field, type: 'date' }
    : family === 'duration' ? { ...field, type: 'duration' }
    : field.type === 'formula' && family === 'number' ? { ...field, type: 'decimal' }
      : field.type === 'long_text' ? { ...field, type: 'text' } : field;
  return (
    <div className="field">
      <label htmlFor="filter-value">{label}</label>
      {fieldTypeOf(asked).input({
        field: asked, value: first, id: 'filter-value',
        onChange: (value) => {
          const bare = bareValue(value);
          const text = bare === null ? '' : String(bare);
          if (family === 'number') onValues(parseDecimal(text) ? [text] : []);
          else if (family === 'duration') onValues(secondsOfIso(text) === null ? [] : [text]);
          else onValues(text ? [text] : []);
        },
      })}
    </div>
  );
}
