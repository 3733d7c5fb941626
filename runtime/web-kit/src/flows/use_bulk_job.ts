import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import { fetchJob } from '../api/flow_admin.ts';
import type { Job } from '../api/flow_admin_types.ts';
import { flowKeys } from '../api/flows.ts';
import { OneWish } from '../approval/one_wish.ts';
import { whyRefused } from '../approval/use_task_acts.ts';

const askAgainMs = 700;
const isOver = (job: Job) => job.state !== 'waiting' && job.state !== 'running';

export interface BulkJob {
  /** Asked for, and not refused. */
  begun: boolean;
  refused: string | null;
  now: Job | undefined;
  /** How it ended. */
  done: Job | null;
  go: (wish: unknown, begin: (key: string) => Promise<{ id: string }>) => Promise<void>;
}

/** Something that a job does to many runs: asked for once, then followed to its end. */
export function useBulkJob(): BulkJob {
  const client = useQueryClient();
  const { formats } = useApplication();
  const [job, setJob] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const one = useRef(new OneWish());
  const { data: now } = useQuery({
    queryKey: ['jobs', job], enabled: job !== null,
    queryFn: async ({ signal }) => {
      const read = await fetchJob(job ?? '', signal);
      if (isOver(read)) void client.invalidateQueries({ queryKey: flowKeys.runs });
      return read;
    },
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : askAgainMs),
  });
  const go: BulkJob['go'] = async (wish, begin) => {
    const key = one.current.begin('job', wish);
    if (!key) return;
    setRefused(null);
    try {
      const { id } = await begin(key);
      one.current.done();
      setJob(id);
    } catch (error) {
      one.current.failed();
      setRefused(whyRefused(error, formats));
    }
  };
  return { begun: job !== null, refused, now, done: now && isOver(now) ? now : null, go };
}
