import type { AppField, AppObject, AppRule, CheckReply, Problem } from '../api/types.ts';
import { bareValue } from '../fields/columns.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import { type Complaint, complaintAbout } from './validate.ts';
import type { Compile, DraftScope, Program } from './formula_adapter.ts';

// A draft of one record: values, what the rules say about them, what the server said. A change runs
// only the formulas that need the changed field, and what follows from those.

export interface FieldState {
  value: unknown;
  required: boolean;
  hidden: boolean;
  computed: boolean;
  problem: Complaint | string | null;
  warning: string | null;
}

interface RuleNode {
  rule: AppRule;
  program: Program;
  holds: boolean;
}

export interface FormOptions {
  object: AppObject;
  initial: Record<string, unknown>;
  draft?: Record<string, unknown>;
  compile: Compile;
  scope: { today: string; user: string; paths: DraftScope['paths'] };
}

const same = (a: unknown, b: unknown) =>
  JSON.stringify(bareValue(a)) === JSON.stringify(bareValue(b));

export class FormStore {
  object: AppObject;
  private fields = new Map<string, AppField>();
  private values: Record<string, unknown>;
  private initial: Record<string, unknown>;
  private rules: RuleNode[] = [];
  private computed: { field: AppField; program: Program }[] = [];
  private touched = new Set<string>();
  private tried = false;
  private said = new Map<string, string>();
  private check: CheckReply | null = null;
  private states = new Map<string, FieldState>();
  private listeners = new Set<() => void>();
  private readonly options: FormOptions;
  /** Some rules or formulas are only known to the server. */
  asksServer = false;
  /** What the server said about the record as a whole. */
  general: string[] = [];

  constructor(options: FormOptions) {
    this.options = options;
    this.object = options.object;
    this.initial = { ...options.initial };
    this.values = { ...options.initial, ...options.draft };
    this.compile();
    this.run(null);
  }

  private compile() {
    const { object } = this;
    this.fields = new Map(object.fields.map((field) => [field.name, field]));
    this.asksServer = object.checked;
    const program = (text: string, field: AppField | null) => {
      const compiled = this.options.compile(text, object, field);
      if (compiled && this.knows(compiled)) return compiled;
      this.asksServer = true;
      return null;
    };
    this.rules = object.rules.flatMap((rule) => {
      const compiled = program(rule.when, null);
      return compiled ? [{ rule, program: compiled, holds: false }] : [];
    });
    this.computed = object.fields.flatMap((field) => {
      const compiled = field.formula ? program(field.formula, field) : null;
      return compiled ? [{ field, program: compiled }] : [];
    });
  }

  /** Of a record that exists, only some fields were fetched: what needs others is the server's. */
  private knows(program: Program): boolean {
    return !('id' in this.initial) || program.needs.every(([first = '']) => first.startsWith('$')
      || first in this.values || this.fields.get(first)?.formula !== undefined);
  }

  private scope(): DraftScope {
    const { today, user, paths } = this.options.scope;
    const fields = Object.fromEntries([...this.fields.keys()].map((name) => [
      name, bareValue(this.values[name])]));
    return { fields, paths, today, user };
  }

  /** Runs what needs the changed field; with null, everything. */
  private run(changed: string | null) {
    const dirty = new Set(changed === null ? [] : [changed]);
    const needs = (program: Program) => changed === null
      || program.needs.some(([first = '']) => dirty.has(first));
    for (let turn = 0; turn <= this.computed.length; turn += 1) {
      let moved = false;
      for (const node of this.computed) {
        if (!needs(node.program)) continue;
        const value = node.program.run(this.scope());
        if (same(value, this.values[node.field.name])) continue;
        this.values[node.field.name] = value;
        dirty.add(node.field.name);
        moved = true;
      }
      if (!moved) break;
    }
    for (const node of this.rules) {
      if (needs(node.program)) node.holds = node.program.run(this.scope()) === true;
    }
    for (const { rule, holds } of this.rules) {
      if (!holds || rule.effect !== 'clear' || !rule.field) continue;
      if (!isEmptyValue(this.values[rule.field])) {
        this.values[rule.field] = null;
        this.run(rule.field);
        return;
      }
    }
    this.tell();
  }

  private effect(name: string, effect: AppRule['effect']) {
    return this.rules.find(({ rule, holds }) => holds && rule.field === name
      && rule.effect === effect)?.rule;
  }

