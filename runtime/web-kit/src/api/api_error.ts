import type { Ownership, Problem, ProblemDocument, RecordData } from './types.ts';

/** A refusal or a fault, with everything the server said about it. Code `offline`: no answer. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  readonly problems: Problem[];
  readonly current: RecordData | null;
  readonly fields: string[];
  /** Of a refused change of hands: how it stands. */
  readonly ownership: Ownership | null;
  /** Of a decision that came too late: who was first, and when. */
  readonly decided: { by: string | null; at: string } | null;

  constructor(status: number, document: ProblemDocument) {
    super(document.detail || document.title || document.code || `${status}`);
    this.status = status;
    this.code = document.code ?? (status === 0 ? 'offline' : 'fault');
    this.requestId = document.request_id ?? null;
    this.problems = document.problems ?? [];
    this.current = document.current ?? null;
    this.fields = document.fields ?? [];
    this.ownership = document.ownership ?? null;
    this.decided = document.decided_at
      ? { by: document.decided_by?.name ?? null, at: document.decided_at } : null;
  }

  /** What the server said in words: its first problem, else its detail. */
  get said(): string | null {
    return this.problems[0]?.message ?? (this.status === 0 ? null : this.message);
  }
}
