import type { AppObject, CheckReply, Problem } from '../api/types.ts';
import { bareValue } from '../fields/columns.ts';
import { carry } from './carry.ts';
import { type DraftNode, type Moment, withLines } from './draft_node.ts';
import type { Place } from './form_lines.ts';
import { FormMarks } from './form_marks.ts';
import type { Compile } from './formula_adapter.ts';
import { Graph } from './graph.ts';
import { type FieldState, judge, sameState } from './judge.ts';
import { bodyOf, type Places } from './lines_body.ts';
import { nodesOf, rawOf } from './read_lines.ts';
import { Shapes } from './shape.ts';
import { History, type Step } from './undo.ts';

// A draft of one record with its lines: values, what the rules say about them, what the server
// said. Who shows a field subscribes to it alone; a change runs what depends on it (graph.ts).

export type { FieldState } from './judge.ts';

export interface FormOptions {
  object: AppObject;
  /** The objects of lines. */
  objects?: (name: string) => AppObject | undefined;
  initial: Record<string, unknown>;
  draft?: Record<string, unknown>;
  compile: Compile;
  scope: Moment;
  /** What a new line begins with. */
  startLine?: (object: AppObject) => Record<string, unknown>;
}

type Listener = () => void;

export class FormStore {
  object: AppObject;
  record: DraftNode;
  /** What the server said about the record as a whole. */
  general: string[] = [];
  /** Rises with whatever a person changed. */
  revision = 0;
  /** Rises when lines came, went or changed places. */
  structure = 0;
  /** By children field: how a line is brought into sight. */
  readonly reveal = new Map<string, (place: Place) => void>();
  private shapes: Shapes;
  private graph: Graph;
  private readonly history = new History();
  private readonly options: FormOptions;
  private tried = false;
  private check: CheckReply | null = null;
  /** Where lines stood in what was last sent to be saved, and to be judged. */
  private sent: Places = new Map();
  private judged: Places = new Map();
  private readonly listeners = new Set<Listener>();
  private readonly fieldListeners = new Map<string, Set<Listener>>();
  private readonly dirtyNodes = new Set<DraftNode>();
  private readonly changedLists = new Set<string>();
  private readonly marks = new FormMarks();

  constructor(options: FormOptions) {
    this.options = options;
    this.object = options.object;
    this.shapes = this.shapesOf(options.object);
    this.graph = new Graph(this.shapes, this.empty);
    this.record = this.nodeOf({ ...options.initial }, null, '');
    this.graph.whole(this.record);
    this.graph.settle();
    if (options.draft) this.start(options.draft);
    this.judgeAll();
  }

  get asksServer() { return this.shapes.asksServer; }
  shapeOf = (object: string) => this.shapes.of(object);
  get canUndo() { return this.history.canUndo; }
  get canRedo() { return this.history.canRedo; }
  get dirty(): boolean {
    return this.changedLists.size > 0 || [...this.dirtyNodes].some((node) => !node.blank);
  }

  private shapesOf(object: AppObject): Shapes {
    const { initial, compile, objects } = this.options;
    return new Shapes(object, {
      object: objects ?? (() => undefined), compile,
      // Of a record that exists only some fields were fetched: what needs others is the server's.
      knows: (program) => !('id' in initial) || [
        ...program.needs.map(([first = '']) => first),
        ...(program.rows ?? []).map((one) => one.name),
      ].every((name) => name.startsWith('$') || name in initial
        || object.fields.some((field) => field.name === name && field.formula !== undefined)),
    });
  }

  private nodeOf(raw: Record<string, unknown>, holder: DraftNode | null, slot: string): DraftNode {
    const shape = holder ? this.shapes.of(
      holder.shape.fields.get(slot)?.children?.object ?? '') : this.shapes.root;
    return nodesOf({ raw, shape, holder, slot, moment: this.options.scope,
      shapeOf: (name) => this.shapes.of(name) });
  }

  private start(draft: Record<string, unknown>) {
    for (const [name, value] of Object.entries(draft)) {
      const isList = this.record.shape.children.some((field) => field.name === name);
      if (isList && Array.isArray(value)) {
        this.insertLines(this.record, name, 0, value as Record<string, unknown>[]);
      } else this.write(this.record, name, value);
    }
    this.graph.settle();
  }

  // ---- Who shows what

  subscribe = (listener: Listener) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  subscribeTo(node: DraftNode, field: string, listener: Listener) {
    const key = `${node.key} ${field}`;
    const known = this.fieldListeners.get(key) ?? new Set();
    known.add(listener);
    this.fieldListeners.set(key, known);
    return () => {
      known.delete(listener);
      if (known.size === 0) this.fieldListeners.delete(key);
    };
  }

