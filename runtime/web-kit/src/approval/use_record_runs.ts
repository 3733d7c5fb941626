import { useQuery } from '@tanstack/react-query';
import { fetchRecordRuns, flowKeys } from '../api/flows.ts';
import type { AppFlow, RecordRuns } from '../api/flow_types.ts';
import type { AppObject } from '../api/types.ts';

/** The runs of a record, and which of them keeps others from writing it. */
export function useRecordRuns(object: string, id: string): RecordRuns | null {
  const { data } = useQuery({
    queryKey: flowKeys.ofRecord(object, id), retry: false,
    queryFn: ({ signal }) => fetchRecordRuns(object, id, signal), refetchOnWindowFocus: true,
  });
  return data ?? null;
}

export interface Lock {
  /** Nothing may be written. */
  all: boolean;
  isLocked: (field: string) => boolean;
}

export function lockOf(runs: RecordRuns | null): Lock {
  const fields = runs?.lock ? runs.lock.fields : [];
  return {
    all: fields === null,
    isLocked: (field) => fields === null || fields.includes(field),
  };
}

/** What may be submitted now: not what is on its way already. */
export const submittable = (object: AppObject, runs: RecordRuns | null): AppFlow[] =>
  (object.flows ?? []).filter((flow) => (flow.submit || Boolean(flow.buttons?.length))
    && !(flow.kind === 'approval' && runs?.runs.some((run) =>
      run.flow.name === flow.name && run.state !== 'finished')));

/** What the button says: a flow that is no form has a word of its own for it. */
export const wordOfFlow = (flow: AppFlow): string =>
  (flow.submit ? flow.label : flow.buttons?.[0]?.label ?? flow.label);
