import { useApplication } from '../api/application.tsx';
import type { Column } from '../fields/columns.ts';
import { totalCell } from '../fields/field_types.tsx';
import { noun, useT } from '../i18n/i18n.ts';
import { usePhone } from '../ui/use_phone.ts';

interface ListFooterProps {
  shown: number;
  count: number | null;
  more: boolean;
  totals: Record<string, unknown>;
  sums: Column[];
  label: string;
  busy: boolean;
}

/** How many there are and what they add up to, always in sight. */
export function ListFooter({ shown, count, more, totals, sums, label, busy }: ListFooterProps) {
  const t = useT();
  const application = useApplication();
  if (usePhone()) return null;
  const { formats } = application;
  const all = count ?? shown;
  return (
    <footer className="foot">
      <span>
        <b>{formats.integer(all)}{more ? '+' : ''}</b> {noun(label)}
      </span>
      {sums.filter(({ path }) => path in totals).map((column) => (
        <span key={column.path}>
          {t('list.total', { label: column.label })}
          {' '}
          <b>{totalCell(totals[column.path], { application, field: column.field })}</b>
        </span>
      ))}
      <span className="grow" />
      <span>{t(busy ? 'list.reading' : 'list.current')}</span>
    </footer>
  );
}
