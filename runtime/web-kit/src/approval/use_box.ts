import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { Box } from '../api/flow_types.ts';
import { fetchTasks, type TaskFilter, taskKeys } from '../api/tasks.ts';

const atOnce = 50;

/** Tasks or runs of a box, page by page. */
export function useBox(box: Box, filter: TaskFilter) {
  const query = useInfiniteQuery({
    queryKey: taskKeys.box(box, filter),
    queryFn: ({ pageParam, signal }) =>
      fetchTasks(box, filter, { after: pageParam, limit: atOnce }, signal),
    initialPageParam: null as string | null, getNextPageParam: (last) => last.next,
    placeholderData: (before, was) => (was?.queryKey[2] === box ? keepPreviousData(before)
      : undefined),
    refetchOnWindowFocus: true, staleTime: 10_000,
  });
  const items = (query.data?.pages ?? []).flatMap((page) => page.tasks);
  return { query, items, counts: query.data?.pages[0]?.counts ?? null };
}