  state(name: string, node: DraftNode = this.record): FieldState {
    let state = node.states.get(name);
    if (!state) {
      state = judge(node, name, { tried: this.tried, check: this.check });
      node.states.set(name, state);
    }
    return state;
  }

  private refresh(node: DraftNode, name: string) {
    const next = judge(node, name, { tried: this.tried, check: this.check });
    const before = node.states.get(name);
    if (before && sameState(before, next) && !node.shape.fields.get(name)?.children) return;
    node.states.set(name, next);
    if (node.holder) this.marks.note(node, name, next);
    this.fieldListeners.get(`${node.key} ${name}`)?.forEach((listener) => listener());
  }

  private judgeAll() {
    for (const node of withLines(this.record)) {
      for (const name of node.shape.fields.keys()) this.refresh(node, name);
    }
    this.tell();
  }

  private settle() {
    for (const [node, names] of this.graph.settle()) {
      for (const name of names) this.refresh(node, name);
    }
    this.tell();
  }

  private tell() {
    this.listeners.forEach((listener) => listener());
  }

  // ---- What people do

  private write = (node: DraftNode, field: string, value: unknown) => {
    const before = node.fields[field];
    this.history.note({ kind: 'set', node, field, before, after: value });
    const { blank } = node;
    node.fields[field] = value;
    node.noteDirty(field);
    if (node.dirty.size) this.dirtyNodes.add(node);
    else this.dirtyNodes.delete(node);
    if (node.holder && blank !== node.blank) {
      for (const name of node.shape.fields.keys()) this.graph.touch(node, name);
      this.graph.touch(node.holder, node.slot);
    }
    if (node.said.delete(field)) this.graph.touch(node, field);
    this.forgetCheck(node, field);
    this.graph.changed(node, field);
  };

  /** As a rule does. */
  private empty = (node: DraftNode, field: string) => {
    if (!node.shape.fields.get(field)?.children) this.write(node, field, null);
    else for (const line of node.rows(field)) this.removeLine(line);
  };

  /** What the server said of a value that is no longer there must not stop the next attempt. */
  private forgetCheck(node: DraftNode, field: string) {
    node.checked.delete(field);
    if (node.holder || !this.check?.problems.some(({ at }) => at === field)) return;
    this.check = { ...this.check, problems: this.check.problems.filter(({ at }) => at !== field) };
  }

  /** One entry of what can be undone; with the key of the entry before it belongs to that. */
  transact(run: () => void, key: string | null = null) {
    this.history.begin(key);
    run();
    this.settleDone();
  }

  private settleDone() {
    this.revision += 1;
    this.general = [];
    // What rules empty belongs to the same entry.
    const touched = this.graph.settle();
    this.history.end();
    for (const [node, names] of touched) for (const name of names) this.refresh(node, name);
    this.tell();
  }

  set(name: string, value: unknown, node: DraftNode = this.record) {
    this.transact(() => this.write(node, name, value), `${node.key} ${name}`);
  }

  /** One of several inside a transact(): what is wrong with it is said at once. */
  put(node: DraftNode, name: string, value: unknown) {
    node.touched.add(name);
    this.write(node, name, value);
  }

  seal() {
    this.history.seal();
  }

  touch(name: string, node: DraftNode = this.record) {
    if (node.touched.has(name)) return;
    node.touched.add(name);
    this.refresh(node, name);
    this.tell();
  }

  /** Adds lines; each starts as its object does, with these values. Inside a transact(). */
  insertLines(
    holder: DraftNode, slot: string, at: number, values: Record<string, unknown>[],
  ): DraftNode[] {
    const object = this.shapes.of(holder.shape.fields.get(slot)?.children?.object ?? '').object;
    const start = this.options.startLine?.(object) ?? {};
    return values.map((given, index) => {
      const line = this.nodeOf(start, holder, slot);
      this.apply({ kind: 'insert', holder, slot, at: at + index, line });
      for (const [name, value] of Object.entries(given)) {
        const isList = line.shape.children.some((field) => field.name === name);
        if (isList) this.insertLines(line, name, 0, value as Record<string, unknown>[]);
        else this.write(line, name, value);
      }
      return line;
    });
  }

  removeLine(line: DraftNode) {
    const { holder, slot } = line;
    const at = holder?.rows(slot).indexOf(line) ?? -1;
    if (holder && at >= 0) this.apply({ kind: 'remove', holder, slot, at, line });
  }

