// Replays a log of 10,357 declarations through one flow, over HTTP and on the virtual clock.
//
//   node replay.mjs [COUNT]      only the first COUNT cases; left out: all
//
// Each event of the log is what a person does now: refused, or carried out. Of the log only the
// route of each round is handed to the flow; who is asked next is the flow's own doing.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { program, root, serve } from '../../e2e/server.mjs';
import { signIn } from './client.mjs';
import { expectedOf } from './expected.mjs';
import { readLog } from './log.mjs';

const data = process.env.TENON_SHARED_DATA ?? join(root, '../shared/data');
const file = join(data, 'process/domestic_declarations.csv.gz');
if (!existsSync(file)) {
  console.log(`skipped: there is no ${file}; TENON_SHARED_DATA says where the shared data are`);
  process.exit(77);
}

const most = Number(process.argv[2] ?? Infinity);
const log = readLog(file);
const chosen = new Set([...new Set(log.map((event) => event.declaration))].slice(0, most));
const events = log.filter((event) => chosen.has(event.declaration));

const roles = ['employee', 'administration', 'budget_owner', 'pre_approver', 'supervisor', 'payments'];
const { base, data: folder, stop } = await serve('examples/declarations',
  ['--clock', `virtual@${events[0].time}`]);

/** Somebody new, signed in. */
async function person(login, role) {
  const said = execFileSync(program, ['user', 'add', login, '--role', role, '--data', folder],
    { encoding: 'utf8' });
  const [, password] = /password (\S+)/.exec(said);
  return signIn(base, login, password);
}

const people = {};
for (const role of roles) people[role] = await person(role, role);
const admin = await person('keeper', 'admin');

/** By declaration: its record, and its newest run with who is asked now, as last answered. */
const known = new Map();
const refused = [];

function refuse(event, reason) {
  refused.push({ declaration: event.declaration, activity: event.activity, reason });
}

/** Keeps what a reply says of the run; whether the act was carried out. */
function take(event, answer, runOf) {
  if (answer.status >= 400) {
    refuse(event, answer.body.problems?.[0]?.message ?? answer.body.detail ?? answer.body.code);
    return false;
  }
  const run = runOf(answer.body);
  known.get(event.declaration).run = run;
  return true;
}

function askedAt(event, nodes) {
  const { run } = known.get(event.declaration) ?? {};
  return run?.seats.find((seat) => seat.state === 'open' && nodes.includes(seat.node));
}

async function decide(event, seat, act, form) {
  const body = form ? { form } : {};
  const answer = await people[event.as]('POST', `/tasks/${seat.task}/${act}`, body);
  return take(event, answer, (task) => task.run);
}

async function save(event, route) {
  const answer = await people.employee('POST', '/records/declaration', {
    number: event.declaration, amount: event.amount, budget: event.budget, route });
  if (answer.status !== 201) return take(event, answer, () => null);
  known.set(event.declaration, { id: answer.body.id, run: null });
  return true;
}

const doing = {
  save: (event) => save(event, []),

  async submit(event) {
    const again = askedAt(event, ['revise']);
    if (again) return decide(event, again, 'approve', { route: event.route });
    if (known.has(event.declaration)) {
      const { id } = known.get(event.declaration);
      const answer = await people.employee('PATCH', `/records/declaration/${id}`,
        { route: event.route });
      if (answer.status >= 400) return take(event, answer, () => null);
    } else if (!await save(event, event.route)) {
      return false;
    }
    const { id } = known.get(event.declaration);
    const answer = await people.employee('POST', '/flows/approval/start', { record: id });
    return take(event, answer, (run) => run);
  },

  async take_back(event) {
    const sentBack = askedAt(event, ['revise']);
    if (sentBack) return decide(event, sentBack, 'reject');
    const { run } = known.get(event.declaration) ?? {};
    if (!run) return refuse(event, 'it was never submitted');
    const answer = await people.employee('POST', `/runs/${run.id}/withdraw`, {});
    return take(event, answer, (now) => now);
  },

  approve: (event) => atSeat(event, 'approve'),
  reject: (event) => atSeat(event, 'reject'),
};

async function atSeat(event, act) {
  const seat = askedAt(event, event.at);
  if (seat) return decide(event, seat, act);
  // The server knows it, too: nothing of this declaration waits for this person.
  if (!known.has(event.declaration)) return refuse(event, 'it was never saved');
  const { id, run } = known.get(event.declaration);
  const answer = await people[event.as]('GET', `/records/declaration/${id}/runs`);
  const waits = answer.body.runs.flatMap((one) => one.at ?? []).map((one) => one.node);
  if (event.at.some((node) => waits.includes(node))) {
    throw new Error(`${event.declaration}: ${event.activity}: the replies do not say who is asked`);
  }
  return refuse(event, run ? `nobody is asked at ${event.at.join(' or ')}: it is at ${
    waits.join(', ') || `its end (${run.state})`}` : 'it was never submitted');
}

let accepted = 0;
let now = events[0].ms;
const began = Date.now();
try {
  for (const event of events) {
    if (event.ms > now) {
      const moved = await admin('POST', '/design/clock', { to: event.time });
      if (moved.status !== 200) throw new Error(`the clock: ${JSON.stringify(moved.body)}`);
      now = event.ms;
    }
    if (await doing[event.act](event)) accepted += 1;
  }
  const seconds = (Date.now() - began) / 1000;
  console.log(`${accepted} accepted + ${refused.length} refused = ${
    accepted + refused.length} of ${events.length} events, ${seconds.toFixed(0)} s`);
  for (const one of refused) console.log(`refused: ${one.activity}, ${one.declaration}: ${one.reason}`);

  const report = async (name) => (await people.supervisor('GET', `/reports/${name}`)).body;
  const differences = expectedOf(events, refused, {
    byState: await report('by_state'), bySubmissions: await report('by_submissions') });
  for (const one of differences) console.log(`differs: ${one}`);
  process.exitCode = differences.length ? 1 : 0;
} finally {
  await stop();
}
