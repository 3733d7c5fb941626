import { useApplication } from '@tenon/web-kit/api/application.tsx';
import { ReportView } from '@tenon/web-kit/charts/report_view.tsx';
import { useParams } from '@tanstack/react-router';
import { NoObject } from './no_object.tsx';
import { useTitle } from './use_title.ts';

export function ReportPage() {
  const { report: name } = useParams({ from: '/session/shell/r/$report' });
  const { app } = useApplication();
  const report = app.reports.find((one) => one.name === name);
  useTitle(report?.label ?? name);
  return report ? <ReportView key={name} report={report} /> : <NoObject name={name} />;
}
