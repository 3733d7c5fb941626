import { describe, expect, test } from 'vitest';
import type { AppField, AppObject } from '../api/types.ts';
import { FormStore } from './form_store.ts';
import { formulaCompiler } from './formula_adapter.ts';

const field = (name: string, more: Partial<AppField> = {}): AppField => ({
  name, id: name, label: name, help: null, type: 'text', required: false, unique: false,
  writable: true, system: false, sortable: true, filterable: true, ...more,
});
const option = (name: string) => ({ name, label: name, color: null });

const object = (fields: AppField[], rules: AppObject['rules'] = []): AppObject => ({
  name: 'job', id: 'job', label: 'Job', label_plural: 'Jobs', icon: null, title_field: 'title',
  owner_field: null, may: { create: true, update: true, delete: true }, fields, rules,
  checked: false,
});

const user = object([field('name')]);
const make = (shape: AppObject, initial: Record<string, unknown> = {}) => new FormStore({
  object: shape, initial,
  compile: formulaCompiler({ object: (name) => (name === 'user' ? user : undefined) },
    'Asia/Shanghai', () => 0),
  scope: { today: '2026-11-24', user: '0000000000001' },
});

describe('formulas in a form', () => {
  const fields = [
    field('title'), field('reason'), field('amount', { type: 'money', scale: 2 }),
    field('stage', { type: 'choice', options: ['open', 'won', 'lost'].map(option) }),
    field('due_on', { type: 'date' }), field('owner', { type: 'user' }),
  ];
  const rules: AppObject['rules'] = [
    { name: 'a', when: 'stage = "lost"', effect: 'require', field: 'reason', message: 'Why?' },
    { name: 'b', when: 'ISBLANK(stage)', effect: 'hide', field: 'reason', message: '' },
    { name: 'c', when: 'stage = "won"', effect: 'clear', field: 'reason', message: '' },
    { name: 'd', when: 'due_on < $today', effect: 'reject', field: 'due_on', message: 'Past' },
  ];

  test('require, hide, clear and reject hold live', () => {
    const form = make(object(fields, rules));
    expect(form.asksServer).toBe(false);
    expect(form.state('reason').hidden).toBe(true);
    form.set('stage', 'lost');
    expect(form.state('reason')).toMatchObject({ hidden: false, required: true });
    form.set('reason', 'price');
    form.set('stage', 'won');
    expect(form.state('reason')).toMatchObject({ hidden: true, value: null });
    form.set('due_on', '2026-11-23');
    form.touch('due_on');
    expect(form.state('due_on').problem).toBe('Past');
    form.set('due_on', '2026-11-24');
    expect(form.state('due_on').problem).toBeNull();
  });

  test('formula fields are computed with the digits their field keeps', () => {
    const computed = (name: string, formula: string, more: Partial<AppField>) =>
      field(name, { type: 'formula', writable: false, formula, ...more });
    const form = make(object([
      ...fields,
      computed('tax', 'amount * 0.19', { result: 'number', scale: 2 }),
      computed('total', 'amount + tax', { result: 'number', scale: 2 }),
      computed('mine', 'owner = $user', { result: 'boolean' }),
    ]));
    form.set('amount', '10.50');
    expect(form.state('tax').value).toBe('2.00');
    expect(form.state('total').value).toBe('12.50');
    form.set('owner', { id: '0000000000001', name: 'Ann' });
    expect(form.state('mine').value).toBe(true);
    form.set('amount', null);
    expect(form.state('total').value).toBeNull();
  });

  test('what a formula looks up is left to the server', () => {
    const computed = (name: string, formula: string, more: Partial<AppField>) =>
      field(name, { type: 'formula', writable: false, formula, ...more });
    const rate = computed('in_cny', 'amount * EXCHANGE_RATE("USD", "CNY")',
      { result: 'number', scale: 2 });
    const day = computed('ready_on', 'WORKDAY(due_on, 3, "China")', { result: 'date' });
    const shown = make(object([...fields, rate, day]), { in_cny: '71.00' });
    shown.set('amount', '10.00');
    expect(shown.asksServer).toBe(true);
    expect(shown.state('in_cny').value).toBe('71.00');
    const plain = computed('ready_on', 'WORKDAY(due_on, 3, DATE(2026, 11, 26))', {
      result: 'date' });
    const here = make(object([...fields, plain]));
    here.set('due_on', '2026-11-25');
    expect(here.asksServer).toBe(false);
    expect(here.state('ready_on').value).toBe('2026-12-01');
  });

  test('durations are read, reckoned with and written as ISO 8601', () => {
    const computed = (name: string, formula: string, result: AppField['result']) =>
      field(name, { type: 'formula', writable: false, formula, result, scale: 2 });
    const form = make(object([
      field('began_at', { type: 'datetime' }), field('spent', { type: 'duration' }),
      computed('twice', 'spent * 2', 'duration'), computed('hours', 'spent / "PT1H"', 'number'),
      computed('ends_at', 'began_at + twice', 'datetime'),
    ]));
    form.set('began_at', '2026-11-23T08:00:00Z');
    form.set('spent', 'PT1H15M');
    expect(form.state('twice').value).toBe('PT2H30M');
    expect(form.state('hours').value).toBe('1.25');
    expect(form.state('ends_at').value).toBe('2026-11-23T10:30:00Z');
    form.set('spent', 'soon');
    expect(form.state('twice').value).toBeNull();
  });

  test('what is not known here is left to the server', () => {
    const left = (when: string, initial: Record<string, unknown> = {}) => make(object(fields, [
      { name: 'x', when, effect: 'hide', field: 'reason', message: '' }]), initial).asksServer;
    expect(left('owner.name = "Ann"')).toBe(true);
    expect(left('secret = 1')).toBe(true);
    expect(left('amount > 1', { id: '0000000000002', title: 'a' })).toBe(true);
    expect(left('amount > 1', { id: '0000000000002', amount: '1.00' })).toBe(false);
  });
});
