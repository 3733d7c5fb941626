import { useQueries } from '@tanstack/react-query';
import { useApplication } from '../api/application.tsx';
import { fetchRecord } from '../api/records.ts';
import { type Column, targetOf, titleOf, titleText } from '../fields/columns.ts';
import { asAmount } from '../fields/field_type.ts';
import { fieldTypeOf, textOf } from '../fields/field_types.tsx';
import { t } from '../i18n/i18n.ts';
import type { Condition } from './conditions.ts';

/** The values of a condition as people say them; names of references are looked up. */
export function useValueText(condition: Condition, column: Column | null): string {
  const application = useApplication();
  const family = column ? fieldTypeOf(column.field).family : 'text';
  const to = column && family.startsWith('reference') ? targetOf(column.field) : null;
  const title = to ? titleOf(application, to) : '';
  const found = useQueries({
    queries: (to ? condition.values : []).map((id) => ({
      queryKey: ['records', to, 'one', id, [title]],
      queryFn: () => fetchRecord(to ?? '', id, [title]),
      staleTime: 300_000,
    })),
  });
  if (!column) return condition.values.join(', ');
  if (condition.op === 'next' || condition.op === 'last') {
    return t('filter.days', { count: Number(condition.values[0] ?? 0) });
  }
  const texts = condition.values.map((value, index) => {
    const record = found[index]?.data;
    if (to) return record ? titleText(application, to, record) : '…';
    if (family === 'choices') {
      return column.field.options?.find(({ name }) => name === value)?.label ?? value;
    }
    if (family === 'datetime') return application.formats.date(value, application.today);
    return textOf(value, { application, field: asAmount(column.field) });
  });
  return application.formats.list(texts);
}