  moveLine(line: DraftNode, by: number) {
    const { holder, slot } = line;
    const from = holder?.rows(slot).indexOf(line) ?? -1;
    const to = from + by;
    if (!holder || from < 0 || to < 0 || to >= holder.rows(slot).length) return;
    this.apply({ kind: 'move', holder, slot, from, to });
  }

  /** What a copy of the line begins with. */
  copyOf = (line: DraftNode): Record<string, unknown> => rawOf(line);

  undo() { this.replay(this.history.undo()); }
  redo() { this.replay(this.history.redo()); }

  private replay(steps: Step[]) {
    for (const step of steps) {
      if (step.kind === 'set') this.write(step.node, step.field, step.after);
      else this.apply(step);
    }
    if (steps.length) this.settleDone();
  }

  private apply(step: Exclude<Step, { kind: 'set' }>) {
    this.history.note(step);
    const { holder, slot } = step;
    const list = [...holder.rows(slot)];
    if (step.kind === 'insert') {
      list.splice(step.at, 0, step.line);
      this.graph.whole(step.line);
    } else if (step.kind === 'remove') {
      list.splice(step.at, 1);
    } else if (step.kind === 'move') list.splice(step.to, 0, ...list.splice(step.from, 1));
    holder.lists.set(slot, list);
    if (step.kind !== 'move') this.track(step.line, step.kind === 'insert');
    const kept = list.filter(({ id }) => id !== null);
    const beginning = holder.beginnings.get(slot) ?? [];
    const same = kept.length === beginning.length && kept.every((one, i) => one === beginning[i]);
    if (same) this.changedLists.delete(`${holder.key} ${slot}`);
    else this.changedLists.add(`${holder.key} ${slot}`);
    this.structure += 1;
    this.graph.listed(holder, slot);
  }

  private track(line: DraftNode, here: boolean) {
    for (const node of withLines(line)) {
      if (here && node.dirty.size) this.dirtyNodes.add(node);
      if (here) continue;
      this.dirtyNodes.delete(node);
      this.marks.forget(node);
      node.states.clear();
    }
  }

  /** A name for a reference that came as its id alone: nothing has changed. */
  nameReferences(named: { node: DraftNode; field: string; value: { id: string; name: string } }[]) {
    for (const { node, field, value } of named) {
      if (bareValue(node.fields[field]) === value.id) node.fields[field] = value;
      if (bareValue(node.initial[field]) === value.id) node.initial[field] = value;
      this.refresh(node, field);
    }
    this.tell();
  }

  // ---- What is wrong

  /** From now on missing values are problems; answers the fields with problems, in form order. */
  attempt(order: string[]): string[] {
    this.tried = true;
    this.judgeAll();
    return this.problems(order);
  }

  problems(order: string[]): string[] {
    return order.filter((name) => this.isList(name) ? this.placesIn('wrong', name).length > 0
      : !this.state(name).hidden && this.state(name).problem);
  }

  missing(order: string[]): string[] {
    return order.filter((name) => {
      return this.isList(name) ? this.placesIn('lacking', name).length > 0 : this.lacks(name);
    });
  }

  private lacks(name: string): boolean {
    const { hidden, required, problem } = this.state(name);
    return !hidden && required && this.record.isEmpty(name) && !problem;
  }

  /** Where to go for them, lines included. */
  places(order: string[], what: 'wrong' | 'lacking'): Place[] {
    const names = what === 'wrong' ? this.problems(order) : this.missing(order);
    return names.flatMap((name) => (this.isList(name) ? this.placesIn(what, name)
      : [{ node: this.record, field: name }]));
  }

  private isList = (name: string) => this.record.shape.fields.get(name)?.children !== undefined;

  private placesIn(what: 'wrong' | 'lacking', name: string): Place[] {
    const isOwn = what === 'wrong' ? this.state(name).problem !== null : this.lacks(name);
    const own: Place[] = isOwn ? [{ node: this.record, field: name }] : [];
    return [...own, ...this.marks.places(what, this.record, name)];
  }

  refuse(problems: Problem[], message: string | null) {
    this.tried = true;
    this.general = !problems.length && message ? [message] : [];
    for (const problem of problems) {
      const place = this.placeAt(problem.at);
      if (place) place.node.said.set(place.field, problem.message);
      else this.general.push(problem.message);
    }
    this.judgeAll();
  }

