import type { AppRule, CheckReply } from '../api/types.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import type { DraftNode } from './draft_node.ts';
import { type Complaint, complaintAbout } from './validate.ts';

// What is to be shown of a field: its value, what the rules say about it, what is wrong with it.

export interface FieldState {
  value: unknown;
  required: boolean;
  hidden: boolean;
  computed: boolean;
  problem: Complaint | string | null;
  warning: string | null;
}

/** What is known besides the draft itself. */
export interface Knowledge {
  /** Someone has tried to save. */
  tried: boolean;
  /** What the server said of the record's own fields. */
  check: CheckReply | null;
}

function effectOn(node: DraftNode, name: string, effect: AppRule['effect']) {
  for (const place of node.shape.rulesOf.get(name) ?? []) {
    const rule = node.shape.parts[place]?.rule;
    if (rule?.effect === effect && node.holds.has(place)) return rule;
  }
  return undefined;
}

function problemOf(node: DraftNode, name: string, { tried, check }: Knowledge, required: boolean) {
  const said = node.said.get(name);
  if (said) return said;
  const field = node.shape.fields.get(name);
  if (!field) return null;
  const value = node.fields[name] ?? null;
  const seen = (tried || node.touched.has(name)) && !node.blank;
  if (!seen) return null;
  const complaint = complaintAbout(field, value);
  if (complaint) return complaint;
  if (tried && required && isEmptyValue(value)) {
    return effectOn(node, name, 'require')?.message
      || { key: 'problem.empty', values: { label: field.label } };
  }
  const rejected = effectOn(node, name, 'reject')?.message;
  if (rejected) return rejected;
  if (isEmptyValue(value)) return null;
  return node.checked.get(name) ?? check?.problems.find(({ at }) => at === name)?.message ?? null;
}

export function judge(node: DraftNode, name: string, knowledge: Knowledge): FieldState {
  const check = node.holder ? null : knowledge.check;
  const field = node.shape.fields.get(name);
  const hidden = Boolean(effectOn(node, name, 'hide') || effectOn(node, name, 'clear')
    || check?.hidden.includes(name) || check?.cleared.includes(name));
  const required = !hidden && Boolean(field?.required || effectOn(node, name, 'require')
    || check?.required.includes(name));
  const isList = field?.children !== undefined;
  return {
    value: isList ? null : node.fields[name] ?? null, required, hidden,
    computed: Boolean(field?.formula),
    problem: hidden ? node.said.get(name) ?? null
      : problemOf(node, name, { ...knowledge, check }, required && !isList),
    warning: check?.warnings.find(({ at }) => at === name)?.message ?? null,
  };
}

const sameProblem = (a: FieldState['problem'], b: FieldState['problem']) =>
  a === b || (a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b));

export const sameState = (a: FieldState, b: FieldState) => a.value === b.value
  && a.required === b.required && a.hidden === b.hidden && a.warning === b.warning
  && sameProblem(a.problem, b.problem);
