import { useCallback } from 'react';
import { useApplication } from '../../api/application.tsx';
import { fetchRecords } from '../../api/records.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { tellsActive, titleOf, titleText } from '../columns.ts';

/** Records of an object by what they are called, for a picker. */
export function useSearch(to: string) {
  const application = useApplication();
  return useCallback(async (q: string, signal: AbortSignal) => {
    const title = titleOf(application, to);
    const active = tellsActive(application, to) ? 'active = TRUE' : null;
    const page = await fetchRecords(
      to, { fields: [title], filter: active, sort: q ? [] : [title], q }, { limit: 20 }, signal);
    return page.records.map((record) => {
      const label = titleText(application, to, record);
      return {
        value: record.id, label,
        node: <span className="who"><Avatar name={label} square={to !== 'user'} />{label}</span>,
      };
    });
  }, [to, application]);
}
