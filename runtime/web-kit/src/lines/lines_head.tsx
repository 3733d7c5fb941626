import type { AppField } from '../api/types.ts';
import { fieldTypeOf, isDerived } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';

export function LinesHead({ columns }: { columns: AppField[] }) {
  const t = useT();
  return (
    <div className="lg-head" role="rowgroup">
      <div className="lg-row" role="row" aria-rowindex={1}>
        <div role="columnheader" className="no" aria-colindex={1}>{t('lines.number')}</div>
        {columns.map((field, column) => (
          <div
            key={field.name} role="columnheader" aria-colindex={column + 2} data-head={column}
            className={fieldTypeOf(field).end ? 'end' : ''}
            title={field.help ?? (isDerived(field) ? t('form.computed') : undefined)}
          >
            <span className="trunc">{field.label}</span>
            {field.required && <small>{t('form.required')}</small>}
          </div>
        ))}
      </div>
    </div>
  );
}
