import { request } from './http.ts';
import type {
  BatchResult, Preview, RecordRuns, Run, RunMigration, Submission, Task,
} from './flow_types.ts';

// Tasks, runs, and flows that are started: one function for each way in.

const at = (...parts: string[]) => `/${parts.map(encodeURIComponent).join('/')}`;

export const flowKeys = {
  tasks: ['tasks'] as const,
  task: (id: string) => ['tasks', 'one', id] as const,
  runs: ['runs'] as const,
  run: (id: string) => ['runs', 'one', id] as const,
  ofRecord: (object: string, id: string) => ['runs', 'of', object, id] as const,
};

export const taskHref = (id: string) => at('tasks', id);
export const runHref = (id: string) => at('runs', id);

export const fetchTask = (id: string, signal?: AbortSignal) =>
  request<Task>('GET', at('tasks', id), { signal });

/** What the server is told: the same `request_id` again is answered as the first time. */
export type ActBody = Record<string, unknown> & { request_id?: string };

export const actOnTask = (id: string, verb: string, body: ActBody) =>
  request<Task>('POST', at('tasks', id, verb), { body });

export const decideMany = (act: 'approve' | 'reject', tasks: string[], comment: string) =>
  request<{ results: BatchResult[] }>('POST', '/tasks/batch', { body: { act, tasks, comment } });

export const fetchRun = (id: string, signal?: AbortSignal) =>
  request<Run>('GET', at('runs', id), { signal });

export const actOnRun = (id: string, verb: string, body: ActBody) =>
  request<Run>('POST', at('runs', id, verb), { body });

/** Nothing changes by it. */
export const checkRunMigration = (id: string, signal?: AbortSignal) =>
  request<RunMigration>('POST', at('runs', id, 'migrate'), { body: { dry_run: true }, signal });

export const fetchRecordRuns = (object: string, id: string, signal?: AbortSignal) =>
  request<RecordRuns>('GET', at('records', object, id, 'runs'), { signal });

export const previewFlow = (flow: string, body: Submission, signal?: AbortSignal) =>
  request<Preview>('POST', at('flows', flow, 'preview'), { body, signal });

export const startFlow = (flow: string, body: Submission & { comment: string }, key: string) =>
  request<Run>('POST', at('flows', flow, 'start'), { body, headers: { 'Idempotency-Key': key } });
