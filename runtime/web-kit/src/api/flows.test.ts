import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from './api_error.ts';
import {
  actOnRun, actOnTask, decideMany, fetchRecordRuns, previewFlow, startFlow,
} from './flows.ts';
import { fetchTasks } from './tasks.ts';

interface Asked {
  method: string;
  url: string;
  body: unknown;
  key: string | undefined;
}

const asked: Asked[] = [];
let reply: { status: number; body: unknown } = { status: 200, body: {} };

beforeEach(() => {
  asked.length = 0;
  reply = { status: 200, body: {} };
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>;
    asked.push({ method: init.method ?? '', url, key: headers['Idempotency-Key'],
      body: init.body ? JSON.parse(String(init.body)) : null });
    return Promise.resolve(new Response(JSON.stringify(reply.body), { status: reply.status }));
  });
});
afterEach(() => vi.unstubAllGlobals());

const last = () => asked.at(-1);

test('a box is asked for with its words, page by page, without what is not set', async () => {
  await fetchTasks('todo', { q: 'a b', flow: undefined }, { after: null, limit: 50 });
  expect(last()?.url).toBe('/api/v1/tasks?box=todo&q=a+b&limit=50');
  await fetchTasks('cc', { flow: 'spend' }, { after: 'x', limit: 5 });
  expect(last()?.url).toBe('/api/v1/tasks?box=cc&flow=spend&after=x&limit=5');
});

test('acts go to their task or run, ids as parts of the way', async () => {
  await actOnTask('03A/1-2', 'return', { node: '$start', direct: true, comment: '' });
  expect(last()).toMatchObject({ method: 'POST', url: '/api/v1/tasks/03A%2F1-2/return',
    body: { node: '$start', direct: true, comment: '' } });
  await actOnRun('03A', 'jump', { token: 3, node: 'head' });
  expect(last()).toMatchObject({ url: '/api/v1/runs/03A/jump', body: { token: 3, node: 'head' } });
});

test('many are decided with one comment', async () => {
  await decideMany('approve', ['a-1', 'b-2'], 'fine');
  expect(last()).toMatchObject({ url: '/api/v1/tasks/batch',
    body: { act: 'approve', tasks: ['a-1', 'b-2'], comment: 'fine' } });
});

test('a flow is previewed and started with who was chosen; the start has its key', async () => {
  const submission = { record: 'r', chosen: { head: ['u'] }, variables: {} };
  await previewFlow('spend', submission);
  expect(last()).toMatchObject({ url: '/api/v1/flows/spend/preview', body: submission });
  await startFlow('spend', { ...submission, comment: '' }, 'key');
  expect(last()).toMatchObject({ url: '/api/v1/flows/spend/start', key: 'key' });
});

test('the runs of a record lie below it', async () => {
  await fetchRecordRuns('spending', 'r');
  expect(last()?.url).toBe('/api/v1/records/spending/r/runs');
});

test('of a decision that came too late it is known who was first, and when', async () => {
  reply = { status: 409, body: { code: 'conflict', detail: 'Bob approved it.',
    decided_by: { id: 'b', name: 'Bob' }, decided_at: '2027-03-01T08:00:00Z' } };
  const error = await actOnTask('a-1', 'approve', {}).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(ApiError);
  expect((error as ApiError).decided).toEqual({ by: 'Bob', at: '2027-03-01T08:00:00Z' });
});
