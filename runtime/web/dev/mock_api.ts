import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { readFormula } from './mock_formula.ts';
import { aggregate, objectOf, select, show, valueAt } from './mock_records.ts';
import { applicationIn, history, me, note, type Row, tables, today } from './mock_store.ts';

// An API in memory for `npm run dev` without a server. Signs in anybody with any password.

const streams = new Set<ServerResponse>();
let cursor = 0;
let signedIn = true;
let person = { ...me };
const kinds: Record<string, string> = { count: 'integer', total: 'money' };

const tell = (event: string, data: object) => streams.forEach((stream) => stream.write(
  `event: ${event}\nid: 1.${cursor += 1}\ndata: ${JSON.stringify(data)}\n\n`));

class Refused extends Error {
  readonly status: number;
  readonly document: object;
  constructor(status: number, code: string, detail: string, extra: object = {}) {
    super(detail);
    this.status = status;
    this.document = { title: detail, status, code, detail, request_id: '7F3K-20Q9', ...extra };
  }
}

function judge(object: string, row: Row, locale: string) {
  const app = applicationIn(locale) as unknown as {
    objects: { name: string; fields: { name: string; label: string; required: boolean }[];
      rules: { name: string; when: string; effect: string; field: string; message: string }[] }[] };
  const shape = app.objects.find(({ name }) => name === object);
  const problems: { at: string; rule: string; message: string }[] = [];
  const required = new Set<string>();
  const hidden = new Set<string>();
  const read = (path: string) => valueAt(object, row, path);
  const empty = (name: string) => ['', null, undefined].includes(row[name] as string);
  for (const rule of shape?.rules ?? []) {
    if (!readFormula(rule.when, today, me.id)(read)) continue;
    if (rule.effect === 'require') required.add(rule.field);
    if (rule.effect === 'hide') hidden.add(rule.field);
    if (rule.effect === 'reject') {
      problems.push({ at: rule.field, rule: rule.name, message: rule.message });
    }
    if (rule.effect === 'require' && empty(rule.field)) {
      problems.push({ at: rule.field, rule: rule.name, message: rule.message });
    }
  }
  for (const field of shape?.fields ?? []) {
    if (!field.required || !empty(field.name)) continue;
    problems.push({ at: field.name, rule: 'required',
      message: locale === 'zh-CN' ? `${field.label}不能为空` : `${field.label} is required` });
  }
  return { problems, warnings: [], hidden: [...hidden], required: [...required], cleared: [],
    fields: { weighted: valueAt(object, row, 'weighted') } };
}

function save(object: string, row: Row, set: Record<string, unknown>, version: number | null,
  locale: string): Row {
  const changed = Object.keys(set).filter((name) => row[name] !== set[name]);
  if (version !== null && version < row.version) {
    const since = (history[`${object}/${row.id}`] ?? []).filter((entry) =>
      (entry['version'] as number) > version).flatMap((entry) =>
      (entry['changes'] as { field: string }[]).map(({ field }) => field));
    const clash = changed.filter((name) => since.includes(name));
    if (clash.length) {
      throw new Refused(409, 'conflict', 'changed meanwhile', {
        current: show(object, row, []), fields: [...new Set(since)] });
    }
  }
  const next = { ...row, ...set };
  const { problems } = judge(object, next, locale);
  if (problems.length) throw new Refused(422, 'invalid', 'refused by rules', { problems });
  const changes = changed.map((field) => ({ field, old: row[field] ?? null, new: set[field] }));
  Object.assign(row, next, {
    version: row.version + 1, updated_at: new Date().toISOString(), updated_by: me.id });
  note(object, row.id, 'update', row.version, me.id, changes);
  tell('change', { object, id: row.id, version: row.version, kind: 'update', fields: changed });
  return row;
}

function make(object: string, set: Record<string, unknown>, locale: string): Row {
  const at = new Date().toISOString();
  const row = { id: `N${Date.now()}${Math.floor(Math.random() * 99)}`, version: 1, created_at: at,
    created_by: me.id, updated_at: at, updated_by: me.id, ...set } as Row;
  const { problems } = judge(object, row, locale);
  if (problems.length) throw new Refused(422, 'invalid', 'refused by rules', { problems });
  tables[object]?.set(row.id, row);
  note(object, row.id, 'create', 1, me.id, []);
  tell('change', { object, id: row.id, version: 1, kind: 'create', fields: Object.keys(set) });
  return row;
}

function remove(object: string, id: string) {
  if (!tables[object]?.delete(id)) throw new Refused(404, 'not_found', 'not found');
  tell('change', { object, id, version: 0, kind: 'delete', fields: [] });
}

type Body = Record<string, never> & { fields?: Record<string, unknown>; id?: string };

