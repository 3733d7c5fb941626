import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { checkReassign, flowAdminKeys, reassignRuns } from '../api/flow_admin.ts';
import { CommentField } from '../approval/comment_field.tsx';
import { PeopleInput } from '../approval/people_input.tsx';
import type { Referred } from '../fields/columns.ts';
import { useT } from '../i18n/i18n.ts';
import { ErrorState } from '../ui/error_state.tsx';
import { BulkDialog } from './bulk_dialog.tsx';
import { BulkReport } from './bulk_report.tsx';
import { useBulkJob } from './use_bulk_job.ts';

/** What one person has to decide goes to another: first what would come of it, then it is done. */
export default function ReassignDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [from, setFrom] = useState<Referred[]>([]);
  const [to, setTo] = useState<Referred[]>([]);
  const [comment, setComment] = useState('');
  const bulk = useBulkJob();
  const [leaver = '', taker = ''] = [from[0]?.id, to[0]?.id];
  const report = useQuery({
    queryKey: [...flowAdminKeys.all, 'reassign', leaver, taker], staleTime: 0, gcTime: 0,
    queryFn: ({ signal }) => checkReassign(leaver, taker, signal), retry: false,
    enabled: !bulk.begun && leaver !== '' && taker !== '',
  });
  const found = report.data;
  const go = () => {
    if (!found?.can) return;
    void bulk.go({ from: leaver, to: taker, comment },
      (key) => reassignRuns(leaver, taker, comment.trim(), key));
  };
  return (
    <BulkDialog
      words="reassign" title={t('flows.reassign.title')} icon="swap" bulk={bulk}
      can={found?.can} runs={found?.runs ?? 0} onGo={go} onClose={onClose}
    >
      <PeopleInput id="reassign-from" label={t('flows.reassign.from')} value={from}
        onChange={setFrom} />
      <PeopleInput id="reassign-to" label={t('flows.reassign.to')} value={to} onChange={setTo} />
      {report.isError && <ErrorState error={report.error} retry={() => void report.refetch()} />}
      {found && (
        <BulkReport
          words="reassign" report={found}
          problems={found.problems.map((one) => ({
            key: one.rule, what: one.message, run: one.run, count: one.seats }))}
        />
      )}
      <CommentField id="reassign-comment" value={comment} onChange={setComment} onSubmit={go} />
    </BulkDialog>
  );
}
