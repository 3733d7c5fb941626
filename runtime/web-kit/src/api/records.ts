import { request, requestFile } from './http.ts';
import type {
  BatchCommand, BatchReply, CheckReply, HistoryEntry, QueryReply, RecordData, RecordPage,
} from './types.ts';

export interface ListParams {
  fields: string[];
  filter: string | null;
  sort: string[];
  q: string;
}

const at = (object: string, id?: string) =>
  `/records/${encodeURIComponent(object)}${id ? `/${encodeURIComponent(id)}` : ''}`;

export const recordKeys = {
  object: (object: string) => ['records', object] as const,
  list: (object: string, params: ListParams) => ['records', object, 'list', params] as const,
  one: (object: string, id: string, fields: string[]) =>
    ['records', object, 'one', id, fields] as const,
  history: (object: string, id: string) => ['records', object, 'history', id] as const,
  query: (object: string, body: unknown) => ['records', object, 'query', body] as const,
  report: (object: string, name: string, filter: string | null) =>
    ['records', object, 'report', name, filter] as const,
};

/** The whole list as a file: every page of it, these columns. */
export const exportRecords = (object: string, params: ListParams, format: 'csv' | 'xlsx') =>
  requestFile(`${at(object)}/export`, {
    query: {
      fields: params.fields.join(','), filter: params.filter, sort: params.sort.join(','),
      q: params.q, format,
    },
  });

export function fetchRecords(
  object: string, params: ListParams,
  page: { limit: number; after?: string | null; count?: 'none' | 'estimate' | 'exact' },
  signal?: AbortSignal,
): Promise<RecordPage> {
  return request('GET', at(object), {
    query: {
      fields: params.fields.join(','), filter: params.filter, sort: params.sort.join(','),
      q: params.q, limit: page.limit, after: page.after, count: page.count ?? 'none', may: true,
    },
    signal,
  });
}

export const fetchRecord = (object: string, id: string, fields: string[], signal?: AbortSignal) =>
  request<RecordData>('GET', at(object, id), {
    query: { fields: fields.join(','), may: true }, signal,
  });

export const createRecord = (object: string, body: Record<string, unknown>, key: string) =>
  request<RecordData>('POST', at(object), { body, headers: { 'Idempotency-Key': key } });

export const updateRecord = (
  object: string, id: string, version: number | null, set: Record<string, unknown>,
) => request<RecordData>('PATCH', at(object, id), {
  body: set, ...(version === null ? {} : { headers: { 'If-Match': `"${version}"` } }),
});

export const deleteRecord = (object: string, id: string, keepalive = false) =>
  request<void>('DELETE', at(object, id), { keepalive });

export const batch = (object: string, commands: BatchCommand[], keepalive = false) =>
  request<BatchReply>('POST', `${at(object)}/batch`, {
    body: { atomic: false, commands }, keepalive,
  });

export const checkRecord = (
  object: string, draft: { id?: string; fields: Record<string, unknown> }, signal?: AbortSignal,
) => request<CheckReply>('POST', `${at(object)}/check`, { body: draft, signal });

export const fetchHistory = (object: string, id: string, after: string | null) =>
  request<{ entries: HistoryEntry[]; next: string | null }>('GET', `${at(object, id)}/history`, {
    query: { after, limit: 30 },
  });

export interface QueryBody {
  object: string;
  filter?: string;
  group?: (string | { path: string; by?: string; name?: string })[];
  measures: { name: string; of: string; field?: string }[];
  sort?: string[];
  limit?: number;
}

export const runQuery = (body: QueryBody, signal?: AbortSignal) =>
  request<QueryReply>('POST', '/query', { body, signal });

export const fetchReport = (name: string, filter: string | null, signal?: AbortSignal) =>
  request<QueryReply>('GET', `/reports/${encodeURIComponent(name)}`, {
    query: { filter }, signal,
  });

export const uploadFile = (file: File) =>
  request<{ id: string; name: string; size: number; type: string }>('POST', '/files', {
    body: file,
    headers: {
      'Content-Type': file.type || 'application/octet-stream',
      'Tenon-File-Name': encodeURIComponent(file.name),
    },
  });
