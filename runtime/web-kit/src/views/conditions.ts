import type { Family } from '../fields/field_type.ts';

// A filter as people build it: conditions that all hold. Written as formula text and read back;
// a text that no one could have built stays as it is, as one condition in words.

export type Operator =
  | 'contains' | 'starts' | 'is' | 'not' | 'any' | 'none' | 'more' | 'least' | 'less' | 'most'
  | 'before' | 'after' | 'from' | 'until' | 'past' | 'today' | 'next' | 'last' | 'yes' | 'no'
  | 'empty' | 'filled' | 'mine' | 'my_team' | 'with_me' | 'has_any' | 'has_all' | 'has_none'
  | 'formula';

export interface Condition {
  path: string;
  op: Operator;
  values: string[];
}

const byFamily: Record<Family, Operator[]> = {
  text: ['contains', 'is', 'not', 'starts', 'empty', 'filled'],
  number: ['is', 'more', 'least', 'less', 'most', 'not', 'empty', 'filled'],
  duration: ['is', 'more', 'least', 'less', 'most', 'not', 'empty', 'filled'],
  boolean: ['yes', 'no'],
  date: ['is', 'before', 'after', 'from', 'until', 'today', 'past', 'next', 'last', 'empty',
    'filled'],
  datetime: ['from', 'before', 'empty', 'filled'],
  time: ['is', 'before', 'after', 'empty', 'filled'],
  choice: ['any', 'none', 'empty', 'filled'],
  choices: ['has_any', 'has_all', 'has_none', 'empty', 'filled'],
  reference: ['any', 'none', 'empty', 'filled'],
  references: ['has_any', 'has_all', 'has_none', 'empty', 'filled'],
  other: ['empty', 'filled'],
};

export const operatorsOf = (family: Family, user: boolean): Operator[] =>
  (!user ? byFamily[family] : family === 'references' ? ['with_me', ...byFamily[family]]
    : ['mine', 'my_team', ...byFamily[family]]);

const bare: ReadonlySet<Operator> = new Set<Operator>(
  ['today', 'past', 'yes', 'no', 'empty', 'filled', 'mine', 'my_team', 'with_me']);
const ofSeveral: ReadonlySet<Operator> = new Set<Operator>(
  ['any', 'none', 'has_any', 'has_all', 'has_none']);
/** Whether a condition takes several values. */
export const takesSeveral = (op: Operator) => ofSeveral.has(op);
export const needsValue = (op: Operator) => !bare.has(op);

const signs: Partial<Record<Operator, string>> = {
  is: '=', not: '<>', more: '>', least: '>=', less: '<', most: '<=', before: '<', after: '>',
  from: '>=', until: '<=',
};

const string = (value: string) => `"${value.replaceAll('"', '""')}"`;

/** What a filter must know about the fields of its object. */
export interface FieldSense {
  familyOf: (path: string) => Family;
  /** A day → the moment it begins, for fields that keep moments; and back. */
  momentOf: (day: string) => string;
  dayOf: (moment: string) => string;
}

function literal(value: string, family: Family, sense: FieldSense): string {
  if (family === 'number') return value;
  return string(family === 'datetime' ? sense.momentOf(value) : value);
}

const holding = (path: string, values: readonly string[]) =>
  values.map((value) => `HAS(${path}, ${string(value)})`);
const joined = (name: 'AND' | 'OR', parts: string[]) =>
  (parts.length === 1 ? parts[0] ?? '' : `${name}(${parts.join(', ')})`);

function conditionText({ path, op, values }: Condition, sense: FieldSense): string {
  const family = sense.familyOf(path);
  const first = values[0] ?? '';
  switch (op) {
    case 'formula': return first;
    case 'contains': return `CONTAINS(LOWER(${path}), ${string(first.toLowerCase())})`;
    case 'starts': return `STARTS_WITH(${path}, ${string(first)})`;
    case 'has_any': return joined('OR', holding(path, values));
    case 'has_all': return joined('AND', holding(path, values));
    case 'has_none': return `NOT(${joined('OR', holding(path, values))})`;
    case 'with_me': return `HAS(${path}, $user)`;
    case 'empty': return `ISBLANK(${path})`;
    case 'filled': return `NOT(ISBLANK(${path}))`;
    case 'yes': return `${path} = TRUE`;
    case 'no': return `${path} <> TRUE`;
    case 'mine': return `${path} = $user`;
    case 'my_team': return `HAS($team, ${path})`;
    case 'today': return `${path} = $today`;
    case 'past': return `${path} < $today`;
    case 'next': return `AND(${path} >= $today, ${path} <= $today + ${first})`;
    case 'last': return `AND(${path} <= $today, ${path} >= $today - ${first})`;
    case 'any': case 'none': {
      const texts = values.map((value) => literal(value, family, sense));
      const sign = op === 'any' ? '=' : '<>';
      if (texts.length === 1) return `${path} ${sign} ${texts[0]}`;
      const call = `IN(${path}, ${texts.join(', ')})`;
      return op === 'any' ? call : `NOT(${call})`;
    }
    default: return `${path} ${signs[op] ?? '='} ${literal(first, family, sense)}`;
  }
}

export function filterText(conditions: Condition[], sense: FieldSense): string | null {
  return allOf(conditions.filter(({ op, values }) => !needsValue(op) || values.length > 0)
    .map((condition) => conditionText(condition, sense)));
}

/** Several filters that must all hold, as one. */
export function allOf(parts: (string | null | undefined)[]): string | null {
  const kept = parts.filter((part): part is string => Boolean(part));
  if (kept.length === 0) return null;
  return kept.length === 1 ? kept[0] ?? null : `AND(${kept.join(', ')})`;
}

