import type {
  FlowList, FlowMetrics, FlowPage, FlowRunsPage, Job, MigrationReport, ReassignReport,
  Simulation, SimulationBody,
} from './flow_admin_types.ts';
import { request } from './http.ts';

// Flows as those see them who administer them.

const at = (...parts: string[]) => `/${parts.map(encodeURIComponent).join('/')}`;

// Below the runs: what tells of a run that changed, tells of its flow.
export const flowAdminKeys = {
  all: ['runs', 'flows'] as const,
  one: (flow: string) => ['runs', 'flows', flow] as const,
  metrics: (flow: string) => ['runs', 'flows', flow, 'metrics'] as const,
  runs: (flow: string, filter: RunsFilter) => ['runs', 'flows', flow, 'runs', filter] as const,
};

export interface RunsFilter {
  state?: string | undefined;
  version?: string | undefined;
  only?: string | undefined;
}

export const flowsHref = '/flows';
export const flowHref = (flow: string, search: Record<string, string> = {}) => {
  const query = new URLSearchParams(search).toString();
  return `${at('flows', flow)}${query ? `?${query}` : ''}`;
};

export const fetchFlows = (signal?: AbortSignal) => request<FlowList>('GET', '/flows', { signal });

export const fetchFlow = (flow: string, signal?: AbortSignal) =>
  request<FlowPage>('GET', at('flows', flow), { signal });

export const fetchFlowMetrics = (flow: string, signal?: AbortSignal) =>
  request<FlowMetrics>('GET', at('flows', flow, 'metrics'), { signal });

export const fetchFlowRuns = (
  flow: string, filter: RunsFilter, after: string | null, signal?: AbortSignal,
) => request<FlowRunsPage>('GET', at('flows', flow, 'runs'), {
  query: { ...filter, after, limit: 30 }, signal });

export const simulateFlow = (flow: string, body: SimulationBody, signal?: AbortSignal) =>
  request<Simulation>('POST', at('flows', flow, 'simulate'), { body, signal });

export const checkMigration = (flow: string, from: number[], signal?: AbortSignal) =>
  request<MigrationReport>('POST', at('flows', flow, 'migrate'), {
    body: { from, dry_run: true }, signal });

export const migrateRuns = (flow: string, from: number[], comment: string, key: string) =>
  request<Job>('POST', at('flows', flow, 'migrate'), {
    body: { from, comment }, headers: { 'Idempotency-Key': key } });

export const checkReassign = (from: string, to: string, signal?: AbortSignal) =>
  request<ReassignReport>('POST', '/runs/reassign', {
    body: { from, to, dry_run: true }, signal });

export const reassignRuns = (from: string, to: string, comment: string, key: string) =>
  request<Job>('POST', '/runs/reassign', {
    body: { from, to, comment }, headers: { 'Idempotency-Key': key } });

export const fetchJob = (id: string, signal?: AbortSignal) =>
  request<Job>('GET', at('jobs', id), { signal });
