// Stands before a real server and answers for its flows, by the interface of tasks and runs, where
// the server itself does not yet. Everything else goes through. Steps of people follow each other,
// each asks all who have its role, or any of them; nothing is kept.
import { readFileSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { join } from 'node:path';
import { root } from './server.mjs';

const minute = 60_000;
const iso = (at) => (at === null ? null : new Date(at).toISOString());
const refuse = (status, code, detail, rest = {}) => Object.assign(new Error(detail), {
  status, body: { status, code, title: detail, detail, ...rest } });

/** @param people with their names: `[{ id, login, name, role }]` */
export function fakeFlows({ bundle, name, people, read, write }) {
  const flow = JSON.parse(readFileSync(join(root, bundle, `flows/${name}.json`), 'utf8'));
  const runs = new Map();
  const answered = new Map();
  let made = 0;
  const known = (id) => people.find((one) => one.id === id);
  const person = (id) => (id ? { id, name: known(id)?.name ?? null } : null);
  const label = (node, locale) => flow.nodes[node]?.label?.[locale]
    ?? flow.nodes[node]?.label?.en ?? node;
  const order = [];
  for (let at = flow.start; at; at = flow.nodes[at].next) order.push(at);
  const peopleOf = (node) => people.filter(({ role }) =>
    (flow.nodes[node].approvers ?? flow.nodes[node].to).some((source) => source.role === role));
  const hours = (node) => Number(/PT(\d+)H/.exec(flow.nodes[node]?.due?.after ?? '')?.[1] ?? 0);

  const note = (run, what, more = {}) => run.history.push({
    n: run.history.length + 1, at: Date.now(), what, node: null, seat: null, actor: null,
    behalf_of: null, other: null, reason: null, comment: null, ...more });
  const sit = (run, node, holder, more = {}) => {
    const now = Date.now();
    const seat = {
      task: `${run.id}-${run.seats.length}`, node, order: run.seats.length, position: 'own',
      holder, helper: null, actor: null, state: 'open', opened_at: now, decided_at: null,
      due_at: hours(node) ? now + hours(node) * 60 * minute : null, comment: null,
      is_superseded: false, parent: null, ...more };
    run.seats.push(seat);
    return seat;
  };
  const enter = (run, node) => {
    run.at = node;
    run.since = Date.now();
    if (!node) {
      run.state = 'finished';
      run.result = 'approved';
      run.finished_at = Date.now();
      note(run, 'finished');
      return;
    }
    run.visits[node] = (run.visits[node] ?? 0) + 1;
    note(run, 'entered', { node });
    if (flow.nodes[node].kind !== 'approve') {
      run.copies.push(...peopleOf(node).map(({ id }) => id));
      note(run, 'copied', { node });
      enter(run, flow.nodes[node].next ?? null);
      return;
    }
    for (const one of peopleOf(node)) sit(run, node, one.id);
  };
  const close = (run, state) => {
    for (const seat of run.seats) if (['open', 'waiting'].includes(seat.state)) seat.state = state;
  };
  const settle = (run) => {
    const own = run.seats.filter((seat) => seat.node === run.at && !seat.is_superseded
      && !['removed', 'cancelled'].includes(seat.state));
    for (const seat of own) {
      const before = own.filter((one) => one.parent === seat.task && one.position === 'before');
      if (seat.state === 'waiting' && before.every(({ state }) => state === 'approved')) {
        seat.state = 'open';
      }
    }
    const any = flow.nodes[run.at]?.voting?.mode === 'any';
    const done = own.filter(({ state }) => state === 'approved');
    const added = own.filter(({ position }) => position !== 'own');
    const through = any ? done.some(({ position }) => position === 'own')
      && added.every(({ state }) => state === 'approved') : done.length === own.length;
    if (own.some(({ state }) => state === 'rejected')) {
      close(run, 'cancelled');
      run.state = 'finished';
      run.result = 'rejected';
      run.finished_at = Date.now();
      note(run, 'finished');
    } else if (through) {
      close(run, 'cancelled');
      enter(run, flow.nodes[run.at].next ?? null);
    }
  };

  const seatOf = (id) => {
    const run = runs.get(id.slice(0, id.lastIndexOf('-')));
    const seat = run?.seats.find(({ task }) => task === id);
    if (!seat) throw refuse(404, 'not_found', 'There is no such task.');
    return { run, seat };
  };
  const keeper = (seat) => seat.helper ?? seat.holder;
  const decide = (run, seat, me, state, comment) => {
    if (seat.state !== 'open' || run.state !== 'running') {
      throw refuse(409, 'conflict', `${person(seat.actor)?.name ?? 'Somebody'} decided this.`, {
        decided_by: person(seat.actor ?? me.id), decided_at: iso(seat.decided_at ?? Date.now()) });
    }
    Object.assign(seat, { state, actor: me.id, decided_at: Date.now(), comment });
    note(run, state, { node: seat.node, seat: seat.task, actor: me.id, comment });
  };

  // What people do; each answers nothing, or throws.
  const acts = {
    async approve(run, seat, me, body) {
      if (Object.keys(body.form ?? {}).length) await write(run.record, body.form);
      decide(run, seat, me, 'approved', body.comment);
      settle(run);
    },
    async complete(run, seat, me, body) {
      if (Object.keys(body.form ?? {}).length) await write(run.record, body.form);
      decide(run, seat, me, 'done', body.comment);
      enter(run, run.resume ?? flow.start);
      run.resume = null;
    },
    reject(run, seat, me, body) {
      if (flow.nodes[seat.node].comment_required && !body.comment) {
        throw refuse(422, 'invalid', 'A reject needs a comment.', {
          problems: [{ at: 'comment', rule: 'required', message: 'A reject needs a comment.' }] });
      }
      decide(run, seat, me, 'rejected', body.comment);
      settle(run);
    },
    return(run, seat, me, body) {
      decide(run, seat, me, 'returned', body.comment);
      close(run, 'cancelled');
      const from = body.node === '$start' ? 0 : order.indexOf(body.node);
      for (const one of run.seats) {
        if (order.indexOf(one.node) >= from) one.is_superseded ||= one.actor !== null;
      }
      run.resume = body.direct ? seat.node : null;
      if (body.node === '$start') {
        run.at = '$start';
        sit(run, '$start', run.initiator);
      } else enter(run, body.node);
    },
    transfer(run, seat, me, body) {
      if (run.seats.some((one) => one.node === seat.node && one.state === 'open'
        && one.holder === body.to)) {
        throw refuse(422, 'invalid', 'This person has a seat here already.');
      }
      seat.holder = body.to;
      note(run, 'transferred', { node: seat.node, seat: seat.task, actor: me.id, other: body.to,
        comment: body.comment });
    },
    delegate(run, seat, me, body) {
      seat.helper = body.to;
      note(run, 'lent', { node: seat.node, seat: seat.task, actor: me.id, other: body.to,
        comment: body.comment });
    },
    answer(run, seat, me, body) {
      seat.helper = null;
      note(run, 'answered', { node: seat.node, seat: seat.task, actor: me.id,
        comment: body.comment });
    },
    add_sign(run, seat, me, body) {
      for (const id of body.people) {
        sit(run, seat.node, id, { position: body.position, parent: seat.task, added_by: me.id });
        note(run, 'added', { node: seat.node, actor: me.id, other: id, comment: body.comment });
      }
      if (body.position === 'before') seat.state = 'waiting';
    },
    remove_sign(run, seat, me, body) {
      const { seat: gone } = seatOf(body.seat);
      gone.state = 'removed';
      note(run, 'removed', { node: seat.node, actor: me.id, other: gone.holder });
      settle(run);
    },
    take_back(run, seat, me) {
      run.seats = run.seats.filter((one) => one.opened_at <= seat.decided_at || one === seat);
      run.at = seat.node;
      Object.assign(seat, { state: 'open', actor: null, decided_at: null });
      note(run, 'taken_back', { node: seat.node, seat: seat.task, actor: me.id });
    },
    urge(run, seat, me, body) {
      note(run, 'urged', { node: seat.node, actor: me.id, comment: body.comment });
    },
  };
  const runActs = {
    comment: (run, me, body) => note(run, 'commented', { actor: me.id, comment: body.comment }),
    urge: (run, me, body) => note(run, 'urged', { actor: me.id, comment: body.comment }),
    suspend(run, me) {
      run.state = 'suspended';
      note(run, 'suspended', { actor: me.id });
    },
    resume(run, me) {
      run.state = 'running';
      note(run, 'resumed', { actor: me.id });
    },
    withdraw(run, me) {
      close(run, 'cancelled');
      Object.assign(run, { state: 'finished', result: 'withdrawn', finished_at: Date.now() });
      note(run, 'finished', { actor: me.id });
    },
    void(run, me) {
      close(run, 'cancelled');
      Object.assign(run, { state: 'finished', result: 'voided', finished_at: Date.now() });
      note(run, 'finished', { actor: me.id });
    },
    reassign(run, me, body) {
      for (const seat of run.seats) if (body.seats.includes(seat.task)) seat.holder = body.to;
    },
  };

  const stops = (from, locale) => order.slice(from).map((node) => ({
    node, label: label(node, locale), kind: flow.nodes[node].kind, incident: null, need: null,
    people: peopleOf(node).map(({ id, name: called }) => ({ id, name: called, behalf_of: null })),
    mode: flow.nodes[node].kind === 'approve' ? flow.nodes[node].voting?.mode ?? 'all' : null,
    due_at: hours(node) ? iso(Date.now() + hours(node) * 60 * minute) : null }));
  const flowName = (locale) => ({ name: flow.name, label: flow.label[locale] ?? flow.label.en });
  const isAdmin = (me) => me.login === 'admin';
  const runJson = (run, me, locale) => ({
    id: run.id, flow: { ...flowName(locale), kind: flow.kind, version: 1 }, record: run.recordName,
    initiator: person(run.initiator), state: run.state, result: run.result || null,
    started_at: iso(run.started_at), finished_at: iso(run.finished_at), suspended_at: null,
    can: [...(run.state === 'running' && me.id === run.initiator
      && !run.seats.some(({ actor }) => actor) ? ['withdraw'] : []),
    ...(run.state === 'running' ? ['comment', 'urge'] : []),
    ...(isAdmin(me) && run.state === 'running' ? ['suspend', 'void', 'reassign', 'jump'] : []),
    ...(isAdmin(me) && run.state === 'suspended' ? ['resume', 'void'] : [])],
    graph: { start: flow.start, nodes: order.map((node) => ({
      id: node, label: label(node, locale), kind: flow.nodes[node].kind, region: 0,
      next: [{ port: 'next', label: '', to: flow.nodes[node].next ?? null }] })) },
    tokens: run.state === 'finished' || !run.at ? [] : [{ id: 1, node: run.at, state: 'people',
      since: iso(run.since), incident: null }],
    seats: run.seats.map((seat) => ({
      task: seat.task, node: seat.node, order: seat.order, position: seat.position,
      holder: person(seat.holder), behalf_of: null, helper: person(seat.helper),
      actor: person(seat.actor), state: seat.state, opened_at: iso(seat.opened_at),
      due_at: iso(seat.due_at), decided_at: iso(seat.decided_at), comment: seat.comment,
      is_superseded: seat.is_superseded, elapsed_working_ms: null,
      elapsed_ms: (seat.decided_at ?? Date.now()) - seat.opened_at })),
    history: run.history.map((entry) => ({
      ...entry, at: iso(entry.at), actor: person(entry.actor), other: person(entry.other),
      node_label: entry.node === '$start' ? null : entry.node && label(entry.node, locale) })),
    next: run.state === 'finished' ? [] : stops(order.indexOf(run.at) + 1, locale),
    times: Object.entries(run.visits).map(([node, visits]) => ({ node, visits,
      total_ms: run.seats.filter((seat) => seat.node === node).reduce((most, seat) =>
        Math.max(most, (seat.decided_at ?? Date.now()) - seat.opened_at), 0) })),
  });
  const itemJson = (run, seat, locale) => ({
    id: seat.task, run: run.id, flow: flowName(locale), record: run.recordName,
    node: { id: seat.node, label: seat.node === '$start' ? '' : label(seat.node, locale),
      kind: seat.node === '$start' ? 'start' : flow.nodes[seat.node].kind },
    initiator: person(run.initiator), state: seat.state, holder: person(seat.holder),
    behalf_of: null, helper: person(seat.helper), opened_at: iso(seat.opened_at),
    due_at: iso(seat.due_at), is_overdue: seat.state === 'open' && seat.due_at !== null
      && seat.due_at < Date.now(),
    decided_at: iso(seat.decided_at), comment: seat.comment, facts: run.facts[locale] });
  const canOf = (run, seat, me) => {
    if (run.state !== 'running') return [];
    if (keeper(seat) !== me.id || seat.state !== 'open') {
      const mayBack = seat.actor === me.id && seat.state === 'approved'
        && !run.seats.some((one) => one.decided_at > seat.decided_at);
      return [...(mayBack ? ['take_back'] : []), 'comment'];
    }
    if (seat.helper) return ['answer', 'comment'];
    if (seat.node === '$start') return ['complete', 'comment'];
    const adds = run.seats.some((one) => one.parent === seat.task && one.state === 'open');
    return ['approve', 'reject', 'return', 'transfer', 'delegate', 'add_before', 'add_after',
      'add_parallel', ...(adds ? ['remove_sign'] : []), 'comment'];
  };
  const taskJson = (run, seat, me, locale) => ({
    ...itemJson(run, seat, locale), can: canOf(run, seat, me), run: runJson(run, me, locale),
    ...(seat.node === '$start' || keeper(seat) !== me.id ? {} : { fields: {
      ...Object.fromEntries(['title', 'amount', 'supplier', 'needed_on', 'share', 'reason', 'term',
        'reserve', 'items'].map((field) => [field, 'read'])),
      ...flow.nodes[seat.node].fields } }),
    comment_required: flow.nodes[seat.node]?.comment_required ?? false,
    return_targets: ['$start', ...order.filter((node) => run.visits[node]
      && flow.nodes[node].kind === 'approve' && node !== seat.node)]
      .map((node) => ({ node, label: node === '$start' ? '' : label(node, locale) })),
    removable: run.seats.filter((one) => one.parent === seat.task && one.state === 'open')
      .map((one) => ({ seat: one.task, person: person(one.holder) })) });
  const runItem = (run, locale) => ({
    run: run.id, id: run.id, flow: flowName(locale), record: run.recordName, state: run.state,
    initiator: person(run.initiator), result: run.result || null, started_at: iso(run.started_at),
    finished_at: iso(run.finished_at), is_read: true,
    at: run.state === 'finished' ? [] : [{ node: run.at, since: iso(run.since),
      label: run.at === '$start' ? '' : label(run.at, locale),
      people: run.seats.filter(({ state }) => state === 'open')
        .map((seat) => person(keeper(seat))) }] });

  const list = (me, query, locale) => {
    const all = [...runs.values()];
    const seats = all.flatMap((run) => run.seats.map((seat) => ({ run, seat })));
    const open = seats.filter(({ run, seat }) => seat.state === 'open' && run.state === 'running'
      && keeper(seat) === me.id);
    const lists = {
      todo: () => open.toSorted((a, b) => (a.seat.due_at ?? Infinity) - (b.seat.due_at ?? Infinity))
        .map(({ run, seat }) => itemJson(run, seat, locale)),
      done: () => seats.filter(({ seat }) => seat.actor === me.id)
        .map(({ run, seat }) => itemJson(run, seat, locale)),
      mine: () => all.filter(({ initiator }) => initiator === me.id)
        .map((run) => runItem(run, locale)),
      cc: () => all.filter(({ copies }) => copies.includes(me.id))
        .map((run) => runItem(run, locale)),
    };
    const words = query.get('q') ?? '';
    const tasks = lists[query.get('box')]().filter(({ record }) => record.title.includes(words));
    return { tasks: tasks.slice(0, Number(query.get('limit'))), next: null, counts: {
      todo: open.length, overdue: open.filter(({ seat }) => seat.due_at < Date.now()).length } };
  };
  const start = async (me, body, locale) => {
    const going = [...runs.values()].find((run) => run.record === body.record
      && run.state !== 'finished');
    if (going) throw refuse(409, 'conflict', 'It is being decided already.');
    made += 1;
    const { name: recordName, facts } = await read(body.record);
    const run = { id: `RUN${String(made).padStart(10, '0')}`, record: body.record, recordName, facts,
      initiator: me.id, state: 'running', result: '', started_at: Date.now(), finished_at: null,
      seats: [], history: [], visits: {}, copies: [], at: null, since: null, resume: null };
    runs.set(run.id, run);
    note(run, 'began', { actor: me.id, comment: body.comment || null });
    enter(run, flow.start);
    return runJson(run, me, locale);
  };

  /** The answer, or undefined: that is the server's own. */
  return async ({ method, path, query, body, me, key }) => {
    const locale = me?.locale ?? 'en';
    const [room, id, verb, more] = path.slice(1).split('/').map(decodeURIComponent);
    const once = async (run) => {
      const kept = key && answered.get(`${path} ${key}`);
      if (kept) return kept;
      const reply = await run();
      if (key) answered.set(`${path} ${key}`, reply);
      return reply;
    };
    if (room === 'flows' && verb === 'preview') {
      return { stops: stops(0, locale), result: 'none' };
    }
    if (room === 'flows' && verb === 'start') {
      return { $status: 201, ...await once(() => start(me, body, locale)) };
    }
    if (room === 'tasks' && !id) return list(me, query, locale);
    if (room === 'tasks' && id === 'batch') {
      const results = [];
      for (const one of body.tasks) {
        try {
          const { run, seat } = seatOf(one);
          await acts[body.act](run, seat, me, body);
          results.push({ id: one, ok: true, problem: null });
        } catch (error) {
          results.push({ id: one, ok: false, problem: error.body ?? { detail: String(error) } });
        }
      }
      return { results };
    }
    if (room === 'tasks') {
      const { run, seat } = seatOf(id);
      if (method === 'GET') return taskJson(run, seat, me, locale);
      return once(async () => {
        await acts[verb](run, seat, me, body);
        return taskJson(run, seat, me, locale);
      });
    }
    if (room === 'runs') {
      const run = runs.get(id);
      if (!run) throw refuse(404, 'not_found', 'There is no such run.');
      if (method === 'POST') runActs[verb](run, me, body);
      return runJson(run, me, locale);
    }
    if (room === 'records' && more === 'runs') {
      const own = [...runs.values()].filter((run) => run.record === verb);
      const going = own.find((run) => run.state !== 'finished');
      return { runs: own.map((run) => runItem(run, locale)),
        lock: going ? { run: going.id, fields: null } : null };
    }
    return undefined;
  };
}

const bodyOf = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
};

