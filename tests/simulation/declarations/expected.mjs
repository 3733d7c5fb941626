// What the reports must say after the replay: counted from the log and from what was refused.

/** A report's rows as {key of its first group: row by column name}. */
function byFirstGroup(report) {
  const names = report.columns.map((column) => column.name);
  return new Map(report.rows.map((row) => {
    const cells = row.cells ?? row;
    const named = Object.fromEntries(names.map((name, place) => [name, cells[place]]));
    return [plain(named[names[0]]), named];
  }));
}

function plain(cell) {
  return cell !== null && typeof cell === 'object' ? cell.value ?? cell.id : cell;
}

const count = (cell) => Number(plain(cell) ?? 0);

/** Each difference in words; none where the reports are right. */
export function expectedOf(events, refused, { byState, bySubmissions }) {
  const refusedOf = (activity) => refused.filter((one) => one.activity === activity);
  const cases = Map.groupBy(events, (event) => event.declaration);
  const differences = [];
  const same = (what, wanted, got) => {
    console.log(`${what}: ${got}`);
    if (wanted !== got) differences.push(`${what}: ${got}, not ${wanted}`);
  };

  if (refused.length > 20) differences.push(`${refused.length} events were refused, more than 20`);
  const states = byFirstGroup(byState);
  const paid = events.filter((event) => event.activity === 'Payment Handled').length
    - refusedOf('Payment Handled').length;
  same('paid', paid, count(states.get('paid')?.declarations));

  const isRejection = (event) => event.act === 'reject';
  const sentBack = [...cases.values()].filter((one) => one.some(isRejection)).length;
  const told = [...states.values()].reduce((sum, row) => sum + count(row.sent_back), 0);
  same('with a rejection', sentBack, told);

  const bySubmission = byFirstGroup(bySubmissions);
  const bucket = (times) => (times >= 4 ? '4 or more' : String(times));
  const wanted = Map.groupBy([...cases.values()],
    (one) => bucket(one.filter((event) => event.act === 'submit').length));
  for (const name of ['0', '1', '2', '3', '4 or more']) {
    same(`submitted ${name} times`, wanted.get(name)?.length ?? 0,
      count(bySubmission.get(name)?.declarations));
  }
  return differences;
}
