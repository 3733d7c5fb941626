import type { AppField } from '../api/types.ts';
import type { DraftNode } from '../form/draft_node.ts';
import { addDecimals } from '../format/decimal.ts';
import type { Node } from '../formula/tree.ts';

// Which columns of a grid have a total, and what it is.

function summedIn(node: Node, slot: string): string[] {
  const [value] = node.children;
  const here = node.op === 'aggregate' && node.entry?.name === 'SUM' && node.steps[0] === slot
    && value?.op === 'row_field' ? [value.steps[0] ?? ''] : [];
  return [...here, ...node.children.flatMap((child) => summedIn(child, slot))];
}

const numeric = (field: AppField) => field.type === 'money' || field.type === 'decimal'
  || field.type === 'integer' || field.result === 'number';

/** What the record itself adds up; where it adds nothing, what the lines compute. */
export function totalledFields(holder: DraftNode, slot: string, columns: AppField[]): Set<string> {
  const named = new Set(holder.shape.parts.flatMap(({ field, program }) =>
    (field && program.formula ? summedIn(program.formula.root, slot) : [])));
  const summed = columns.filter((field) => named.has(field.name) && numeric(field));
  const chosen = summed.length ? summed
    : columns.filter((field) => field.result === 'number' && numeric(field));
  return new Set(chosen.map(({ name }) => name));
}

export function totalOf(values: unknown[]): string {
  return addDecimals(values.filter((value) => value !== null && value !== undefined)
    .map(String).filter((text) => /^-?\d+(\.\d+)?$/.test(text)));
}
