import { keepPreviousData, useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import {
  fetchRecords, type ListParams, type QueryBody, recordKeys, runQuery,
} from '../api/records.ts';
import type { QueryReply, RecordData, RecordPage } from '../api/types.ts';
import type { Column } from '../fields/columns.ts';
import { sumsByCurrency } from '../fields/currencies.tsx';
import { hasCurrencies } from '../fields/field_type.ts';
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

/** Sums over everything that the filter lets through, by path; not while words are searched.
 * Of amounts in several currencies one for each: a question of its own. */
export function useTotals(
  object: string, filter: string | null, sums: Column[], enabled: boolean,
): Record<string, unknown> {
  const plain = sums.filter(({ field }) => !hasCurrencies(field));
  const asked = [...(plain.length ? [plain] : []),
    ...sums.filter(({ field }) => hasCurrencies(field)).map((one) => [one])];
  const replies = useQueries({
    queries: asked.map((columns) => {
      const [{ field, path } = { field: undefined, path: '' }] = columns;
      const body: QueryBody = {
        object, ...(filter ? { filter } : {}),
        ...(field && hasCurrencies(field) ? { group: [`${path}.currency`] } : {}),
        measures: columns.map((one) => ({ name: `sum_${one.path}`, of: 'sum', field: one.path })),
      };
      return {
        queryKey: recordKeys.query(object, body), enabled, retry: false,
        queryFn: ({ signal }: { signal: AbortSignal }) => runQuery(body, signal),
        placeholderData: keepPreviousData<QueryReply>,
      };
    }),
  });
  return Object.fromEntries(asked.flatMap((columns, place) => {
    const { rows } = replies[place]?.data ?? {};
    return rows ? columns.map(({ field, path }, at) => [path, hasCurrencies(field)
      ? sumsByCurrency(field, rows, 0, 1) : rows[0]?.[at]] as const) : [];
  }));
}
