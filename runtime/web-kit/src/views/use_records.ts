import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fetchRecords, type ListParams, recordKeys, runQuery } from '../api/records.ts';
import type { RecordData, RecordPage } from '../api/types.ts';
import { useHidden } from './pending_deletes.ts';

const firstPage = 60;
const nextPage = 100;

/** Windows over keyset pages: rows loaded so far, how many there are, and how to get more. */
export function useRecords(object: string, params: ListParams, pageSize?: number) {
  const query = useInfiniteQuery({
    queryKey: recordKeys.list(object, params),
    queryFn: ({ pageParam, signal }): Promise<RecordPage> => fetchRecords(object, params, {
      limit: pageSize ?? (pageParam ? nextPage : firstPage), after: pageParam,
      count: pageParam || pageSize ? 'none' : 'estimate',
    }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
  const hidden = useHidden();
  const rows = useMemo<RecordData[]>(
    () => (query.data?.pages ?? []).flatMap((page) => page.records)
      .filter((row) => !hidden.has(row.id)),
    [query.data, hidden]);
  const first = query.data?.pages[0];
  return {
    rows, query,
    count: first?.count === undefined ? null : Math.max(first.count - hidden.size, rows.length),
    countMore: first?.count_more ?? false,
    more: query.hasNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
  };
}

/** Count and sums over everything that the filter lets through; not while words are searched. */
export function useTotals(
  object: string, filter: string | null, sums: string[], enabled: boolean,
): Record<string, unknown> | null {
  const body = {
    object, ...(filter ? { filter } : {}),
    measures: [{ name: 'count', of: 'count' }, ...sums.map((field) => ({
      name: `sum_${field}`, of: 'sum', field }))],
  };
  const { data } = useQuery({
    queryKey: recordKeys.query(object, body),
    queryFn: ({ signal }) => runQuery(body, signal),
    enabled: enabled && sums.length > 0, placeholderData: keepPreviousData, retry: false,
  });
  const row = data?.rows[0];
  if (!row || !data) return null;
  return Object.fromEntries(data.columns.map(({ name }, index) => [name, row[index]]));
}
