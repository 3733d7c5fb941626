import type { Column } from '../fields/columns.ts';
import { useT } from '../i18n/i18n.ts';

const widths = [92, 70, 84, 62, 88, 76, 68, 80];

/** Rows before they come, in the shape of what comes. */
export function ListSkeleton({ columns }: { columns: Column[] }) {
  const t = useT();
  return (
    <div className="grid-box" aria-busy="true">
      <p className="hidden-text">{t('loading')}</p>
      <div className="grid-head blank" />
      {Array.from({ length: 14 }, (_, row) => (
        <div className="sk-row" key={row}>
          <span className="sk box" />
          {columns.slice(0, 6).map((column, index) => (
            <span
              key={column.path} className="sk"
              style={{ width: `${widths[(row + index) % widths.length]}%` }}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
