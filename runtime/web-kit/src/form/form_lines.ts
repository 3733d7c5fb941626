import type { AppField } from '../api/types.ts';
import type { DraftNode } from './draft_node.ts';

// Small questions about the lines of a draft.

export interface Place {
  node: DraftNode;
  field: string;
}

export const holderOf = (line: DraftNode): DraftNode => line.holder ?? line;

export const placeOf = (line: DraftNode) => holderOf(line).rows(line.slot).indexOf(line);

/** The children field of the record in which a line stands, however deep. */
export function rootSlotOf(node: DraftNode): string | null {
  let at = node;
  while (at.holder?.holder) at = at.holder;
  return at.holder ? at.slot : null;
}

/** The children field of a line that holds lines of its own kind: a tree. */
export const nestOf = (fields: readonly AppField[], object: string): string | null =>
  fields.find(({ children }) => children?.object === object)?.name ?? null;

/** Levels of lines from the record to this one, itself among them. */
export function levelOf(line: DraftNode): number {
  let level = 0;
  for (let at: DraftNode | null = line; at?.holder; at = at.holder) level += 1;
  return level;
}
