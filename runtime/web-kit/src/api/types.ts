import type { AppFlow } from './flow_types.ts';

// What crosses HTTP, as schemas/api/README.md says it. Shapes only.

export type Locale = 'en' | 'zh-CN';

export interface Me {
  id: string;
  login: string;
  name: string;
  email: string | null;
  locale: string;
  time_zone: string;
  theme: 'light' | 'dark' | 'system';
  roles: string[];
  department: { id: string; name: string } | null;
  admin: boolean;
  /** Administers flows. */
  flow_admin: boolean;
}

export interface SessionOptions {
  application: string;
  locales: string[];
  demo: boolean;
}

export interface App {
  version: number;
  name: string;
  label: string;
  locale: string;
  locales: string[];
  time_zone: string;
  currency: string;
  zone_today: string;
  objects: AppObject[];
  views: AppView[];
  pages: AppPage[];
  forms: AppForm[];
  menus: AppMenu[];
  reports: AppReport[];
}

export interface AppObject {
  name: string;
  id: string;
  label: string;
  label_plural: string;
  icon: string | null;
  title_field: string;
  owner_field: string | null;
  may: { create: boolean; update: boolean; delete: boolean };
  /** Where records lie that are in nobody's hands; of an object without ownership: none. */
  pools?: { name: string; label: string }[];
  fields: AppField[];
  rules: AppRule[];
  checked: boolean;
  /** Flows that this person may start on a record. */
  flows?: AppFlow[];
  /** Of an object of lines: whose they are; it has no screens of its own. */
  lines_of?: string | null;
}

export interface AppOption {
  name: string;
  label: string;
  color: string | null;
}

export type FormulaResult =
  'boolean' | 'number' | 'duration' | 'text' | 'date' | 'time' | 'datetime' | 'reference'
  | 'text_list' | 'reference_list' | 'json';

export interface AppField {
  name: string;
  id: string;
  label: string;
  help: string | null;
  type: string;
  required: boolean;
  unique: boolean;
  writable: boolean;
  system: boolean;
  sortable: boolean;
  filterable: boolean;
  length_max?: number;
  minimum?: string;
  maximum?: string;
  scale?: number;
  currency?: string;
  /** Of money in several currencies: those there may be. `currency`: where none is given. */
  currencies?: string[];
  options?: AppOption[];
  to?: string;
  /** Of lines: the object of each, and what a line's formulas call the record that holds it. */
  children?: { object: string; parent: string };
  /** Of a formula, rollup or lookup. */
  result?: FormulaResult;
  /** When the actor may read all its inputs; of a rollup when it is over lines of its own. */
  formula?: string;
  default?: unknown;
  default_formula?: string;
}

export interface AppRule {
  name: string;
  when: string;
  effect: 'require' | 'hide' | 'clear' | 'reject' | 'read_only' | 'options';
  field: string | null;
  message: string;
  /** Of `options`: what may be chosen of a choice, or which records at a reference. */
  options?: string[];
  filter?: string;
}

export interface AppSection {
  label: string | null;
  columns: 1 | 2;
  fields: string[];
}

export interface AppView {
  name: string;
  id: string;
  label: string;
  object: string;
  kind: 'list' | 'board';
  generated: boolean;
  columns: string[];
  filter: string | null;
  sort: string[];
  group: string | null;
  sum: string | null;
  card: string[];
}

export interface AppRelated {
  label: string;
  object: string;
  field: string;
  columns: string[];
  sort: string[];
}

export interface AppPage {
  name: string;
  object: string;
  generated: boolean;
  facts: string[];
  sections: AppSection[];
  related: AppRelated[];
}

export interface AppForm {
  name: string;
  object: string;
  generated: boolean;
  sections: AppSection[];
}

export interface AppMenuItem {
  label: string;
  icon: string | null;
  object?: string;
  view?: string;
  report?: string;
}

export interface AppMenu {
  name: string;
  label: string;
  items: AppMenuItem[];
}

export interface AppReport {
  name: string;
  label: string;
  object: string;
  chart: { kind: 'funnel' | 'bar' | 'line' | 'none'; value: string };
}

