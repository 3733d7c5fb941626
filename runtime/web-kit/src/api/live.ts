import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { markFresh } from './fresh.ts';
import { fetchRecord, type ListParams, recordKeys } from './records.ts';
import type { RecordData, RecordPage, StreamEvent } from './types.ts';

// Carries what the stream says into the cache: a row is patched where it stands, a list whose
// filter or order is touched is read again, counts and sums follow a moment later.

type ListData = InfiniteData<RecordPage>;
const pagesReadAgainMax = 10;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

function soon(name: string, ms: number, run: () => void) {
  clearTimeout(timers.get(name));
  timers.set(name, setTimeout(() => {
    timers.delete(name);
    run();
  }, ms));
}

const listsOf = (client: QueryClient, object: string) =>
  client.getQueryCache().findAll({ queryKey: ['records', object, 'list'] });

export function patchRow(data: ListData, record: RecordData): ListData {
  return {
    ...data,
    pages: data.pages.map((page) => (page.records.some(({ id }) => id === record.id)
      ? { ...page, records: page.records.map((row) => (row.id === record.id
        ? { ...row, ...record } : row)) }
      : page)),
  };
}

export function dropRow(data: ListData, id: string): ListData {
  let dropped = false;
  const pages = data.pages.map((page) => {
    const records = page.records.filter((row) => row.id !== id);
    dropped ||= records.length !== page.records.length;
    return { ...page, records };
  });
  if (!dropped) return data;
  const [first, ...rest] = pages;
  if (first?.count !== undefined && !first.count_more) {
    return { ...data, pages: [{ ...first, count: first.count - 1 }, ...rest] };
  }
  return { ...data, pages };
}

export function forgetRow(client: QueryClient, object: string, id: string) {
  for (const query of listsOf(client, object)) {
    client.setQueryData<ListData>(query.queryKey, (data) => data && dropRow(data, id));
  }
  readSumsAgain(client, object);
}

export function readSumsAgain(client: QueryClient, object: string) {
  soon(`${object} sums`, 700, () => {
    void client.invalidateQueries({ queryKey: ['records', object, 'query'] });
    void client.invalidateQueries({ queryKey: ['records', object, 'report'] });
  });
}

function readListsAgain(client: QueryClient, object: string, touched: (p: ListParams) => boolean) {
  for (const query of listsOf(client, object)) {
    const pages = (query.state.data as ListData | undefined)?.pages.length ?? 0;
    if (pages > pagesReadAgainMax || !touched(query.queryKey[3] as ListParams)) continue;
    soon(query.queryHash, 350, () => {
      void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    });
  }
}

const touches = (fields: string[]) => (params: ListParams) => fields.some((name) =>
  params.filter?.includes(name)
  || params.sort.some((key) => key.replace('-', '').split('.')[0] === name));

async function readRow(client: QueryClient, object: string, id: string, version: number) {
  for (const query of listsOf(client, object)) {
    const row = (query.state.data as ListData | undefined)?.pages
      .flatMap((page) => page.records).find((record) => record.id === id);
    if (!row || row.version >= version) continue;
    const { fields } = query.queryKey[3] as ListParams;
    try {
      const record = await fetchRecord(object, id, fields);
      client.setQueryData<ListData>(query.queryKey, (data) => data && patchRow(data, record));
      markFresh(id);
    } catch {
      // Gone or out of sight meanwhile: its own event says so.
    }
  }
}

/** After a write of this window: rows everywhere take the new values, sums follow. */
export function noteSaved(
  client: QueryClient, object: string, record: RecordData, fields: string[],
) {
  void readRow(client, object, record.id, record.version);
  readListsAgain(client, object, touches(fields));
  readSumsAgain(client, object);
  void client.invalidateQueries({ queryKey: ['records', object, 'one', record.id] });
  void client.invalidateQueries({ queryKey: recordKeys.history(object, record.id) });
}

export function noteCreated(client: QueryClient, object: string) {
  readListsAgain(client, object, () => true);
  readSumsAgain(client, object);
}

/** Answers true when something on the screen has changed and a listener may be told. */
export function applyEvent(client: QueryClient, event: StreamEvent): boolean {
  if (event.type === 'tasks') {
    void client.invalidateQueries({ queryKey: ['tasks'] });
    void client.invalidateQueries({ queryKey: ['runs'] });
    return false;
  }
  if (event.type === 'object') {
    void client.invalidateQueries({ queryKey: recordKeys.object(event.object) });
    return true;
  }
  if (event.type === 'gone' || (event.type === 'change' && event.kind === 'delete')) {
    forgetRow(client, event.object, event.id);
    void client.invalidateQueries({ queryKey: ['records', event.object, 'one', event.id] });
    return true;
  }
  if (event.type !== 'change') return false;
  const { object, id, version, fields } = event;
  if (event.kind === 'create') {
    markFresh(id);
    noteCreated(client, object);
    return true;
  }
  const open = client.getQueryCache().findAll({ queryKey: ['records', object, 'one', id] });
  const newer = open.some(({ state }) => ((state.data as RecordData | undefined)?.version ?? 0)
    < version);
  if (newer) {
    markFresh(id);
    void client.invalidateQueries({ queryKey: ['records', object, 'one', id] });
    void client.invalidateQueries({ queryKey: recordKeys.history(object, id) });
  }
  void readRow(client, object, id, version);
  readListsAgain(client, object, touches(fields));
  readSumsAgain(client, object);
  return newer;
}
