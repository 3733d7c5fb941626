import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/api_error.ts';
import { noteSaved, patchRow } from '../api/live.ts';
import { useNavigation } from '../api/navigation.tsx';
import { updateRecord } from '../api/records.ts';
import type { RecordData, RecordPage } from '../api/types.ts';
import { bareValue } from '../fields/columns.ts';
import { t } from '../i18n/i18n.ts';
import { tellWarnings } from '../record/tell_warnings.ts';
import { toast } from '../ui/toast_store.ts';
import type { InfiniteData } from '@tanstack/react-query';

export interface Clash {
  record: RecordData;
  field: string;
  mine: unknown;
  current: RecordData;
}

/** Saves one field where it stands: shown at once, put back with the reason when refused. */
export function useSave(object: string) {
  const client = useQueryClient();
  const navigation = useNavigation();
  const [clash, setClash] = useState<Clash | null>(null);

  const show = (id: string, set: Record<string, unknown>) => {
    for (const query of client.getQueryCache().findAll({ queryKey: ['records', object] })) {
      const kind = query.queryKey[2];
      if (kind === 'list') {
        client.setQueryData<InfiniteData<RecordPage>>(query.queryKey, (data) => data
          && patchRow(data, { id, ...set } as RecordData));
      } else if (kind === 'one' && query.queryKey[3] === id) {
        client.setQueryData<RecordData>(query.queryKey, (data) => data && { ...data, ...set });
      }
    }
  };

  const save = async (
    record: RecordData, field: string, value: unknown, version: number | null = record.version,
  ): Promise<boolean> => {
    const before = record[field];
    show(record.id, { [field]: value });
    try {
      const saved = await updateRecord(object, record.id, version, { [field]: bareValue(value) });
      noteSaved(client, object, saved, [field]);
      tellWarnings(saved, navigation);
      return true;
    } catch (error) {
      show(record.id, { [field]: before });
      if (error instanceof ApiError && error.code === 'conflict' && error.current) {
        setClash({ record, field, mine: value, current: error.current });
      } else {
        const why = error instanceof ApiError && error.said ? error.said : t('save.failed');
        toast(why, { bad: true });
      }
      return false;
    }
  };
  return { save, clash, settle: () => setClash(null) };
}
