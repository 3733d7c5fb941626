import './report.css';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import { objectHref, useNavigation } from '../api/navigation.tsx';
import { fetchReport, recordKeys } from '../api/records.ts';
import type { AppReport } from '../api/types.ts';
import { useT } from '../i18n/i18n.ts';
import { EmptyState } from '../ui/empty_state.tsx';
import { ErrorState } from '../ui/error_state.tsx';
import { IconButton } from '../ui/icon_button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Funnel } from './funnel.tsx';
import { KeyFigures } from './key_figures.tsx';
import { ReportTable } from './report_table.tsx';
import { type ReportData, readReport } from './report_data.ts';

/** A table with so many columns is not whole beside its chart: it goes below. */
const broad = (data: ReportData) => data.groups.length + data.measures.length > 5;

const Chart = lazy(() => import('./chart_engine.tsx'));

/** A report: what it adds up to, its chart, and always the table behind it. */
export function ReportView({ report }: { report: AppReport }) {
  const t = useT();
  const application = useApplication();
  const { go } = useNavigation();
  const [shown, setShown] = useState<'chart' | 'table' | 'both'>('both');
  const query = useQuery({
    queryKey: recordKeys.report(report.object, report.name, null),
    queryFn: ({ signal }) => fetchReport(report.name, null, signal),
    placeholderData: keepPreviousData,
  });
  const object = application.object(report.object);
  const data = query.data ? readReport(application, report, query.data) : null;
  const drill = (filter: string | null) => {
    if (filter) go(objectHref(report.object, { filter, view: drillView(application, report) }));
  };
  const kinds = [
    { value: 'both', label: t('report.both'), icon: 'layers' },
    { value: 'chart', label: t('report.chart'), icon: 'chart' },
    { value: 'table', label: t('report.table'), icon: 'table' },
  ];
  // Bars of different currencies say nothing beside each other.
  const mixed = data?.value.currency_group !== undefined;
  const charted = report.chart.kind !== 'none' && !mixed;
  const head = (
    <header className="report-head">
      <div className="row">
        <h1 className="grow">{report.label}</h1>
        {charted && (
          <Segmented label={t('report.shown')} value={shown as string} options={kinds}
            onChange={(next) => setShown(next as typeof shown)} />
        )}
        <IconButton icon="refresh" label={t('report.again')} onClick={() => void query.refetch()} />
      </div>
      <p className="dim">{object ? t('report.from', { objects: object.label_plural }) : ''}</p>
    </header>
  );
  if (query.isError && !data) {
    return <div className="report">{head}<ErrorState error={query.error}
      retry={() => void query.refetch()} /></div>;
  }
  if (!data) {
    return (
      <div className="report" aria-busy="true">
        {head}
        <div className="kp">{[0, 1].map((one) => (
          <div key={one}><span className="sk" style={{ width: 90 }} />
            <span className="sk tall" style={{ width: 130 }} /></div>))}</div>
      </div>
    );
  }
  return (
    <div className="report" tabIndex={0} role="region" aria-label={report.label}>
      {head}
      <KeyFigures data={data} />
      {mixed && <p className="mid">{t('report.mixed')}</p>}
      {data.rows.length === 0 ? (
        <EmptyState art="misfit" title={t('report.empty.title')} text={t('report.empty.text')} />
      ) : (
        <div className={`gd${broad(data) ? ' wide' : ''}`}>
          {charted && shown !== 'table' && (
            <section className="card tile">
              <header><h2>{data.value.label}</h2>
                {data.group && <small>{t('report.by', { group: data.group.label })}</small>}
              </header>
              {report.chart.kind === 'funnel' ? <Funnel data={data} onDrill={drill} /> : (
                <Suspense fallback={<div className="chart-wait sk" />}>
                  <Chart data={data} kind={report.chart.kind} onDrill={drill} />
                </Suspense>
              )}
            </section>
          )}
          {(shown !== 'chart' || !charted) && (
            <section className="card tile">
              <header><h2>{t('report.table')}</h2>
                <small>{t('record.rows', { count: data.rows.length })}</small></header>
              <ReportTable data={data} onDrill={drill} />
            </section>
          )}
        </div>
      )}
    </div>
  );
}

/** A view that adds no filter of its own, so that the rows drilled to are the rows counted. */
function drillView(application: ReturnType<typeof useApplication>, report: AppReport): string {
  const views = application.app.views.filter((view) => view.object === report.object
    && view.kind === 'list');
  return (views.find((view) => !view.filter) ?? views[0])?.name ?? '';
}
