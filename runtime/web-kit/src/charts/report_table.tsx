import { useT } from '../i18n/i18n.ts';
import type { ReportData } from './report_data.ts';

interface ReportTableProps {
  data: ReportData;
  onDrill: (filter: string | null) => void;
}

/** The numbers behind the chart; a row opens its records. */
export function ReportTable({ data, onDrill }: ReportTableProps) {
  const t = useT();
  const { groups, measures, rows, totals } = data;
  return (
    <div className="tb-scroll" tabIndex={0} role="group" aria-label={t('report.table')}>
      <table className="tb">
        <thead>
          <tr>
            {groups.map((group) => <th key={group.name} scope="col">{group.label}</th>)}
            {measures.map((measure) => (
              <th key={measure.name} scope="col" className="num">{measure.label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={`${row.name} ${index}`}>
              {row.names.map((name, at) => (
                <td key={groups[at]?.name ?? at}>
                  {at === 0 && row.drill ? (
                    <button type="button" className="link" onClick={() => onDrill(row.drill)}>
                      {name}
                    </button>
                  ) : name}
                </td>
              ))}
              {row.cells.map((cell, at) => (
                <td key={measures[at]?.name ?? at} className="num">{cell.text}</td>
              ))}
            </tr>
          ))}
        </tbody>
        {groups.length > 0 && (
          <tfoot>
            <tr>
              <th scope="row" colSpan={groups.length}>{t('report.total')}</th>
              {totals.map((total, at) => (
                <td key={measures[at]?.name ?? at} className="num">{total?.text ?? ''}</td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
