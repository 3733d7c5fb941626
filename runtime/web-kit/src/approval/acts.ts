import type { TaskAct } from '../api/flow_types.ts';

// What may be done with a task, in the order and with the weight that it has on the screen.

export type Asked =
  'return' | 'transfer' | 'delegate' | 'add_sign' | 'remove_sign' | 'comment' | 'cc'
  | 'urge';
export type Direct = 'approve' | 'complete' | 'answer' | 'reject' | 'take_back';

const mains: Direct[] = ['approve', 'complete', 'answer'];
const addings: TaskAct[] = ['add_before', 'add_after', 'add_parallel'];
const askedInOrder: Asked[] = [
  'return', 'transfer', 'add_sign', 'delegate', 'remove_sign', 'comment', 'cc', 'urge'];

export const actIcons: Record<Asked | Direct, string> = {
  'approve': 'check', 'complete': 'check', 'answer': 'comment', 'reject': 'x',
  'return': 'reply', 'transfer': 'swap', 'delegate': 'help', 'add_sign': 'useradd',
  'remove_sign': 'minus', 'take_back': 'undo', 'urge': 'bell', 'comment': 'comment',
  'cc': 'mail' };

/** What it is called: to be done again after it was sent back is to submit it again. */
export const wordOf = (act: Direct, { node }: { node: { kind: string } }): string =>
  (act === 'complete' && node.kind === 'start' ? 'resubmit' : act);

export interface Offer {
  /** The one filled button. */
  main: Direct | null;
  reject: boolean;
  takeBack: boolean;
  asked: Asked[];
}

export function offerOf(can: TaskAct[]): Offer {
  const may = new Set<string>(can);
  return {
    main: mains.find((act) => may.has(act)) ?? null,
    reject: may.has('reject'),
    takeBack: may.has('take_back'),
    asked: askedInOrder.filter((act) => (act === 'add_sign'
      ? addings.some((one) => may.has(one)) : may.has(act))),
  };
}

export const addPositions = (can: TaskAct[]): ('before' | 'after' | 'parallel')[] =>
  (['before', 'after', 'parallel'] as const).filter((one) => can.includes(`add_${one}`));

/** Whether a task can be decided in a batch: a form to fill in cannot. */
export const isBatchable = ({ node, state, helper }: {
  node: { kind: string }; state: string; helper: unknown;
}) => node.kind === 'approve' && state === 'open' && !helper;
