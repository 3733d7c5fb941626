import { request } from './http.ts';

/** A part of a formula as it was written, and what it came to. */
export interface ExplainPart {
  /** Null where it names what may not be read. */
  text: string | null;
  kind: string;
  state: 'value' | 'error' | 'unused' | 'hidden';
  value?: unknown;
  error?: string;
  parts: ExplainPart[];
}

export const explainKey = (object: string, id: string, field: string) =>
  ['explain', object, id, field] as const;

export const fetchExplanation = (object: string, id: string, field: string, signal: AbortSignal) =>
  request<{ field: string; part: ExplainPart }>('GET',
    `/explain/formula/${[object, id, field].map(encodeURIComponent).join('/')}`, { signal });
