import { fetchRecord } from '../api/records.ts';
import type { AppField, AppObject, RecordData } from '../api/types.ts';
import { bareValue, targetOf } from '../fields/columns.ts';
import { partOf } from '../fields/money_parts.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import { type Money, moneyOf } from '../format/money.ts';
import type { DraftNode } from './draft_node.ts';

// A rule's filter over what may be chosen, asked for a draft: what it names of the record behind
// `$record` is replaced by the values that the draft has.

/** A text, which is left alone, or a way from the record. */
const pieces = /"(?:[^"]|"")*"|\$record((?:\s*\.\s*[a-z][a-z0-9_]*)+)/g;
const numbers = new Set(['integer', 'decimal', 'money', 'percent', 'rating', 'number']);

export interface Reach {
  object: (name: string) => AppObject | undefined;
  fetch: (object: string, id: string, fields: string[]) => Promise<RecordData>;
}

const known = (steps: string) => steps.split('.').map((step) => step.trim()).filter(Boolean);

/** As a formula writes it; undefined: it has no literal. */
function literal(field: AppField | undefined, value: unknown): string | undefined {
  if (isEmptyValue(value)) return 'NULL';
  const bare = bareValue(value);
  const type = field?.result ?? field?.type ?? '';
  if (typeof bare === 'boolean') return bare ? 'TRUE' : 'FALSE';
  if (typeof bare !== 'string' && typeof bare !== 'number') return undefined;
  if (numbers.has(type)) return String(bare);
  return `"${String(bare).replaceAll('"', '""')}"`;
}

async function valueAt(node: DraftNode, steps: string[], reach: Reach) {
  const [first = '', ...behind] = steps;
  let field = node.shape.fields.get(first);
  const value = node.fields[first] ?? null;
  if (behind.length === 0 || isEmptyValue(value)) return literal(field, value);
  const [step = ''] = behind;
  const part = field && partOf(field, step);
  if (part) return literal(part, moneyOf(value, field?.currency)?.[step as keyof Money]);
  const from = (field && targetOf(field)) ?? '';
  let found: unknown = await reach.fetch(from, String(bareValue(value)), [behind.join('.')]);
  for (const step of behind) {
    const target: string = (field && targetOf(field)) ?? '';
    field = reach.object(target)?.fields.find(({ name }) => name === step);
    found = (found as Record<string, unknown> | null)?.[step] ?? null;
  }
  return literal(field, found);
}

/** Null where it cannot be asked from here: then everything is offered, and the server judges. */
export async function choiceFilter(
  filter: string, node: DraftNode, reach: Reach,
): Promise<string | null> {
  let made = '';
  let from = 0;
  for (const found of filter.matchAll(pieces)) {
    const [, steps] = found;
    if (steps === undefined) continue;
    const value = await valueAt(node, known(steps), reach).catch(() => undefined);
    if (value === undefined) return null;
    made += filter.slice(from, found.index) + value;
    from = found.index + found[0].length;
  }
  return made + filter.slice(from);
}

export const reachOf = (object: Reach['object']): Reach => ({
  object, fetch: (name, id, fields) => fetchRecord(name, id, fields) });
