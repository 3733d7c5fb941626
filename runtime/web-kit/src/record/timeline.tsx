import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useApplication } from '../api/application.tsx';
import { fetchHistory, recordKeys } from '../api/records.ts';
import type { AppObject, HistoryEntry } from '../api/types.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { TimelineItem } from './timeline_item.tsx';

interface TimelineProps {
  object: AppObject;
  id: string;
  version: number;
}

/** What happened to a record, newest first, by day. */
export function Timeline({ object, id, version }: TimelineProps) {
  const t = useT();
  const { formats, today } = useApplication();
  const query = useInfiniteQuery({
    queryKey: recordKeys.history(object.name, id),
    queryFn: ({ pageParam }) => fetchHistory(object.name, id, pageParam),
    initialPageParam: null as string | null, getNextPageParam: (last) => last.next,
  });
  const newest = query.data?.pages[0]?.entries[0]?.version ?? version;
  useEffect(() => {
    if (newest < version) void query.refetch();
  }, [newest, version]);

  const days = new Map<string, HistoryEntry[]>();
  for (const entry of query.data?.pages.flatMap((page) => page.entries) ?? []) {
    const day = formats.dayOf(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return (
    <>
      <div className="sec"><h2>{t('timeline.title')}</h2></div>
      {query.isPending && [0, 1, 2].map((row) => (
        <div className="tl-wait" key={row} aria-hidden="true">
          <span className="sk box" /><span className="sk" /><span className="sk" />
        </div>
      ))}
      {query.isError && <p className="none">{t('timeline.failed')}{' '}
        <button type="button" className="link" onClick={() => void query.refetch()}>
          {t('error.retry')}
        </button></p>}
      {query.isSuccess && days.size === 0 && <p className="none">{t('timeline.empty')}</p>}
      {[...days].map(([day, entries]) => (
        <section key={day}>
          <h3 className="day">{day === today ? t('timeline.today', { day: formats.day(day, today) })
            : formats.day(day, today)}</h3>
          <ol className="tl">
            {entries.map((entry) => (
              <TimelineItem key={entry.seq} entry={entry} object={object} />
            ))}
          </ol>
        </section>
      ))}
      {query.hasNextPage && (
        <Button look="ghost" size="sm" icon="down" busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
