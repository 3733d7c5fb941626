import { describe, expect, test } from 'vitest';
import type { AppField, AppObject, AppRule } from '../api/types.ts';
import { readTable } from '../formula/read_vectors.ts';
import { FormStore } from './form_store.ts';
import { formulaCompiler } from './formula_adapter.ts';

// The tables of tests/vectors/rule (README.md there), to which the server is held as well.

interface Case {
  draft: Record<string, unknown>;
  before?: Record<string, unknown>;
  hidden?: string[];
  required?: string[];
  cleared?: string[];
  read_only?: string[];
  options?: Record<string, string[]>;
  problems?: [string, string][];
  fields?: Record<string, string>;
  server?: boolean;
}

interface Table {
  fields: Record<string, {
    type: string; required?: boolean; options?: string[]; scale?: number; formula?: string;
  }>;
  rules: {
    name: string; when: string; effect: AppRule['effect']; field: string; options?: string[];
  }[];
  today: string;
  cases: Case[];
}

function objectOf({ fields, rules }: Table): AppObject {
  const members = Object.entries(fields).map(([name, field]): AppField => ({
    name, id: name, label: name, help: null, required: field.required ?? false,
    unique: false, writable: field.formula === undefined, system: false, sortable: true,
    filterable: true, scale: field.scale, formula: field.formula,
    type: field.formula ? 'decimal' : field.type, // The API tells of what kind the result is.
    options: field.options?.map((option) => ({ name: option, label: option, color: null })),
  }));
  return {
    name: 'form', id: 'form', label: 'Form', label_plural: 'Forms', icon: null,
    title_field: 'title', owner_field: null, may: { create: true, update: true, delete: true },
    fields: members, checked: false,
    rules: rules.map((rule) => ({ ...rule, field: rule.field || null, message: rule.name })),
  };
}

function formOf(table: Table, { draft, before }: Case): FormStore {
  const empty = Object.fromEntries(Object.keys(table.fields).map((name) => [name, null]));
  return new FormStore({
    object: objectOf(table), draft: { ...empty, ...draft }, 
    initial: { ...empty, ...before, ...(before ? { id: '0000000000002' } : {}) },
    compile: formulaCompiler({ object: () => undefined }, 'UTC', () => 0),
    scope: { today: table.today, user: '0000000000001' },
  });
}

/** Field and rule of what the form shows; a missing value is "required", whatever asks for it. */
function shown(form: FormStore, names: string[]): string[] {
  return names.flatMap((name) => {
    const { problem, required, value, hidden } = form.state(name);
    if (hidden || !problem) return [];
    const missing = required && (value === null || value === ''
      || (Array.isArray(value) && value.length === 0));
    return [`${name} ${missing ? 'required' : String(problem)}`];
  }).sort();
}

describe.each(['before', 'choice', 'cleared', 'effects', 'order'])('rules of %s.json', (file) => {
  const table = readTable<Table>(`tests/vectors/rule/${file}.json`);
  const names = Object.keys(table.fields);

  test.each(table.cases.map((one): [string, Case] => [JSON.stringify(one.draft), one]))(
    'judge %s as the server does', (_, one) => {
      const form = formOf(table, one);
      expect(form.asksServer).toBe(false);
      const having = (state: 'hidden' | 'required') =>
        names.filter((name) => form.state(name)[state]).sort();
      expect(having('hidden')).toEqual(one.hidden ?? []);
      expect(having('required')).toEqual(one.required ?? []);
      expect(names.filter((name) => form.state(name).readOnly)).toEqual(one.read_only ?? []);
      expect(Object.fromEntries(names.map((name) => [name, form.state(name).options])
        .filter(([, options]) => options))).toEqual(one.options ?? {});
      for (const name of one.cleared ?? []) expect(form.state(name).value).toBeNull();
      for (const [name, value] of Object.entries(one.fields ?? {})) {
        expect(form.state(name).value).toBe(value);
      }
      form.attempt(names);
      if (one.server) return;
      expect(shown(form, names)).toEqual((one.problems ?? []).map((pair) => pair.join(' ')));
    });
});
