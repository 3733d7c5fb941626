import { fetchTasks, taskKeys } from '@tenon/web-kit/api/tasks.ts';
import { useQuery } from '@tanstack/react-query';

/** How much there is to decide; undefined where nothing can be asked. */
export const useTodo = () => useQuery({
  queryKey: taskKeys.counts, queryFn: ({ signal }) => fetchTasks('todo', {}, { limit: 1 }, signal),
  refetchOnWindowFocus: true, retry: false,
}).data?.counts;