function records(method: string, parts: string[], query: URLSearchParams, body: Body,
  version: number | null, locale: string): [number, unknown] {
  const [object = '', id, more] = parts;
  const fields = (query.get('fields') ?? '').split(',').filter(Boolean);
  if (!objectOf(object)) throw new Refused(404, 'not_found', 'no such object');
  if (id === 'check') {
    const row = { ...tables[object]?.get(body.id ?? ''), ...body.fields } as Row;
    return [200, judge(object, row, locale)];
  }
  if (id === 'batch') {
    const commands = (body as unknown as { commands: Record<string, unknown>[] }).commands;
    return [200, { results: commands.map((command) => {
      try {
        if (command['delete']) remove(object, String(command['delete']));
        else {
          const row = tables[object]?.get(String(command['update']));
          if (!row) throw new Refused(404, 'not_found', 'not found');
          save(object, row, command['set'] as Record<string, unknown>, null, locale);
        }
        return { status: 200 };
      } catch (error) {
        return { status: (error as Refused).status, error: (error as Refused).document };
      }
    }) }];
  }
  if (!id && method === 'POST') return [201, show(object, make(object, body, locale), [])];
  if (!id) {
    const rows = select(object, query.get('filter'), query.get('q'),
      (query.get('sort') ?? '').split(','));
    const start = Number(query.get('after') ?? 0);
    const end = start + Number(query.get('limit') ?? 50);
    return [200, { records: rows.slice(start, end).map((row) => show(object, row, fields)),
      next: end < rows.length ? String(end) : null,
      ...(query.get('count') === 'none' ? {} : { count: rows.length }) }];
  }
  const row = tables[object]?.get(id);
  if (!row) throw new Refused(404, 'not_found', 'not found');
  if (more === 'history') return [200, { entries: history[`${object}/${id}`] ?? [], next: null }];
  if (method === 'DELETE') {
    remove(object, id);
    return [204, null];
  }
  if (method === 'PATCH') return [200, show(object, save(object, row, body, version, locale), [])];
  return [200, show(object, row, fields)];
}

function answer(method: string, path: string, query: URLSearchParams, body: Body,
  version: number | null): [number, unknown] {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  const locale = query.get('locale') ?? person.locale;
  const app = applicationIn(locale) as unknown as {
    label: string; locales: string[]; reports: { name: string; object: string;
      group: { name: string; label: string; type: string }[]; measures: object[] }[] };
  if (path === '/session/options') {
    return [200, { application: app.label, locales: app.locales, demo: true }];
  }
  if (path === '/session' && method === 'POST') {
    const given = body as unknown as { password: string };
    if (given.password === 'wrong') throw new Refused(401, 'unauthenticated', 'wrong');
    signedIn = true;
    return [200, person];
  }
  if (path === '/session') {
    signedIn = false;
    return [204, null];
  }
  if (!signedIn) throw new Refused(401, 'unauthenticated', 'sign in first');
  if (path === '/me' && method === 'PATCH') person = { ...person, ...body };
  if (path === '/me') return [200, person];
  if (path === '/app') return [200, app];
  if (parts[0] === 'records') return records(method, parts.slice(1), query, body, version, locale);
  if (path === '/query') {
    const asked = body as unknown as { object: string; filter?: string; group?: string[];
      measures: { name: string; of: string; field?: string }[] };
    const group = asked.group ?? [];
    const names = [...group, ...asked.measures.map(({ name }) => name)];
    return [200, { columns: names.map((name) => ({ name, label: name, type: 'number' })),
      ...aggregate(asked.object, asked.filter ?? null, group, asked.measures) }];
  }
  if (parts[0] === 'reports') {
    const report = app.reports.find(({ name }) => name === parts[1]);
    if (!report) throw new Refused(404, 'not_found', 'no such report');
    const measures = report.measures as { name: string; label: string; type: string }[];
    const groups = report.group.map(({ name }) => name);
    const asked = measures.map(({ name }) => (name === 'count' ? { name, of: 'count' }
      : { name, of: 'sum', field: 'amount' }));
    const reply = aggregate(report.object, query.get('filter'), groups, asked);
    const order = ['intake', 'survey', 'offer', 'build', 'done', 'dropped'];
    const rank = (row: unknown[]) => (order.includes(String(row[0])) ? order.indexOf(String(row[0]))
      : String(row[0]));
    const sorted = reply.rows.map((row, index) => ({ row, drill: reply.drill[index] }))
      .sort((a, b) => (rank(a.row) < rank(b.row) ? -1 : 1));
    return [200, { ...reply, rows: sorted.map(({ row }) => row),
      drill: sorted.map(({ drill }) => drill), report,
      columns: [...report.group, ...measures].map((column) => ({
        currency: 'CNY', ...column, type: kinds[column.name] ?? column.type })) }];
  }
  throw new Refused(404, 'not_found', 'no such address');
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) as Body : {} as Body;
}

export function mockApi(): Plugin {
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://here');
    if (url.pathname === '/stream') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('event: hello\nid: 1.0\ndata: {}\n\n');
      streams.add(response);
      request.on('close', () => streams.delete(response));
      return;
    }
    let status = 200;
    let reply: unknown;
    try {
      const match = /"(\d+)"/.exec(String(request.headers['if-match'] ?? ''));
      const body = request.method === 'GET' ? {} as Body : await bodyOf(request);
      [status, reply] = answer(request.method ?? 'GET', url.pathname, url.searchParams, body,
        match ? Number(match[1]) : null);
    } catch (error) {
      status = error instanceof Refused ? error.status : 500;
      reply = error instanceof Refused ? error.document
        : { code: 'fault', detail: String(error), request_id: '7F3K-20Q9' };
    }
    response.writeHead(status, { 'Content-Type': 'application/json', 'Tenon-Application': '7' });
    response.end(status === 204 ? '' : JSON.stringify(reply));
  };
  const use = (middlewares: { use: (path: string, handler: typeof handle) => void }) => {
    middlewares.use('/api/v1', handle);
  };
  return {
    name: 'tenon-mock-api',
    configureServer: ({ middlewares }) => use(middlewares),
    configurePreviewServer: ({ middlewares }) => use(middlewares),
  };
}
