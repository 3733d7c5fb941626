import type { InfiniteData } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { announce } from '../a11y/announce.ts';
import { ApiError } from '../api/api_error.ts';
import { dropRow, noteSaved } from '../api/live.ts';
import { useNavigation } from '../api/navigation.tsx';
import { type ListParams, updateRecord } from '../api/records.ts';
import type { AppOption, Problem, RecordData, RecordPage } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { tellWarnings } from '../record/tell_warnings.ts';
import { toast } from '../ui/toast_store.ts';

export interface Refusal {
  record: RecordData;
  to: string;
  problems: Problem[];
  said: string | null;
}

type ListData = InfiniteData<RecordPage>;

/** Moves a card at once and puts it back, with the reason at the target, when refused. */
export function useMove(object: string, group: string, options: AppOption[]) {
  const client = useQueryClient();
  const navigation = useNavigation();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const labelOf = (name: string) => options.find((one) => one.name === name)?.label ?? name;

  const shift = (record: RecordData, to: string) => {
    const kept: [readonly unknown[], ListData | undefined][] = [];
    const ends = to ? `${group} = "${to}"` : `ISBLANK(${group})`;
    for (const query of client.getQueryCache().findAll({ queryKey: ['records', object, 'list'] })) {
      const filter = (query.queryKey[3] as ListParams).filter ?? '';
      const grouped = [`${group} = "`, `ISBLANK(${group})`];
      if (!grouped.some((part) => filter.includes(part))) continue;
      const data = query.state.data as ListData | undefined;
      kept.push([query.queryKey, data]);
      if (!data) continue;
      const without = dropRow(data, record.id);
      const [first, ...rest] = without.pages;
      const lands = filter === ends || filter.endsWith(`${ends})`);
      const moved = { ...record, [group]: to || null };
      client.setQueryData<ListData>(query.queryKey, !lands || !first ? without : {
        ...without, pages: [{ ...first, records: [moved, ...first.records] }, ...rest],
      });
    }
    return () => kept.forEach(([key, data]) => client.setQueryData(key, data));
  };

  const move = async (record: RecordData, to: string) => {
    if ((record[group] ?? '') === to) return;
    setRefusal(null);
    const back = shift(record, to);
    try {
      const saved = await updateRecord(object, record.id, record.version, {
        [group]: to || null });
      noteSaved(client, object, saved, [group]);
      tellWarnings(saved, navigation);
      announce(t('board.moved', { to: labelOf(to) }));
    } catch (error) {
      back();
      if (error instanceof ApiError && error.code === 'conflict') {
        toast(t('board.changed'), { bad: true });
        noteSaved(client, object, error.current ?? record, [group]);
        return;
      }
      const api = error instanceof ApiError ? error : null;
      const said = api?.said ?? t('save.failed');
      setRefusal({ record, to, problems: api?.problems ?? [], said });
      announce(t('board.refused', { to: labelOf(to), why: said }), 'assertive');
    }
  };
  return { move, refusal, dismiss: () => setRefusal(null) };
}
