import { expect, test } from 'vitest';
import { functions } from './functions.ts';
import { readTable } from './read_vectors.ts';

interface Registered {
  name: string;
  family: string;
  parameters: { name: string; type: string; optional?: boolean }[];
  repeat?: number;
  result: string;
  nulls: string;
  live: boolean;
  aggregates?: boolean;
  looks_up?: boolean;
}

test('the functions are those of functions.json, with the same parameters', () => {
  const offered = readTable<{ functions: Registered[] }>('schemas/formula/functions.json');
  const own = [...functions().values()].map((entry) => ({
    name: entry.name, family: entry.family, repeat: entry.repeat, nulls: entry.nulls,
    aggregates: entry.aggregates, looksUp: entry.looksUp,
    parameters: entry.parameters.map(({ name, takes, optional }) => ({
      name, type: takes, optional })),
    result: entry.result ?? 'T', 
    live: entry.op === 'today' || entry.op === 'now' || entry.looksUp,
  }));
  expect(own).toEqual(offered.functions.map((one) => ({
    name: one.name, family: one.family, repeat: one.repeat ?? 0, nulls: one.nulls,
    aggregates: one.aggregates ?? false, looksUp: one.looks_up ?? false,
    parameters: one.parameters.map(({ name, type, optional }) => ({
      name, type, optional: optional ?? false })),
    result: one.result, live: one.live,
  })));
});
