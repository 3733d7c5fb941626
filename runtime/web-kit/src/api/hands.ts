import { currentLocale } from '../i18n/i18n.ts';
import { request } from './http.ts';
import { recordKeys } from './records.ts';
import type {
  HandAction, LedgerEntry, Ownership, ProblemDocument, RecordData,
} from './types.ts';

// Records change hands by the rules of their pool.

export interface HandDetails {
  user?: string;
  reason?: string;
}

const at = (object: string) => `/records/${encodeURIComponent(object)}`;

// With the history: whatever makes that out of date does so with this.
export const handsKey = (object: string, id: string) =>
  [...recordKeys.history(object, id), 'hands'] as const;

export const fetchHands = (object: string, id: string, signal?: AbortSignal) =>
  request<{ now: Ownership | null; entries: LedgerEntry[] }>(
    'GET', `/explain/assignment/${encodeURIComponent(object)}/${encodeURIComponent(id)}`,
    { query: { locale: currentLocale() }, signal });

export const changeHands = (
  object: string, id: string, action: HandAction, details: HandDetails,
) => request<{ record: RecordData | null }>(
  'POST', `${at(object)}/${encodeURIComponent(id)}/actions/${action}`, { body: details });

export const changeHandsOfMany = (
  object: string, ids: string[], action: HandAction, details: HandDetails,
) => request<{ results: { status: number; error?: ProblemDocument }[] }>(
  'POST', `${at(object)}/actions/${action}`, { body: { records: ids, with: details } });
