import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { checkMigration, flowAdminKeys, migrateRuns } from '../api/flow_admin.ts';
import type { FlowPage } from '../api/flow_admin_types.ts';
import { CommentField } from '../approval/comment_field.tsx';
import { useT } from '../i18n/i18n.ts';
import { ErrorState } from '../ui/error_state.tsx';
import { BulkDialog } from './bulk_dialog.tsx';
import { BulkReport } from './bulk_report.tsx';
import { useBulkJob } from './use_bulk_job.ts';

interface MigrateDialogProps {
  flow: FlowPage;
  from: number[];
  onClose: () => void;
}

/** Runs of earlier versions go on with the newest: first what would come of it, then it is done. */
export function MigrateDialog({ flow, from, onClose }: MigrateDialogProps) {
  const t = useT();
  const [comment, setComment] = useState('');
  const bulk = useBulkJob();
  const report = useQuery({
    queryKey: [...flowAdminKeys.one(flow.name), 'migration', from], staleTime: 0, gcTime: 0,
    queryFn: ({ signal }) => checkMigration(flow.name, from, signal), enabled: !bulk.begun,
  });
  const found = report.data;
  const go = () => {
    if (!found?.can) return;
    void bulk.go({ from, comment }, (key) => migrateRuns(flow.name, from, comment.trim(), key));
  };
  return (
    <BulkDialog
      words="migrate" title={t('flows.migrate.title', { version: flow.version })} icon="branch"
      bulk={bulk} can={found?.can} runs={found?.runs ?? 0} onGo={go} onClose={onClose}
    >
      {report.isPending && <p role="status" className="none">{t('loading')}</p>}
      {report.isError && <ErrorState error={report.error} retry={() => void report.refetch()} />}
      {found && (
        <>
          <BulkReport
            words="migrate" report={found}
            problems={found.problems.map((one) => ({
              key: `${one.rule} ${one.node_label} ${one.message}`, run: one.run, count: one.runs,
              what: <>{one.node_label && <b>{one.node_label} </b>}{one.message}</> }))}
          />
          <CommentField id="migrate-comment" value={comment} onChange={setComment} onSubmit={go}
            first />
        </>
      )}
    </BulkDialog>
  );
}