/** Why an action is offered and yet not possible now. */
export interface Refusal {
  rule: string;
  bound: number;
  count: number;
  until: string | null;
}

export type HandAction = 'claim' | 'release' | 'return' | 'extend' | 'assign';

/** What the actor may do by the rules of the record's pool; nothing in the list: it may be done. */
export type HandActions = Partial<Record<HandAction, Refusal[]>>;

export interface Named {
  id: string;
  name: string;
}

/** In whose hands a record is, and until when. */
export interface Ownership {
  pool: { name: string; label: string };
  in_pool: boolean;
  owner: Named | null;
  since: string | null;
  protected_until: string | null;
  due_at: string | null;
  due: string;
  extensions: number;
  extensions_max: number;
  actions: HandActions;
}

export interface LedgerEntry {
  at: string;
  kind: HandAction;
  label: string;
  row_label: string;
  previous: Named | null;
  chosen: Named | null;
  team: string;
  /** `name`: what the table says, where nobody, or no team, is called so. */
  skipped: { user: Named | null; name?: string; reason: string }[];
  reason: string;
  by: Named | null;
}

export interface RecordData {
  id: string;
  version: number;
  /** `hidden`: fields that its pool tells nobody but managers. */
  may?: { update: boolean; delete: boolean; actions?: HandActions; hidden?: string[] };
  /** Of a reply to a write. */
  $warnings?: Warning[];
  [field: string]: unknown;
}

export interface RecordPage {
  records: RecordData[];
  next: string | null;
  count?: number;
  count_more?: boolean;
}

export interface Problem {
  at: string;
  rule: string;
  message: string;
}

/** Told beside a write; `record`: the one that it is about, where it may be seen. */
export interface Warning extends Problem {
  record?: { object: string; id: string };
}

export interface CheckReply {
  problems: Problem[];
  warnings: Warning[];
  hidden: string[];
  required: string[];
  read_only: string[];
  /** Of choices that are narrowed: what is left. */
  options: Record<string, string[]>;
  cleared: string[];
  fields: Record<string, unknown>;
}

export interface HistoryEntry {
  seq: string | number;
  at: string;
  kind: 'create' | 'update' | 'delete';
  actor: { id: string; name: string } | null;
  surface: string;
  version: number;
  changes: HistoryChange[];
}

export interface HistoryChange {
  field: string;
  old?: unknown;
  new?: unknown;
  /** Of a field of lines: what became of each. */
  lines?: { id: string; kind: 'create' | 'update' | 'delete'; changes: HistoryChange[] }[];
}

export interface QueryColumn {
  name: string;
  label: string;
  type: string;
  /** Records are grouped by it; otherwise a measure. */
  group: boolean;
  scale?: number;
  currency?: string;
  /** Of amounts in several currencies: the group by which each row has one. */
  currency_group?: string;
  to?: string;
  options?: AppOption[];
}

export interface QueryReply {
  columns: QueryColumn[];
  rows: unknown[][];
  /** As a row; null under the groups. */
  totals: unknown[];
  /** A filter for each row: the records it counted. */
  drill: string[];
  object: string;
  report?: AppReport;
}

export type BatchCommand =
  | { create: Record<string, unknown> }
  | { update: string; version?: number; set: Record<string, unknown> }
  | { delete: string };

export interface BatchReply {
  results: { status: number; record?: RecordData; error?: ProblemDocument }[];
}

export interface ProblemDocument {
  title?: string;
  status?: number;
  code?: string;
  detail?: string;
  request_id?: string;
  problems?: Problem[];
  current?: RecordData;
  fields?: string[];
  ownership?: Ownership;
  decided_by?: { id: string; name: string | null };
  decided_at?: string;
}

export type StreamEvent =
  | { type: 'change'; object: string; id: string; version: number; kind: string; fields: string[] }
  | { type: 'gone'; object: string; id: string }
  | { type: 'object'; object: string }
  | { type: 'application'; version: number }
  | { type: 'tasks' }
  | { type: 'hello' }
  | { type: 'status'; online: boolean };