/** `f(a, g(b, c), "x, y")` → its arguments as text; null when the text is not that call. */
function argumentsOf(text: string, name: string): string[] | null {
  if (!text.startsWith(`${name}(`) || !text.endsWith(')')) return null;
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = name.length + 1;
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '"') quoted = !quoted;
    if (quoted) continue;
    if (letter === '(') depth += 1;
    if (letter === ')') {
      depth -= 1;
      if (depth < 0 && at < text.length - 1) return null;
    }
    if ((letter === ',' && depth === 0) || depth < 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return parts;
}

const path = '([a-z_][\\w.]*)';
const patterns: [RegExp, Operator][] = [
  [new RegExp(`^CONTAINS\\(LOWER\\(${path}\\), "((?:[^"]|"")*)"\\)$`), 'contains'],
  [new RegExp(`^STARTS_WITH\\(${path}, "((?:[^"]|"")*)"\\)$`), 'starts'],
  [new RegExp(`^HAS\\(${path}, \\$user\\)$`), 'with_me'],
  [new RegExp(`^HAS\\(\\$team, ${path}\\)$`), 'my_team'],
  [new RegExp(`^NOT\\(ISBLANK\\(${path}\\)\\)$`), 'filled'],
  [new RegExp(`^ISBLANK\\(${path}\\)$`), 'empty'],
  [new RegExp(`^${path} = TRUE$`, 'i'), 'yes'],
  [new RegExp(`^${path} <> TRUE$`, 'i'), 'no'],
  [new RegExp(`^${path} = \\$user$`), 'mine'],
  [new RegExp(`^${path} = \\$today$`), 'today'],
  [new RegExp(`^${path} < \\$today$`), 'past'],
];
const compared = new RegExp(
  `^${path} (=|<>|<=|>=|<|>) (?:"((?:[^"]|"")*)"|(-?\\d+(?:\\.\\d+)?))$`);
const window = new RegExp(
  `^AND\\(${path} (>=|<=) \\$today, ${path} (?:<=|>=) \\$today [+-] (\\d+)\\)$`);
const plainSigns: Record<string, Operator> = {
  '=': 'is', '<>': 'not', '>': 'more', '>=': 'least', '<': 'less', '<=': 'most' };
const dateSigns: Record<string, Operator> = {
  '=': 'is', '<>': 'not', '>': 'after', '>=': 'from', '<': 'before', '<=': 'until' };

const quotedOnly = /^"((?:[^"]|"")*)"$/;

/** `IN(path, "a", "b")` → path and values. */
function listed(text: string): { path: string; values: string[] } | null {
  const [name, ...texts] = argumentsOf(text, 'IN') ?? [];
  if (!name || !/^[a-z_][\w.]*$/.test(name)) return null;
  const values = texts.map((one) => quotedOnly.exec(one)?.[1]?.replaceAll('""', '"'));
  return values.includes(undefined) ? null : { path: name, values: values as string[] };
}

const held = new RegExp(`^HAS\\(${path}, "((?:[^"]|"")*)"\\)$`);

/** Tests of one list → its path and what is looked for. */
function heldIn(parts: readonly string[]): { path: string; values: string[] } | null {
  const found = parts.map((part) => held.exec(part));
  const name = found[0]?.[1];
  if (!name || found.some((one) => one?.[1] !== name)) return null;
  return { path: name, values: found.map((one) => (one?.[2] ?? '').replaceAll('""', '"')) };
}

/** HAS(…), AND(HAS(…), …), NOT(OR(HAS(…), …)) and their like. */
function ofList(text: string): Condition | null {
  const inner = argumentsOf(text, 'NOT')?.[0];
  const tests = (whole: string, name: string) => heldIn(argumentsOf(whole, name) ?? [whole]);
  if (inner !== undefined) {
    const none = tests(inner, 'OR');
    return none && { ...none, op: 'has_none' };
  }
  const any = tests(text, 'OR');
  if (any) return { ...any, op: 'has_any' };
  const all = tests(text, 'AND');
  return all && { ...all, op: 'has_all' };
}

function oneCondition(text: string, sense: FieldSense): Condition | null {
  for (const [pattern, op] of patterns) {
    const found = pattern.exec(text);
    if (!found) continue;
    const values = found[2] === undefined ? [] : [found[2].replaceAll('""', '"')];
    return { path: found[1] ?? '', op, values };
  }
  const span = window.exec(text);
  if (span && span[1] === span[3]) {
    return { path: span[1] ?? '', op: span[2] === '>=' ? 'next' : 'last', values: [span[4] ?? ''] };
  }
  const list = ofList(text);
  if (list) return list;
  const any = listed(text);
  if (any) return { ...any, op: 'any' };
  const none = listed(argumentsOf(text, 'NOT')?.[0] ?? '');
  if (none) return { ...none, op: 'none' };
  const found = compared.exec(text);
  if (!found) return null;
  const [, name = '', sign = '=', quoted, number] = found;
  const family = sense.familyOf(name);
  const value = quoted?.replaceAll('""', '"') ?? number ?? '';
  if (family === 'choice' || family === 'reference') {
    return { path: name, op: sign === '=' ? 'any' : 'none', values: [value] };
  }
  const dated = ['date', 'datetime', 'time'].includes(family);
  return {
    path: name, op: (dated ? dateSigns : plainSigns)[sign] ?? 'is',
    values: [family === 'datetime' ? sense.dayOf(value) : value],
  };
}

export function readConditions(
  text: string | null | undefined, sense: FieldSense,
): Condition[] {
  if (!text) return [];
  const whole = oneCondition(text, sense);
  if (whole) return [whole];
  const parts = argumentsOf(text, 'AND') ?? [text];
  return parts.map((part) => oneCondition(part, sense)
    ?? { path: '', op: 'formula', values: [part] });
}
