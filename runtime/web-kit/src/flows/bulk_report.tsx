import type { ReactNode } from 'react';
import { useApplication } from '../api/application.tsx';
import { runHref } from '../api/flows.ts';
import { useT } from '../i18n/i18n.ts';
import { Link } from '../ui/link.tsx';

interface BulkReportProps {
  report: { runs: number; can: number; cannot: number; checked: number };
  words: 'migrate' | 'reassign';
  /** Why some cannot, each with a run to look at. */
  problems: { key: string; what: ReactNode; run: string; count: number }[];
}

/** How many it would be, how many not, and why not. */
export function BulkReport({ report, words, problems }: BulkReportProps) {
  const t = useT();
  const { formats } = useApplication();
  return (
    <>
      <dl className="migrate-figures" aria-live="polite">
        <div><dt>{t('flows.migrate.runs')}</dt><dd>{formats.integer(report.runs)}</dd></div>
        <div><dt>{t(`flows.${words}.can`)}</dt>
          <dd className="ok">{formats.integer(report.can)}</dd></div>
        <div><dt>{t(`flows.${words}.cannot`)}</dt>
          <dd className={report.cannot ? 'warn' : ''}>{formats.integer(report.cannot)}</dd></div>
      </dl>
      {report.checked < report.runs && (
        <p className="dim t12">{t('flows.migrate.checked', { count: report.checked })}</p>
      )}
      {problems.length > 0 && (
        <>
          <h3>{t(`flows.${words}.why`)}</h3>
          <ul className="migrate-why">
            {problems.map(({ key, what, run, count }) => (
              <li key={key}>
                <span className="grow">{what}</span>
                <Link className="link" href={runHref(run)}>
                  {t(`flows.${words}.such`, { count })}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
