import type {
  FlowName, Person, Run, RunItem, RunNode, RunToken, SeatState, VotingMode,
} from './flow_types.ts';
import type { RecordData } from './types.ts';

// What those who administer flows are told of them, as schemas/api/README.md says it.

export interface FlowFigures extends FlowName {
  kind: 'approval' | 'automation';
  object: string;
  version: number;
  incidents: number;
  running: number;
  suspended: number;
  finished: number;
  overdue: number;
  rework: number;
  automatic: number;
  /** Null: none is over yet. */
  p50_ms: number | null;
  p90_ms: number | null;
}

export interface FlowList {
  flows: FlowFigures[];
  stuck: { run: string; flow: string; why: string }[];
}

export interface Asked {
  kind: string;
  label: string | null;
}

/** A node of a flow's own page: also whom it asks, how they vote, how long they have. */
export interface FlowNode extends RunNode {
  asks: Asked[];
  mode: VotingMode | null;
  need: number | null;
  due: string | null;
}

export interface FlowVersion {
  version: number;
  published_at: string | null;
  running: number;
}

export interface FlowPage extends FlowFigures {
  graph: { nodes: FlowNode[]; start: string | null };
  versions: FlowVersion[];
}

export interface NodeFigures {
  node: string;
  label: string;
  open: number;
  overdue: number;
  visits: number;
  p50_ms: number | null;
  p90_ms: number | null;
  rework: number;
  automatic: number;
  /** So far. */
  incidents: number;
  /** That wait for an admin now. */
  stopped: number;
}

export interface FlowMetrics {
  nodes: NodeFigures[];
  runs: Record<string, number>;
}

export interface FlowRun extends RunItem {
  version: number;
  returns: number;
  incidents: number;
  overdue: number;
}

export interface FlowRunsPage {
  runs: FlowRun[];
  next: string | null;
}

export type ScriptedDo = 'approve' | 'reject' | 'return' | 'wait';

export interface ScriptLine {
  node: string;
  do: ScriptedDo;
  person?: string;
  to?: string;
  comment?: string;
  /** ISO 8601. */
  after?: string;
}

export interface SimulationBody {
  record?: string;
  values?: Record<string, unknown>;
  who?: string;
  at?: string;
  script?: ScriptLine[];
  others?: 'approve' | 'wait';
  comment?: string;
  story?: string;
}

export interface SimulationStep {
  at: string;
  what: 'submit' | 'approve' | 'reject' | 'complete' | 'return' | 'time' | 'event';
  node: string | null;
  label: string | null;
  person: Person | null;
  to: string | null;
  comment: string | null;
  event: string | null;
  correlation: string | null;
  open: { node: string; label: string; people: Person[] }[];
  /** How the run stood then: lines of its history, its seats, its live tokens. */
  entries: number;
  seats: SeatState[];
  tokens: { node: string; state: RunToken['state'] }[];
}

export interface SimulatedPerson {
  task: string;
  node: string;
  label: string;
  person: Person;
  behalf_of: Person | null;
  why: string;
  source: string | null;
}

export interface SavedStory {
  path: string;
  file: unknown;
  /** What would be red; none: it is green. */
  differences: string[];
}

export interface Simulation {
  run: Run;
  steps: SimulationStep[];
  people: SimulatedPerson[];
  dropped: { at: string; node: string; label: string; person: Person; reason: string }[];
  warnings: { node: string | null; label: string | null; rule: string; message: string }[];
  values: RecordData | null;
  ways: { node: string; label: string; way: string; taken: boolean }[];
  story: SavedStory | null;
}

/** Why runs of earlier versions can, or cannot, go on with the newest. */
export interface MigrationReport {
  to_version: number;
  runs: number;
  checked: number;
  can: number;
  cannot: number;
  versions: { version: number; runs: number }[];
  problems: { rule: string; message: string; node_label: string | null; runs: number;
    run: string }[];
}

export interface Job {
  id: string;
  state: 'waiting' | 'running' | 'done' | 'incident' | 'cancelled';
  done: number;
  total: number | null;
  problem: string | null;
}

/** What handing one person's open tasks to another would come to. */
export interface ReassignReport {
  runs: number;
  checked: number;
  seats: number;
  can: number;
  cannot: number;
  problems: { rule: string; message: string; seats: number; run: string }[];
}
