import type { AppObject } from '../api/types.ts';

// The form's view of a formula: what it needs, and its value for a draft. A formula that cannot be
// compiled here is left to the server, which judges the draft through `check`.

export interface DraftScope {
  fields: Record<string, unknown>;
  paths: (path: string[]) => unknown;
  today: string;
  user: string;
}

export interface Program {
  needs: string[][];
  run: (scope: DraftScope) => unknown;
}

export type Compile = (text: string, object: AppObject) => Program | null;

export const compileNothing: Compile = () => null;
