import { useApplication } from '../api/application.tsx';
import type { ReportData } from './report_data.ts';

/** The sums of a report's measures, large. */
export function KeyFigures({ data }: { data: ReportData }) {
  const { formats } = useApplication();
  const shown = data.measures.map((measure, index) => ({ measure, total: data.totals[index] }))
    // Over all rows, amounts of several currencies come to no one number.
    .filter(({ measure }) => !measure.currency_group).slice(0, 5);
  if (!shown.length) return null;
  return (
    <dl className="kp">
      {shown.map(({ measure, total }) => {
        const money = measure.type === 'money' && typeof total?.raw === 'string'
          ? formats.money(total.raw, measure.currency) : null;
        return (
          <div key={measure.name}>
            <dt>{measure.label}</dt>
            <dd>
              {money ? (
                <>{money.sign}<span className="cur">{money.currency}</span>{money.amount}</>
              ) : total?.text}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