  /** "amount", "lines/put/2/price", "lines/0HB…/price" → the field meant. */
  private placeAt(at: string, places = this.sent): Place | null {
    const parts = at.split('/');
    const field = parts.at(-1) ?? '';
    const named = (node: DraftNode | undefined, name: string) =>
      (node?.shape.fields.has(name) ? { node, field: name } : null);
    if (parts.length === 1) return named(this.record, field);
    const lines = [...withLines(this.record)];
    for (let length = parts.length; length > 1; length -= 1) {
      const head = parts.slice(0, length);
      const node = places.get(head.join('/')) ?? lines.find(({ id }) => id === head.at(-1));
      if (!node) continue;
      return named(node, parts[length] ?? '') ?? named(node, [...node.shape.fields.values()]
        .find((one) => one.writable && !one.system && !one.children)?.name ?? '');
    }
    return named(this.record, parts[0] ?? '');
  }

  noteCheck(reply: CheckReply) {
    this.check = reply;
    for (const node of withLines(this.record)) node.checked.clear();
    for (const { at, message } of reply.problems) {
      const place = at.includes('/') ? this.placeAt(at, this.judged) : null;
      if (place?.node.holder) place.node.checked.set(place.field, message);
    }
    for (const [name, value] of Object.entries(reply.fields)) this.adoptComputed(name, value);
    this.graph.settle();
    this.judgeAll();
  }

  /** What only the server can compute. */
  private adoptComputed(name: string, value: unknown, node = this.record) {
    const field = node.shape.fields.get(name);
    if (!field || node.shape.parts.some((part) => part.field === field)) return;
    if (field.children && Array.isArray(value)) {
      const lines = node.rows(name).filter((line) => !line.blank);
      value.forEach((one: Record<string, unknown>, index) => {
        const line = lines.find(({ id }) => id !== null && id === one['id']) ?? lines[index];
        for (const [key, inner] of Object.entries(one)) {
          if (line) this.adoptComputed(key, inner, line);
        }
      });
    } else if (!field.writable && !field.children) {
      node.fields[name] = value;
      this.graph.changed(node, name);
    }
  }

  // ---- Saving

  /** What differs from the beginning, as the API takes it. */
  changed(): Record<string, unknown> {
    this.sent = new Map();
    return bodyOf(this.record, '', this.sent);
  }

  /** All that can be written, with what changed of the lines: what the server is to judge. */
  draft(): Record<string, unknown> {
    const own = [...this.record.shape.fields.values()]
      .filter((field) => field.writable && !field.system && !field.children)
      .map(({ name }) => [name, this.record.sent(name)]);
    this.judged = new Map();
    const lines = Object.entries(bodyOf(this.record, '', this.judged))
      .filter(([name]) => this.isList(name));
    return Object.fromEntries([...own, ...lines]);
  }

  initialOf = (name: string) => this.record.initial[name];

  /** Takes what was saved meanwhile as the new beginning; what was typed stays. */
  rebaseOn(saved: Record<string, unknown>, theirs: string[]) {
    const { record } = this;
    const lists = new Set(record.shape.children.map(({ name }) => name));
    for (const [name, value] of Object.entries(saved)) {
      if (lists.has(name)) {
        if (theirs.includes(name) || !this.isListDirty(name)) this.retakeLines(name, value);
        continue;
      }
      const typed = record.dirty.has(name) && !theirs.includes(name);
      record.initial[name] = value;
      if (!typed) record.fields[name] = value;
      record.noteDirty(name);
    }
    if (record.dirty.size === 0) this.dirtyNodes.delete(record);
    this.graph.whole(record);
    this.settle();
  }

  private isListDirty(slot: string): boolean {
    return !this.record.rows(slot).every((line) => [...withLines(line)].every((node) =>
      (node.id === null ? node.blank : node.dirty.size === 0)))
      || [...this.changedLists].some((key) => key.endsWith(` ${slot}`));
  }

  private retakeLines(slot: string, value: unknown) {
    const { record } = this;
    record.rows(slot).forEach((line) => this.track(line, false));
    const lines = (Array.isArray(value) ? value : []).map((raw: Record<string, unknown>) =>
      this.nodeOf(raw, record, slot));
    record.lists.set(slot, lines);
    record.beginnings.set(slot, lines);
    this.changedLists.delete(`${record.key} ${slot}`);
    this.structure += 1;
  }

  /** A new version of the application: what was typed moves with its field's id. */
  adopt(object: AppObject, objects?: FormOptions['objects']) {
    if (object === this.object) return;
    this.object = object;
    if (objects) this.options.objects = objects;
    this.shapes = this.shapesOf(object);
    this.graph = new Graph(this.shapes, this.empty);
    this.check = null;
    for (const node of withLines(this.record)) {
      const list = node.holder?.shape.fields.get(node.slot)?.children;
      carry(node, node.holder ? this.shapes.of(list?.object ?? node.object) : this.shapes.root);
    }
    this.graph.whole(this.record);
    this.graph.settle();
    this.structure += 1;
    this.judgeAll();
  }
}
