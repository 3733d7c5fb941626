// The log of declarations: its events in the order of time, and who looks at each round of a case.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** What each activity of the log is to the flow: who does what at which node. */
export const acts = {
  'Declaration SAVED by EMPLOYEE': { as: 'employee', act: 'save' },
  'Declaration SUBMITTED by EMPLOYEE': { as: 'employee', act: 'submit' },
  'Declaration REJECTED by EMPLOYEE': { as: 'employee', act: 'take_back' },
  'Declaration APPROVED by ADMINISTRATION': approve('administration'),
  'Declaration REJECTED by ADMINISTRATION': reject('administration'),
  'Declaration APPROVED by BUDGET OWNER': approve('budget_owner'),
  'Declaration REJECTED by BUDGET OWNER': reject('budget_owner'),
  'Declaration APPROVED by PRE_APPROVER': approve('pre_approver'),
  'Declaration REJECTED by PRE_APPROVER': reject('pre_approver'),
  'Declaration FINAL_APPROVED by SUPERVISOR': approve('supervisor'),
  'Declaration REJECTED by SUPERVISOR': reject('supervisor'),
  // The system rejects what it was to pay, or to ask payment for.
  'Declaration REJECTED by MISSING': { as: 'payments', act: 'reject', at: ['request_payment', 'pay'] },
  'Request Payment': { as: 'payments', act: 'approve', at: ['request_payment'] },
  'Payment Handled': { as: 'payments', act: 'approve', at: ['pay'] },
};

function approve(who) {
  return { as: who, act: 'approve', at: [who] };
}
function reject(who) {
  return { as: who, act: 'reject', at: [who] };
}

const optional = ['administration', 'budget_owner', 'pre_approver'];

/** Rows of a CSV file without quotes, by header. */
function rowsOf(text) {
  const [head, ...lines] = text.trimEnd().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, place) => [name, cells[place]]));
  });
}

/** Every event, oldest first; a submission has the route of its round, all that the log is asked. */
export function readLog(file) {
  const cases = new Map();
  for (const row of rowsOf(gunzipSync(readFileSync(file)).toString('utf8'))) {
    const event = { declaration: row.case_id, activity: row.activity, time: row.timestamp,
      ms: Date.parse(row.timestamp), amount: Number(row['(case)_Amount']).toFixed(2),
      budget: row['(case)_BudgetNumber'], ...acts[row.activity] };
    if (!event.act) throw new Error(`The log has an activity that nobody knows: ${row.activity}`);
    if (!cases.has(row.case_id)) cases.set(row.case_id, []);
    cases.get(row.case_id).push(event);
  }
  const events = [];
  for (const round of cases.values()) {
    let submission = null;
    for (const event of round) {
      events.push(event);
      if (event.act === 'submit') {
        submission = event;
        event.route = [];
      } else if (submission && optional.includes(event.as) && !submission.route.includes(event.as)) {
        submission.route.push(event.as);
      }
    }
  }
  // Stable: events of one case stay in the order of the log.
  return events.sort((one, other) => one.ms - other.ms);
}
