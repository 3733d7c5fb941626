import { request } from './http.ts';
import type { Box, TaskPage } from './flow_types.ts';

// What waits for whom: what the frame of every page asks for, and no more.

export interface TaskFilter {
  q?: string | undefined;
  flow?: string | undefined;
}

/** Of the cache; everything about tasks lies below the first. */
export const taskKeys = {
  all: ['tasks'] as const,
  counts: ['tasks', 'counts'] as const,
  box: (box: Box, filter: TaskFilter) => ['tasks', 'box', box, filter] as const,
};

export const fetchTasks = (
  box: Box, filter: TaskFilter, page: { after?: string | null; limit: number },
  signal?: AbortSignal,
) => request<TaskPage>('GET', '/tasks', { query: { box, ...filter, ...page }, signal });
