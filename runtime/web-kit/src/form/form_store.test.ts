import { describe, expect, test } from 'vitest';
import type { AppField, AppObject } from '../api/types.ts';
import { FormStore } from './form_store.ts';
import type { Compile } from './formula_adapter.ts';

const field = (name: string, more: Partial<AppField> = {}): AppField => ({
  name, id: name, label: name, help: null, type: 'text', required: false, unique: false,
  writable: true, system: false, sortable: true, filterable: true, ...more,
});

const object = (fields: AppField[], rules: AppObject['rules'] = []): AppObject => ({
  name: 'job', id: 'job', label: 'Job', label_plural: 'Jobs', icon: null, title_field: 'title',
  owner_field: null, may: { create: true, update: true, delete: true }, fields, rules,
  checked: false,
});

// Formulas of these tests: `name=value` and `a*b`.
const compile: Compile = (text) => {
  const equal = /^(\w+)=(\w*)$/.exec(text);
  if (equal) {
    const [, name = '', value] = equal;
    return { needs: [[name]], run: ({ fields }) => (fields[name] ?? '') === value };
  }
  const product = /^(\w+)\*(\w+)$/.exec(text);
  if (!product) return null;
  const [, a = '', b = ''] = product;
  return {
    needs: [[a], [b]],
    run: ({ fields }) => (fields[a] && fields[b] ? String(Number(fields[a]) * Number(fields[b]))
      : null),
  };
};

const make = (shape: AppObject, initial: Record<string, unknown> = {}) => new FormStore({
  object: shape, initial, compile, scope: { today: '2026-11-24', user: 'U1' } });

describe('a form', () => {
  const rules: AppObject['rules'] = [
    { name: 'r', when: 'stage=lost', effect: 'require', field: 'reason', message: 'Say why' },
    { name: 'h', when: 'stage=', effect: 'hide', field: 'reason', message: '' },
    { name: 'c', when: 'stage=won', effect: 'clear', field: 'reason', message: '' },
  ];
  const fields = [field('title', { required: true }), field('stage'), field('reason')];

  test('shows missing input only after someone has tried to save', () => {
    const form = make(object(fields));
    expect(form.state('title').problem).toBeNull();
    expect(form.attempt(['title'])).toEqual(['title']);
  });

  test('requires, hides and clears as its rules say', () => {
    const form = make(object(fields, rules));
    expect(form.state('reason').hidden).toBe(true);
    form.set('stage', 'lost');
    expect(form.state('reason')).toMatchObject({ hidden: false, required: true });
    form.set('reason', 'price');
    form.set('stage', 'won');
    expect(form.state('reason')).toMatchObject({ hidden: true, value: null });
  });

  test('computes formula fields, and formulas of formulas, as their inputs change', () => {
    const form = make(object([
      field('a', { type: 'decimal' }), field('b', { type: 'decimal' }),
      field('quad', { writable: false, formula: 'double*b' }),
      field('double', { writable: false, formula: 'a*b' }),
    ]));
    form.set('a', '3');
    form.set('b', '2');
    expect(form.state('double').value).toBe('6');
    expect(form.state('quad').value).toBe('12');
    expect(form.changed()).toEqual({ a: '3', b: '2' });
  });

  test('keeps what was typed by field id when the application changes', () => {
    const form = make(object(fields));
    form.set('stage', 'won');
    form.adopt(object([field('title'), field('phase', { id: 'stage' })]));
    expect(form.state('phase').value).toBe('won');
    expect(form.changed()).toEqual({ phase: 'won' });
  });

  test('puts the words of the server at the field until it changes', () => {
    const form = make(object(fields));
    form.refuse([{ at: 'title', rule: 'unique', message: 'taken' },
      { at: '', rule: 'x', message: 'whole' }], null);
    expect(form.state('title').problem).toBe('taken');
    expect(form.general).toEqual(['whole']);
    form.set('title', 'other');
    expect(form.state('title').problem).toBeNull();
  });

  test('what the server said of a draft holds for a field until that field changes', () => {
    const form = make(object(fields));
    form.set('title', '');
    form.noteCheck({ problems: [{ at: 'title', rule: 'required', message: 'missing' },
      { at: 'stage', rule: 'x', message: 'not so' }], warnings: [], hidden: [], required: [],
    read_only: [], options: {}, cleared: [], fields: {} });
    form.set('stage', 'open');
    form.set('title', 'there');
    expect(form.attempt(['title', 'stage'])).toEqual([]);
  });

  test('after a conflict keeps mine where chosen and takes theirs elsewhere', () => {
    const form = make(object(fields), { title: 'old', stage: 'open' });
    form.set('title', 'mine');
    form.rebaseOn({ title: 'theirs', stage: 'won' }, []);
    expect(form.changed()).toEqual({ title: 'mine' });
    expect(form.state('stage').value).toBe('won');
    form.rebaseOn({ title: 'theirs' }, ['title']);
    expect(form.dirty).toBe(false);
  });
});

describe('values with content of their own', () => {
  test('JSON that looks like a reference is compared and sent as it is', () => {
    const form = make(object([field('data', { type: 'json' })]), { data: { id: 'x', a: 1 } });
    form.set('data', { id: 'x', a: 2 });
    expect(form.dirty).toBe(true);
    expect(JSON.stringify(form.changed())).toBe('{"data":{"id":"x","a":2}}');
    form.set('data', { id: 'x', a: 1 });
    expect(form.dirty).toBe(false);
  });

  test('several references are sent as ids', () => {
    const form = make(object([field('who', { type: 'users' })]), { who: ['U1'] });
    form.set('who', [{ id: 'U1', name: 'Ann' }]);
    expect(form.dirty).toBe(false);
    form.set('who', [{ id: 'U1', name: 'Ann' }, { id: 'U2', name: 'Bo' }]);
    expect(form.changed()).toEqual({ who: ['U1', 'U2'] });
  });
});