/** Listens before `base`; answers where. */
export async function startFake({ base, people: signIns, bundle = 'tests/e2e/approvals' }) {
  const through = (method, path, headers, body) => new Promise((done, fail) => {
    const out = ask(new URL(path, base), { method, headers }, done);
    out.once('error', fail);
    out.end(body);
  });
  const json = async (method, path, cookie, body) => {
    const reply = await through(method, path, { cookie, 'origin': base,
      'content-type': 'application/json' }, body && JSON.stringify(body));
    return JSON.parse(String(await bodyOf(reply)));
  };
  const signIn = async ({ login, password }) => {
    const reply = await through('POST', '/api/v1/session', { 'origin': base,
      'content-type': 'application/json' }, JSON.stringify({ login, password }));
    await bodyOf(reply);
    return reply.headers['set-cookie'][0].split(';')[0];
  };
  const admin = await signIn(signIns.find(({ role }) => role === 'admin'));
  const { records } = await json('GET', '/api/v1/records/user?limit=100&fields=name,login', admin);
  const people = records.map((one) => ({
    ...one, role: signIns.find(({ login }) => login === one.login)?.role }));
  const apps = Object.fromEntries(await Promise.all(['en', 'zh-CN'].map(async (locale) =>
    [locale, await json('GET', `/api/v1/app?locale=${locale}`, admin)])));
  const object = 'spending';
  const flows = fakeFlows({
    bundle, name: 'spend', people,
    read: async (id) => {
      const record = await json('GET', `/api/v1/records/${object}/${id}`, admin);
      const facts = Object.fromEntries(Object.entries(apps).map(([locale, app]) => {
        const { fields } = app.objects.find(({ name }) => name === object);
        return [locale, ['amount', 'term', 'supplier', 'needed_on'].map((field) => ({
          field, label: fields.find(({ name }) => name === field).label, value: record[field] }))];
      }));
      return { name: { object, id, title: record.title }, facts };
    },
    write: (id, set) => json('PATCH', `/api/v1/records/${object}/${id}`, admin, set),
  });
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, base);
    const path = url.pathname.replace('/api/v1', '');
    const body = await bodyOf(request);
    const headers = { ...request.headers, host: new URL(base).host };
    if (headers.origin) headers.origin = base;
    try {
      const ours = /^\/(tasks|runs|flows)(\/|$)|^\/records\/[^/]+\/[^/]+\/runs$/.test(path)
        && url.pathname.startsWith('/api/v1');
      const me = ours && await json('GET', '/api/v1/me', headers.cookie);
      const answer = ours ? await flows({ method: request.method, path, query: url.searchParams, me,
        body: body.length ? JSON.parse(String(body)) : {},
        key: headers['idempotency-key'] ?? (body.length && JSON.parse(String(body)).request_id) })
        : undefined;
      if (answer !== undefined) {
        const { $status: status = 200, ...rest } = answer;
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(rest));
        return;
      }
      delete headers['accept-encoding'];
      const reply = await through(request.method, request.url, headers, body);
      if (path === '/app' && reply.statusCode === 200) {
        const app = JSON.parse(String(await bodyOf(reply)));
        const mine = app.objects.find(({ name }) => name === object);
        const label = app.locale === 'en' ? 'Spending approval' : '支出审批';
        if (mine?.may.create) {
          mine.flows = [{ name: 'spend', label, kind: 'approval', object, submit: true,
            buttons: [], chooses: [] }];
        }
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(app));
        return;
      }
      response.writeHead(reply.statusCode, reply.headers);
      reply.pipe(response);
      request.once('close', () => response.writableEnded || reply.destroy());
    } catch (error) {
      response.writeHead(error.status ?? 500, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify(error.body ?? { status: 500, detail: String(error.stack) }));
    }
  });
  await new Promise((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((done) => {
      server.closeAllConnections();
      server.close(done);
    }),
  };
}
