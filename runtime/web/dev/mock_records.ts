import { readFormula } from './mock_formula.ts';
import { applicationIn, me, type Row, tables, today } from './mock_store.ts';

// Reading rows as the API answers them: fields, references one step on, filter, order, page.

interface MockField { name: string; type: string; to?: string; label: string; formula?: string }
interface MockObject { name: string; title_field: string; fields: MockField[] }

const english = applicationIn('en') as unknown as { objects: MockObject[] };
export const objectOf = (name: string) => english.objects.find((object) => object.name === name);
const fieldOf = (object: string, name: string) =>
  objectOf(object)?.fields.find((field) => field.name === name);

export function valueAt(object: string, row: Row | undefined, path: string): unknown {
  const [first = '', ...rest] = path.split('.');
  if (!row) return null;
  if (first === 'weighted') {
    return row['amount'] ? (Number(row['amount']) * Number(row['chance'])).toFixed(2) : null;
  }
  const value = row[first] ?? null;
  if (!rest.length) return value;
  const to = fieldOf(object, first)?.to ?? '';
  return valueAt(to, tables[to]?.get(String(value)), rest.join('.'));
}

export function show(object: string, row: Row, fields: string[]): Record<string, unknown> {
  const out: Record<string, unknown> = { id: row.id, version: row.version };
  const names = fields.length ? fields : (objectOf(object)?.fields ?? []).map(({ name }) => name);
  for (const path of names) {
    const [first = '', ...rest] = path.split('.');
    const to = fieldOf(object, first)?.to;
    if (!rest.length || !to) {
      out[first] ??= valueAt(object, row, first);
      continue;
    }
    const target = tables[to]?.get(String(row[first]));
    if (!row[first]) out[first] = null;
    else {
      const before = typeof out[first] === 'object' ? out[first] as object : {};
      const inner = target ? show(to, target, [rest.join('.')]) : {};
      out[first] = { id: row[first], ...before, ...inner, version: undefined, may: undefined };
    }
  }
  out['may'] = { update: object !== 'user', delete: object !== 'user' };
  return out;
}

export function select(
  object: string, filter: string | null, q: string | null, sort: string[],
): Row[] {
  const test = filter ? readFormula(filter, today, me.id) : () => true;
  const needle = q?.toLowerCase() ?? '';
  const rows = [...(tables[object]?.values() ?? [])].filter((row) => {
    if (needle) {
      const words = ['title', 'name', 'subject', 'number', 'client.name', 'city']
        .map((path) => String(valueAt(object, row, path) ?? '')).join(' ').toLowerCase();
      if (!words.includes(needle)) return false;
    }
    return Boolean(test((path) => valueAt(object, row, path)));
  });
  const keys = sort.filter(Boolean).map((key) => ({
    path: key.replace('-', ''), down: key.startsWith('-') }));
  const rank = (value: unknown) => (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
    ? Number(value) : value);
  return rows.sort((a, b) => {
    for (const { path, down } of keys) {
      const to = fieldOf(object, path)?.to;
      const full = to ? `${path}.${objectOf(to)?.title_field}` : path;
      const [x, y] = [rank(valueAt(object, a, full)), rank(valueAt(object, b, full))];
      if (x === y) continue;
      if (x === null) return 1;
      if (y === null) return -1;
      return (x as string) < (y as string) === down ? 1 : -1;
    }
    return a.id < b.id ? -1 : 1;
  });
}

interface Measure { name: string; of: string; field?: string }

export function aggregate(
  object: string, filter: string | null, group: string[], measures: Measure[],
) {
  const rows = select(object, filter, null, []);
  const groups = new Map<string, { key: unknown[]; rows: Row[] }>();
  if (!group.length) groups.set('', { key: [], rows });
  else {
    for (const row of rows) {
      const key = group.map((path) => (path === 'month'
        ? String(row['due_on'] ?? '').slice(0, 7) : valueAt(object, row, path)));
      const name = JSON.stringify(key);
      if (!groups.has(name)) groups.set(name, { key, rows: [] });
      groups.get(name)?.rows.push(row);
    }
  }
  const measured = (list: Row[]) => measures.map(({ of, field }) => (of === 'count' ? list.length
    : list.map((row) => Number(valueAt(object, row, field ?? '') ?? 0))
      .reduce((sum, value) => sum + value, 0).toFixed(2)));
  const drill = (key: unknown[]) => group.map((path, index) => {
    if (path !== 'month') return `${path} = "${key[index]}"`;
    const [year = 0, month = 1] = String(key[index]).split('-').map(Number);
    const next = month === 12 ? [year + 1, 1] : [year, month + 1];
    return `AND(due_on >= DATE(${year}, ${month}, 1), due_on < DATE(${next[0]}, ${next[1]}, 1))`;
  })[0] ?? null;
  const all = [...groups.values()];
  return {
    rows: all.map(({ key, rows: list }) => [...key, ...measured(list)]),
    totals: measured(rows), drill: all.map(({ key }) => drill(key)), object,
  };
}
