import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useApplication } from '../api/application.tsx';
import type { AppField } from '../api/types.ts';
import { totalCell } from '../fields/field_types.tsx';
import type { DraftNode } from '../form/draft_node.ts';
import type { FormStore } from '../form/form_store.ts';
import { useT } from '../i18n/i18n.ts';
import { totalledFields, totalOf } from './totals.ts';

interface TotalsProps {
  form: FormStore;
  holder: DraftNode;
  slot: string;
  columns: AppField[];
}

function Total({ form, holder, slot, field }: TotalsProps & { field: AppField }) {
  const application = useApplication();
  const total = useSyncExternalStore(form.subscribe, useCallback(
    () => JSON.stringify(totalOf(field, holder.rows(slot).map((line) => line.fields[field.name]))),
    [holder, slot, field]));
  return totalCell(JSON.parse(total), { application, field });
}

/** The same below the cards of a phone. */
export function CardTotals(props: TotalsProps) {
  const { holder, slot, columns } = props;
  const t = useT();
  const totalled = useMemo(() => totalledFields(holder, slot, columns), [holder, slot, columns]);
  const shown = columns.filter(({ name }) => totalled.has(name));
  if (shown.length === 0) return null;
  return (
    <dl className="lc-totals">
      {shown.map((field) => (
        <div key={field.name} data-total={field.name}>
          <dt>{t('list.total', { label: field.label })}</dt>
          <dd><Total {...props} field={field} /></dd>
        </div>
      ))}
    </dl>
  );
}

/** The last row, always in sight: the sums of what the record adds up. */
export function LinesTotals(props: TotalsProps) {
  const { holder, slot, columns } = props;
  const t = useT();
  const totalled = useMemo(() => totalledFields(holder, slot, columns), [holder, slot, columns]);
  if (totalled.size === 0) return null;
  return (
    <div className="lg-foot" role="rowgroup">
      <div className="lg-row" role="row">
        <div role="rowheader" className="no">{t('lines.total')}</div>
        {columns.map((field) => (
          <div role="gridcell" key={field.name} className="end" data-total={field.name}>
            {totalled.has(field.name) ? <b><Total {...props} field={field} /></b>
              : <span className="hidden-text">{t('record.empty')}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}
