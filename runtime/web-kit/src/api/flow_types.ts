import type { AppField, HistoryChange, Problem } from './types.ts';

// What crosses HTTP about flows, tasks and runs, as schemas/api/README.md says it. Shapes only.

export interface Person {
  id: string;
  /** Of who was deleted as it was then; null where nothing is known of them. */
  name: string | null;
}

export interface FlowName {
  name: string;
  label: string;
}

export interface RecordName {
  object: string;
  id: string;
  title: string;
}

/** A flow that this person may start on records of an object. */
export interface AppFlow extends FlowName {
  kind: 'approval' | 'automation';
  object: string;
  submit: boolean;
  buttons?: { label: string }[];
  /** Nodes whose people are chosen when it is started. */
  chooses?: { node: string; label: string }[];
}

export type VotingMode = 'all' | 'any' | 'sequence' | 'ratio' | 'count' | 'weight';

export interface Stop {
  node: string;
  label: string;
  kind: string;
  people: { id: string; name: string | null; behalf_of: Person | null }[];
  mode: VotingMode | null;
  need: number | null;
  due_at: string | null;
  incident: RunIncident | null;
}

export interface Preview {
  stops: Stop[];
  result: 'approved' | 'rejected' | 'completed' | 'none';
}

export interface Submission {
  record: string;
  chosen: Record<string, string[]>;
  variables: Record<string, unknown>;
}

export type Box = 'todo' | 'done' | 'mine' | 'cc';

export type SeatState =
  'waiting' | 'open' | 'approved' | 'rejected' | 'done' | 'returned' | 'removed' | 'cancelled';

/** Something somebody has to decide or to do: their seat at a node. */
export interface TaskItem {
  id: string;
  run: string;
  flow: FlowName;
  node: { id: string; label: string; kind: 'approve' | 'task' | 'start' };
  record: RecordName;
  initiator: Person;
  state: SeatState;
  holder: Person;
  behalf_of: Person | null;
  /** Asked for an opinion, and has the task meanwhile. */
  helper: Person | null;
  opened_at: string;
  due_at: string | null;
  is_overdue: boolean;
  decided_at: string | null;
  comment: string | null;
  facts: { field: string; label: string; value: unknown }[];
}

export interface RunPlace {
  node: string;
  label: string;
  people: Person[];
  since: string | null;
}

export type RunState = 'running' | 'suspended' | 'finished';
export type RunResult = '' | 'completed' | 'approved' | 'rejected' | 'withdrawn' | 'voided'
  | 'suppressed';

/** A run in the lists of what one started, or was sent a copy of. */
export interface RunItem {
  run: string;
  flow: FlowName;
  record: RecordName;
  initiator?: Person;
  state: RunState;
  result: RunResult | null;
  started_at: string;
  finished_at: string | null;
  at: RunPlace[];
  is_read?: boolean;
}

export interface TaskPage {
  tasks: (TaskItem | RunItem)[];
  next: string | null;
  counts: { todo: number; overdue: number };
}

export type TaskAct =
  'approve' | 'reject' | 'return' | 'transfer' | 'delegate' | 'answer' | 'add_before' | 'add_after'
  | 'add_parallel' | 'remove_sign' | 'take_back' | 'urge' | 'comment' | 'cc'
  | 'complete';

export type FieldRight = 'none' | 'read' | 'write';

/** A task as its page asks for it: with its whole run. */
export interface Task extends Omit<TaskItem, 'run'> {
  can: TaskAct[];
  fields?: Record<string, FieldRight>;
  comment_required: boolean;
  return_targets: { node: string; label: string }[];
  removable: { seat: string; person: Person }[];
  run: Run;
}

export interface RunIncident {
  rule: string;
  message: string;
}

export interface RunNode {
  id: string;
  label: string;
  kind: string;
  /** 0: the flow itself; a branch of a parallel node is a region of its own. */
  region: number;
  next: { port: string; label: string; to: string | null }[];
}

export interface RunToken {
  id: number;
  node: string;
  state: 'ready' | 'asking' | 'waiting' | 'people' | 'forked' | 'calling' | 'incident' | 'left'
    | 'cancelled';
  since: string | null;
  incident: RunIncident | null;
}

export interface RunSeat {
  task: string;
  node: string;
  order: number;
  position: 'own' | 'before' | 'after' | 'parallel';
  holder: Person;
  behalf_of: Person | null;
  helper: Person | null;
  /** Who decided; null: it was automatic, or is not decided. */
  actor: Person | null;
  state: SeatState;
  opened_at: string | null;
  due_at: string | null;
  decided_at: string | null;
  comment: string | null;
  is_superseded: boolean;
  elapsed_ms: number | null;
  elapsed_working_ms: number | null;
}

/** A file; all null but its id where it was deleted. */
export interface Attachment {
  id: string;
  name: string | null;
  type: string | null;
  size: number | null;
}

export interface RunEntry {
  n: number;
  at: string;
  what: string;
  node: string | null;
  node_label: string | null;
  seat: string | null;
  /** Null: the engine. */
  actor: Person | null;
  behalf_of: Person | null;
  other: Person | null;
  reason: string | null;
  comment: string | null;
  attachments: Attachment[];
  /** What the form that came along changed, as far as this person may read it. */
  changes: HistoryChange[];
  /** Of what is to be decided, or was given another time. */
  due_at?: string | null;
  from_version?: number;
  to_version?: number;
}

export type RunAct =
  'withdraw' | 'urge' | 'comment' | 'cc' | 'suspend' | 'resume' | 'void' | 'jump' | 'retry' | 'skip'
  | 'variables' | 'reassign' | 'change_approvers' | 'migrate';

export interface Run {
  id: string;
  flow: FlowName & { kind: 'approval' | 'automation'; version: number };
  record: RecordName;
  initiator: Person;
  state: RunState;
  result: RunResult | null;
  /** Why it could not begin, where it was called and did not. */
  suppressed?: RunIncident | null;
  /** The run that called it. */
  caller?: string | null;
  started_at: string;
  finished_at: string | null;
  suspended_at: string | null;
  can: RunAct[];
  graph: { nodes: RunNode[]; start: string | null };
  tokens: RunToken[];
  seats: RunSeat[];
  history: RunEntry[];
  next: Stop[];
  times: { node: string; visits: number; total_ms: number }[];
  copies: { person: Person; sent_at: string; read_at: string | null }[];
  /** Only for who administers flows. */
  variables?: RunVariable[];
}

/** A variable of a run: described as a field is, with its value. */
export type RunVariable = Pick<AppField, 'name' | 'label' | 'type'> & Partial<AppField>
  & { value: unknown };

/** What would become of a run with another version of its flow, or why it cannot. */
export interface RunMigration {
  from_version: number;
  to_version: number;
  can: boolean;
  problems: { rule: string; message: string; node_label: string | null; at: string }[];
  moves: { token: number; node: { id: string; label: string };
    to: { id: string; label: string } }[];
  seats_kept: number;
  times_kept: number;
  times_renewed: number;
  variables: { added: string[]; dropped: string[] };
  decides: boolean;
}

export interface RecordRun {
  id: string;
  flow: FlowName;
  state: RunState;
  result: RunResult | null;
  started_at: string;
  finished_at: string | null;
  at: RunPlace[];
}

export interface RecordRuns {
  runs: RecordRun[];
  /** `fields` null: all of them. */
  lock: { run: string; fields: string[] | null } | null;
}

export interface BatchResult {
  id: string;
  ok: boolean;
  problem: { title?: string; detail?: string; code?: string; problems?: Problem[] } | null;
}
