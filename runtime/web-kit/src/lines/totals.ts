import type { AppField } from '../api/types.ts';
import { hasCurrencies } from '../fields/field_type.ts';
import { isDerived } from '../fields/field_types.tsx';
import type { DraftNode } from '../form/draft_node.ts';
import { addDecimals } from '../format/decimal.ts';
import { isoOfSeconds, secondsOfIso } from '../format/duration.ts';
import { sumsOf } from '../format/money.ts';
import type { Node } from '../formula/tree.ts';

// Which columns of a grid have a total, and what it is.

function summedIn(node: Node, slot: string): string[] {
  const [value] = node.children;
  const named = value?.op === 'row_field' || value?.op === 'row_path';
  const here = node.op === 'aggregate' && node.entry?.name === 'SUM' && node.steps[0] === slot
    && named && (value.steps.length === 1 || value.steps[1] === 'amount')
    ? [value.steps[0] ?? ''] : [];
  return [...here, ...node.children.flatMap((child) => summedIn(child, slot))];
}

const added = new Set(['money', 'decimal', 'integer', 'duration', 'number']);
const typeOf = (field: AppField) => (isDerived(field) ? field.result ?? '' : field.type);

/** Whether values of this field can be added up. */
export const isAdded = (field: AppField) => added.has(typeOf(field));

const isAmount = ({ type, currency }: AppField) => type === 'money' || currency !== undefined;

/** What is chosen, else what the lines compute; amounts that no formula can add up, for they are in
 * several currencies, where these are no amounts. */
export function totalledOf(columns: AppField[], chosen: AppField[] = []): AppField[] {
  const added = chosen.length ? chosen
    : columns.filter((field) => isDerived(field) && isAdded(field));
  return added.some(isAmount) ? added : [...added, ...columns.filter(hasCurrencies)];
}

/** What the record itself adds up; where it adds nothing, what the lines compute. */
export function totalledFields(holder: DraftNode, slot: string, columns: AppField[]): Set<string> {
  const named = new Set(holder.shape.parts.flatMap(({ field, program }) =>
    (field && program.formula ? summedIn(program.formula.root, slot) : [])));
  const summed = columns.filter((field) => named.has(field.name) && isAdded(field));
  return new Set(totalledOf(columns, summed).map(({ name }) => name));
}

const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text);

/** As a value of the field; of amounts in several currencies one sum for each of them. */
export function totalOf(field: AppField, values: unknown[]): unknown {
  if (field.currencies) return sumsOf(values, field.currencies, field.currency);
  const texts = values.filter((value) => value !== null && value !== undefined).map(String);
  if (typeOf(field) === 'duration') {
    return isoOfSeconds(texts.reduce((sum, text) => sum + (secondsOfIso(text) ?? 0), 0));
  }
  return addDecimals(texts.filter(isNumber));
}
