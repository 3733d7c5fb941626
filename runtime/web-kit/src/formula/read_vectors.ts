import { readFileSync } from 'node:fs';

// For tests: the tables that the C++ engine is held to as well, from the repository's root.

const root = new URL('../../../../', import.meta.url);

interface Source { source?: string }

/** A whole number that a double does not hold stays what it says. */
function exact(_: string, value: unknown, { source = '' }: Source = {}): unknown {
  const lost = typeof value === 'number' && /^-?\d+$/.test(source) && String(value) !== source;
  return lost ? BigInt(source) : value;
}

/** A file of the repository as JSON. */
export function readTable<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, root), 'utf8'), exact) as T;
}