  private judge(name: string): FieldState {
    const field = this.fields.get(name);
    const value = this.values[name] ?? null;
    const hidden = Boolean(this.effect(name, 'hide') || this.effect(name, 'clear')
      || this.check?.hidden.includes(name) || this.check?.cleared.includes(name));
    const demand = this.effect(name, 'require');
    const required = !hidden && Boolean(field?.required || demand
      || this.check?.required.includes(name));
    let problem: Complaint | string | null = this.said.get(name) ?? null;
    if (!problem && field && !hidden) {
      const seen = this.tried || this.touched.has(name);
      if (seen) problem = complaintAbout(field, value);
      if (!problem && this.tried && required && isEmptyValue(value)) {
        problem = demand?.message || { key: 'problem.empty', values: { label: field.label } };
      }
      if (!problem && seen) problem = this.effect(name, 'reject')?.message ?? null;
      if (!problem && seen && !isEmptyValue(value)) problem = this.checked(name);
    }
    const warning = this.check?.warnings.find(({ at }) => at === name)?.message ?? null;
    return { value, required, hidden, computed: Boolean(field?.formula), problem, warning };
  }

  private checked(name: string): string | null {
    return this.check?.problems.find(({ at }) => at === name)?.message ?? null;
  }

  private tell() {
    for (const name of this.fields.keys()) {
      const next = this.judge(name);
      const before = this.states.get(name);
      if (!before || JSON.stringify(before) !== JSON.stringify(next)) this.states.set(name, next);
    }
    this.listeners.forEach((listener) => listener());
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  state(name: string): FieldState {
    let state = this.states.get(name);
    if (!state) {
      state = this.judge(name);
      this.states.set(name, state);
    }
    return state;
  }

  set(name: string, value: unknown) {
    this.values = { ...this.values, [name]: value };
    this.said.delete(name);
    this.general = [];
    this.run(name);
  }

  touch(name: string) {
    if (this.touched.has(name)) return;
    this.touched.add(name);
    this.tell();
  }

  /** From now on missing values are problems; answers the fields with problems, in form order. */
  attempt(order: string[]): string[] {
    this.tried = true;
    this.tell();
    return this.problems(order);
  }

  problems(order: string[]): string[] {
    return order.filter((name) => !this.state(name).hidden && this.state(name).problem);
  }

  missing(order: string[]): string[] {
    return order.filter((name) => {
      const { hidden, required, value, problem } = this.state(name);
      return !hidden && required && isEmptyValue(value) && !problem;
    });
  }

  refuse(problems: Problem[], message: string | null) {
    this.tried = true;
    this.general = problems.filter(({ at }) => !this.fields.has(at)).map((one) => one.message);
    if (!problems.length && message) this.general = [message];
    for (const { at, message: text } of problems) if (this.fields.has(at)) this.said.set(at, text);
    this.tell();
  }

  noteCheck(reply: CheckReply) {
    this.check = reply;
    for (const [name, value] of Object.entries(reply.fields)) {
      const field = this.fields.get(name);
      if (field && !field.writable && !this.computed.some((node) => node.field === field)) {
        this.values[name] = value;
      }
    }
    this.tell();
  }

  /** What differs from the beginning, as the API takes it. */
  changed(): Record<string, unknown> {
    return Object.fromEntries([...this.fields.values()]
      .filter((field) => field.writable && !field.system
        && !same(this.values[field.name], this.initial[field.name]))
      .map(({ name }) => [name, bareValue(this.values[name])]));
  }

  draft(): Record<string, unknown> {
    return Object.fromEntries([...this.fields.values()]
      .filter((field) => field.writable && !field.system)
      .map(({ name }) => [name, bareValue(this.values[name])]));
  }

  get dirty(): boolean {
    return Object.keys(this.changed()).length > 0;
  }

  initialOf = (name: string) => this.initial[name];

  /** Takes what was saved meanwhile as the new beginning; what was typed stays. */
  rebaseOn(record: Record<string, unknown>, theirs: string[]) {
    const typed = this.changed();
    this.initial = { ...this.initial, ...record };
    this.values = { ...this.values };
    for (const [name, value] of Object.entries(record)) {
      if (!(name in typed) || theirs.includes(name)) this.values[name] = value;
    }
    this.run(null);
  }

  /** A new version of the application: what was typed moves with its field's id. */
  adopt(object: AppObject) {
    if (object === this.object) return;
    const named = new Map(object.fields.map((field) => [field.id, field.name]));
    const carry = (from: Record<string, unknown>) => {
      const to: Record<string, unknown> = {};
      for (const field of this.object.fields) {
        const name = named.get(field.id);
        if (name !== undefined && field.name in from) to[name] = from[field.name];
      }
      return to;
    };
    this.values = carry(this.values);
    this.initial = carry(this.initial);
    this.object = object;
    this.check = null;
    this.states.clear();
    this.compile();
    this.run(null);
  }
}
