import { useApplication } from '../api/application.tsx';
import { useT } from '../i18n/i18n.ts';
import type { ReportData } from './report_data.ts';

interface FunnelProps {
  data: ReportData;
  onDrill: (filter: string | null) => void;
}

/** Steps as bars from the left; at the right what share of all a step has. */
export function Funnel({ data, onDrill }: FunnelProps) {
  const t = useT();
  const { formats } = useApplication();
  const { rows, valueAt, measures } = data;
  const largest = Math.max(...rows.map((row) => row.cells[valueAt]?.size ?? 0), 1);
  const all = rows.reduce((sum, row) => sum + (row.cells[valueAt]?.size ?? 0), 0);
  const second = measures.findIndex((measure, index) => index !== valueAt
    && measure.type === 'money' && !measure.currency_group);
  return (
    <ol className="fn">
      {rows.map((row) => {
        const cell = row.cells[valueAt];
        const share = cell && all > 0
          ? formats.percent((cell.size / all).toFixed(4), 1) : null;
        const money = second >= 0 ? row.cells[second] : undefined;
        const small = typeof money?.raw === 'string'
          ? formats.money(money.raw, measures[second]?.currency, 2, true) : null;
        const moneyText = small ? `${small.sign}${small.currency}${small.amount}` : '';
        const width = `${Math.max(1.5, ((cell?.size ?? 0) / largest) * 100)}%`;
        return (
          <li key={row.name}>
            <button
              type="button" disabled={!row.drill} onClick={() => onDrill(row.drill)}
              data-tip={row.drill ? t('report.see') : undefined}
            >
              <span className="nm trunc">{row.name}</span>
              <span className="barw">
                <span className="b" style={{ width }} />
                <span className="lbl">{cell?.text} <span>{moneyText}</span></span>
              </span>
              <span className="cv">{share ? <><b>{share}</b>
                <span className="hidden-text">{t('report.share')}</span></> : ''}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
