import { useCallback } from 'react';
import { useApplication } from '../../api/application.tsx';
import { fetchRecords } from '../../api/records.ts';
import { Avatar } from '../../ui/avatar.tsx';
import type { Among } from '../field_type.ts';
import { tellsActive, titleOf, titleText } from '../columns.ts';

/** Records of an object by what they are called, for a picker; `among`: only some of them. */
export function useSearch(to: string, among?: Among | null) {
  const application = useApplication();
  return useCallback(async (q: string, signal: AbortSignal) => {
    const title = titleOf(application, to);
    const active = tellsActive(application, to) ? 'active = TRUE' : null;
    const filter = [active, await among?.()].filter((one) => typeof one === 'string')
      .map((one) => `(${one})`).join(' AND ');
    const asked = { fields: [title], filter: filter || null, sort: q ? [] : [title], q };
    const page = await fetchRecords(to, asked, { limit: 20 }, signal);
    return page.records.map((record) => {
      const label = titleText(application, to, record);
      return {
        value: record.id, label,
        node: <span className="who"><Avatar name={label} square={to !== 'user'} />{label}</span>,
      };
    });
  }, [to, application, among]);
}
