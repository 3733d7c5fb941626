import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApplication } from '../api/application.tsx';
import { fetchRecords } from '../api/records.ts';
import type { AppField } from '../api/types.ts';
import { referenceOf, targetOf, titleOf, titleText } from '../fields/columns.ts';
import { isReferring } from '../lines/read_cell.ts';
import type { ReadLine } from './lines_table.tsx';

const atOnce = 60;

/** References in lines come as ids: their names, asked for many at once. */
export function useNamedLines(rows: ReadLine[], columns: AppField[]) {
  const application = useApplication();
  const wanted = useMemo(() => {
    const byTarget = new Map<string, Set<string>>();
    for (const field of columns.filter(isReferring)) {
      const to = targetOf(field) ?? '';
      const ids = byTarget.get(to) ?? new Set();
      byTarget.set(to, ids);
      for (const { raw } of rows) {
        for (const one of [raw[field.name]].flat()) if (typeof one === 'string') ids.add(one);
      }
    }
    return [...byTarget].flatMap(([to, ids]) => {
      const all = [...ids];
      return Array.from({ length: Math.ceil(all.length / atOnce) }, (_, part) => ({
        to, ids: all.slice(part * atOnce, (part + 1) * atOnce) }));
    });
  }, [rows, columns]);
  const found = useQueries({
    queries: wanted.map(({ to, ids }) => ({
      queryKey: ['records', to, 'names', ids], staleTime: 300_000,
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchRecords(to, {
        fields: [titleOf(application, to)], q: '', sort: [],
        filter: `IN(id, ${ids.map((id) => `"${id}"`).join(', ')})`,
      }, { limit: 200 }, signal),
    })),
  });
  const names = new Map(found.flatMap(({ data }, index) => (data?.records ?? []).map((record) =>
    [record.id, titleText(application, wanted[index]?.to ?? '', record)] as const)));
  const named = (value: unknown, title: string) => {
    const one = referenceOf(value, title);
    return one && { ...one, name: one.name === one.id ? names.get(one.id) ?? '' : one.name };
  };
  return (field: AppField, value: unknown): unknown => {
    if (!isReferring(field) || !value) return value ?? null;
    const title = titleOf(application, targetOf(field) ?? '');
    return Array.isArray(value) ? value.map((one) => named(one, title)) : named(value, title);
  };
}
