import { request } from './http.ts';

export type LookedUp =
  | { from: string; to: string; on: string; rates: UsedRate[] }
  | { calendar: string; found: boolean };

export interface UsedRate { from: string; to: string; date: string; rate: string }

/** A part of a formula as it was written, and what it came to. */
export interface ExplainPart {
  /** Null where it names what may not be read. */
  text: string | null;
  kind: string;
  state: 'value' | 'error' | 'unused' | 'hidden';
  value?: unknown;
  error?: string;
  /** What it read of records: rates of exchange, or a calendar by its name. */
  looked_up?: LookedUp;
  parts: ExplainPart[];
}

export const explainKey = (object: string, id: string, field: string) =>
  ['explain', object, id, field] as const;

export const fetchExplanation = (object: string, id: string, field: string, signal: AbortSignal) =>
  request<{ field: string; part: ExplainPart }>('GET',
    `/explain/formula/${[object, id, field].map(encodeURIComponent).join('/')}`, { signal });
