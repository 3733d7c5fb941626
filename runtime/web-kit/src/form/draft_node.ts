import { bareValue } from '../fields/columns.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import type { DraftScope } from './formula_adapter.ts';
import type { FieldState } from './judge.ts';
import type { Shape } from './shape.ts';

// A record or one of its lines while it is a draft: what was typed, what it began as, what it
// holds. Formulas see it as their scope: its own fields, what holds it, its lines.

export interface Moment {
  today: string;
  user: string;
}

/** Content that is not looked into. */
class Json {
  private readonly content: unknown;

  constructor(content: unknown) {
    this.content = content;
  }

  toJSON() {
    return this.content;
  }
}

let made = 0;

const isPlain = (value: unknown) => typeof value !== 'object' || value === null;

export const sameContent = (a: unknown, b: unknown) => a === b
  || (!(isPlain(a) && isPlain(b)) && JSON.stringify(bareValue(a)) === JSON.stringify(bareValue(b)));

export class DraftNode implements DraftScope {
  readonly key: string;
  shape: Shape;
  readonly holder: DraftNode | null;
  /** The children field of the holder in which it stands. */
  slot: string;
  readonly id: string | null;
  fields: Record<string, unknown>;
  initial: Record<string, unknown>;
  lists = new Map<string, DraftNode[]>();
  /** The lists as they were fetched. */
  beginnings = new Map<string, DraftNode[]>();
  /** Places of the rules that hold. */
  readonly holds = new Set<number>();
  /** Places of formulas and rules that are to be run. */
  readonly waiting = new Set<number>();
  readonly touched = new Set<string>();
  /** Fields that differ from the beginning. */
  readonly dirty = new Set<string>();
  /** The words of the server about a field, until it changes. */
  readonly said = new Map<string, string>();
  /** What the server's judge said about a field of a line. */
  readonly checked = new Map<string, string>();
  readonly states = new Map<string, FieldState>();
  private readonly moment: Moment;

  constructor(given: {
    shape: Shape; holder: DraftNode | null; slot: string; id: string | null; moment: Moment;
    initial: Record<string, unknown>; fields: Record<string, unknown>;
  }) {
    made += 1;
    this.key = `n${made}`;
    this.shape = given.shape;
    this.holder = given.holder;
    this.slot = given.slot;
    this.id = given.id;
    this.moment = given.moment;
    this.initial = given.initial;
    this.fields = given.fields;
  }

  get object() { return this.shape.object.name; }
  get today() { return this.moment.today; }
  get user() { return this.moment.user; }
  get before() { return this.id === null ? null : this.initial; }

  above(name: string): DraftNode | null {
    return this.holder?.shape.children.some((field) =>
      field.name === this.slot && field.children?.parent === name) ? this.holder : null;
  }

  rows(name: string): readonly DraftNode[] {
    return this.lists.get(name) ?? none;
  }

  /** No value, or of a children field no line that would be saved. */
  isEmpty(name: string): boolean {
    if (!this.shape.fields.get(name)?.children) return isEmptyValue(this.fields[name] ?? null);
    return this.rows(name).every((line) => line.blank);
  }

  /** Lines came, went, moved or were written. */
  isListChanged(name: string): boolean {
    const now = this.rows(name).filter((line) => !line.blank);
    const before = this.beginnings.get(name) ?? none;
    return now.length !== before.length || now.some((line, at) => line !== before[at]
      || line.dirty.size > 0 || [...line.lists.keys()].some((below) => line.isListChanged(below)));
  }

  /** A new line into which nobody has put anything: it is not saved. */
  get blank(): boolean {
    return this.holder !== null && this.id === null && this.dirty.size === 0
      && [...this.lists.values()].every((list) => list.every((line) => line.blank));
  }

  noteDirty(name: string) {
    const now = this.sent(name);
    const before = this.sent(name, this.initial);
    if (sameContent(now, before)) this.dirty.delete(name);
    else this.dirty.add(name);
  }

  /** A value as the API takes it: references as ids; JSON stays what it is. */
  sent(name: string, from = this.fields): unknown {
    const value = from[name] ?? null;
    if (this.shape.fields.get(name)?.type !== 'json') return bareValue(value);
    return value === null ? null : new Json(value);
  }
}

const none: readonly DraftNode[] = [];

/** The node and all lines below it, holders first. */
export function* withLines(node: DraftNode): Generator<DraftNode> {
  yield node;
  for (const list of node.lists.values()) {
    for (const line of list) yield* withLines(line);
  }
}
