import type { AppRule, CheckReply } from '../api/types.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import type { DraftNode } from './draft_node.ts';
import { type Complaint, complaintAbout } from './validate.ts';

// What is to be shown of a field: its value, what the rules say about it, what is wrong with it.

export interface FieldState {
  value: unknown;
  required: boolean;
  hidden: boolean;
  /** A rule says that nobody may write it. */
  readOnly: boolean;
  /** It cannot be typed into; what was changed before can still be put back. */
  locked: boolean;
  /** Why it is locked, in the rule's words. */
  lock: string | null;
  /** What may be chosen of a choice; null: everything. */
  options: readonly string[] | null;
  /** Which records may be chosen: a formula over them; null: all. */
  filter: string | null;
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

function effectsOn(node: DraftNode, name: string, effect: AppRule['effect']) {
  return (node.shape.rulesOf.get(name) ?? []).flatMap((place) => {
    const part = node.shape.parts[place];
    return part?.rule?.effect === effect && node.holds.has(place)
      ? [{ rule: part.rule, program: part.program }] : [];
  });
}

const effectOn = (node: DraftNode, name: string, effect: AppRule['effect']) =>
  effectsOn(node, name, effect)[0]?.rule;

/** What all rules that hold leave; null where none narrows the field. */
function optionsOf(node: DraftNode, name: string, check: CheckReply | null) {
  let left = check?.options[name] ?? null;
  for (const { rule: { options } } of effectsOn(node, name, 'options')) {
    if (options) left = left ? left.filter((one) => options.includes(one)) : options;
  }
  return left;
}

function filterOf(node: DraftNode, name: string): string | null {
  const filters = effectsOn(node, name, 'options').flatMap(({ rule }) => rule.filter ?? []);
  if (filters.length === 0) return null;
  return filters.length === 1 ? filters[0] ?? null
    : filters.map((filter) => `(${filter})`).join(' AND ');
}

/** What was chosen and may not be (any more): said at once, for it is another field that decides.
 * Of a record that was so before nothing is said, unless something about it changed. */
function wronglyChosen(node: DraftNode, name: string, check: CheckReply | null) {
  const value = node.fields[name] ?? null;
  if (isEmptyValue(value)) return null;
  const chosen = Array.isArray(value) ? value.map(String) : [String(value)];
  for (const { rule, program } of effectsOn(node, name, 'options')) {
    const said = { key: 'problem.not_offered', values: {} };
    if (rule.filter) {
      const found = check?.problems.find((one) => one.at === name && one.rule === rule.name);
      if (found) return found.message || said;
    } else if (!chosen.every((one) => rule.options?.includes(one))) {
      const moved = node.id === null || node.dirty.has(name)
        || program.needs.some(([first = '']) => node.dirty.has(first));
      if (moved) return rule.message || said;
    }
  }
  return null;
}

function problemOf(node: DraftNode, name: string, { tried, check }: Knowledge, required: boolean) {
  const said = node.said.get(name);
  if (said) return said;
  const field = node.shape.fields.get(name);
  if (!field) return null;
  const value = node.fields[name] ?? null;
  const wrong = wronglyChosen(node, name, check);
  if (wrong) return wrong;
  // Of a new record the server knows what is its default, which is no write; lines have none.
  if (field.children ? node.isListChanged(name) : node.id !== null && node.dirty.has(name)) {
    const fixed = effectOn(node, name, 'read_only')?.message;
    if (fixed) return fixed;
  }
  const seen = (tried || node.touched.has(name)) && !node.blank;
  if (!seen) return null;
  const complaint = complaintAbout(field, value);
  if (complaint) return complaint;
  if (tried && required && node.isEmpty(name)) {
    return effectOn(node, name, 'require')?.message
      || { key: 'problem.empty', values: { label: field.label } };
  }
  const rejected = effectOn(node, name, 'reject')?.message;
  if (rejected) return rejected;
  if (node.isEmpty(name)) return null;
  return node.checked.get(name) ?? check?.problems.find(({ at }) => at === name)?.message ?? null;
}

/** Nobody may write the lines among which this one is: why, in the rule's words. */
function lockAbove({ holder, slot }: DraftNode, check: CheckReply | null): string | null {
  if (!holder) return null;
  const fixed = effectOn(holder, slot, 'read_only');
  if (fixed) return fixed.message;
  return !holder.holder && check?.read_only.includes(slot) ? '' : lockAbove(holder, check);
}

export function judge(node: DraftNode, name: string, knowledge: Knowledge): FieldState {
  const check = node.holder ? null : knowledge.check;
  const field = node.shape.fields.get(name);
  const hidden = Boolean(effectOn(node, name, 'hide') || effectOn(node, name, 'clear')
    || check?.hidden.includes(name) || check?.cleared.includes(name));
  const required = !hidden && Boolean(field?.required || effectOn(node, name, 'require')
    || check?.required.includes(name));
  const above = lockAbove(node, knowledge.check);
  const fixed = effectOn(node, name, 'read_only');
  const readOnly = Boolean(above !== null || fixed || check?.read_only.includes(name));
  const changed = node.dirty.has(name) && (node.id !== null || node.touched.has(name));
  const isList = field?.children !== undefined;
  return {
    value: isList ? null : node.fields[name] ?? null, required, hidden,
    readOnly, locked: readOnly && (above !== null || !changed),
    lock: fixed?.message || above || null,
    options: optionsOf(node, name, check),
    filter: filterOf(node, name), computed: Boolean(field?.formula),
    problem: hidden ? node.said.get(name) ?? null
      : problemOf(node, name, { ...knowledge, check }, required),
    warning: check?.warnings.find(({ at }) => at === name)?.message ?? null,
  };
}

const sameProblem = (a: FieldState['problem'], b: FieldState['problem']) =>
  a === b || (a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b));

export const sameState = (a: FieldState, b: FieldState) => a.value === b.value
  && a.required === b.required && a.hidden === b.hidden && a.warning === b.warning
  && a.readOnly === b.readOnly && a.locked === b.locked && a.lock === b.lock
  && a.filter === b.filter
  && a.options?.join() === b.options?.join()
  && sameProblem(a.problem, b.problem);
