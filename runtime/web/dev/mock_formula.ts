// A small reader of formula text for the mock API: enough for filters.

type Read = (path: string) => unknown;
type Node = (read: Read) => unknown;

const token =
  /\s*(?:("(?:[^"]|"")*")|(\d+(?:\.\d+)?)|([$A-Za-z_][\w.]*)|(<>|<=|>=|!=|[-+*/=<>(),]))/y;

const number = (value: unknown) => (value === null || value === undefined || value === '' ? null
  : Number(value));
const flat = (value: unknown): unknown => (value && typeof value === 'object' && 'id' in value
  ? (value as { id: string }).id : value ?? null);

export function readFormula(text: string, today: string, user: string): Node {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const found = token.exec(text);
    if (!found) throw new Error(`formula: cannot read ${text}`);
    tokens.push(found[0].trim());
  }
  let at = 0;
  const take = (wanted?: string) => {
    const next = tokens[at];
    if (wanted !== undefined && next !== wanted) throw new Error(`formula: ${wanted} in ${text}`);
    at += 1;
    return next ?? '';
  };
  const call = (name: string, args: Node[]): Node => {
    const one = (read: Read) => flat(args[0]?.(read));
    const two = (read: Read) => flat(args[1]?.(read));
    switch (name.toUpperCase()) {
      case 'AND': return (read) => args.every((arg) => arg(read));
      case 'OR': return (read) => args.some((arg) => arg(read));
      case 'NOT': return (read) => !args[0]?.(read);
      case 'ISBLANK': return (read) => one(read) === null || one(read) === '';
      case 'CONTAINS': return (read) =>
        String(one(read) ?? '').toLowerCase().includes(String(two(read)).toLowerCase());
      case 'STARTS_WITH': return (read) =>
        String(one(read) ?? '').toLowerCase().startsWith(String(two(read)).toLowerCase());
      case 'HAS': return (read) =>
        ((args[0]?.(read) as unknown[] | null) ?? []).includes(two(read));
      case 'LOWER': return (read) => String(one(read) ?? '').toLowerCase();
      case 'IN': return (read) => args.slice(1).some((arg) => flat(arg(read)) === one(read));
      case 'DATE': return (read) => args.map((arg) => String(arg(read)).padStart(2, '0')).join('-');
      default: throw new Error(`formula: no function ${name}`);
    }
  };
  const primary = (): Node => {
    const next = take();
    if (next === '(') {
      const inner = compare();
      take(')');
      return inner;
    }
    if (next.startsWith('"')) return () => next.slice(1, -1).replaceAll('""', '"');
    if (/^\d/.test(next)) return () => Number(next);
    if (next === '-') {
      const inner = primary();
      return (read) => -(number(inner(read)) ?? 0);
    }
    if (tokens[at] === '(') {
      take('(');
      const args: Node[] = [];
      while (tokens[at] !== ')') {
        args.push(compare());
        if (tokens[at] === ',') take(',');
      }
      take(')');
      return call(next, args);
    }
    if (next === '$today') return () => today;
    if (next === '$user') return () => user;
    if (/^true$/i.test(next)) return () => true;
    if (/^false$/i.test(next)) return () => false;
    if (/^null$/i.test(next)) return () => null;
    return (read) => read(next);
  };
  const sum = (): Node => {
    let left = primary();
    while (tokens[at] === '+' || tokens[at] === '-') {
      const sign = take() === '+' ? 1 : -1;
      const [a, b] = [left, primary()];
      left = (read) => {
        const value = flat(a(read));
        const by = number(flat(b(read))) ?? 0;
        if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) {
          return new Date(Date.parse(value) + sign * by * 864e5).toISOString().slice(0, 10);
        }
        return (number(value) ?? 0) + sign * by;
      };
    }
    return left;
  };
  const compare = (): Node => {
    const left = sum();
    const op = tokens[at];
    if (!op || !['=', '<>', '!=', '<', '<=', '>', '>='].includes(op)) return left;
    take();
    const right = sum();
    return (read) => {
      let a = flat(left(read));
      let b = flat(right(read));
      if (typeof a === 'number' || typeof b === 'number') [a, b] = [number(a), number(b)];
      if (op === '=') return a === b;
      if (op === '<>' || op === '!=') return a !== b;
      if (a === null || a === undefined || b === null || b === undefined) return false;
      const order = a < b ? -1 : a > b ? 1 : 0;
      if (op === '<') return order < 0;
      if (op === '<=') return order <= 0;
      return op === '>' ? order > 0 : order >= 0;
    };
  };
  const node = compare();
  if (at < tokens.length) throw new Error(`formula: left over in ${text}`);
  return node;
}
