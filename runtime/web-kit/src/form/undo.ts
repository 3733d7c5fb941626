import type { DraftNode } from './draft_node.ts';

// What was done in a form, so that it can be taken back: steps of a field or of the lines, in
// entries that belong together.

export type Step =
  | { kind: 'set'; node: DraftNode; field: string; before: unknown; after: unknown }
  | { kind: 'insert' | 'remove'; holder: DraftNode; slot: string; at: number; line: DraftNode }
  | { kind: 'move'; holder: DraftNode; slot: string; from: number; to: number };

interface Entry {
  key: string | null;
  steps: Step[];
}

const entriesMax = 200;

export function inverse(step: Step): Step {
  switch (step.kind) {
    case 'set': return { ...step, before: step.after, after: step.before };
    case 'insert': return { ...step, kind: 'remove' };
    case 'remove': return { ...step, kind: 'insert' };
    case 'move': return { ...step, from: step.to, to: step.from };
  }
}

/** Typing on in one field is one step. */
function joined(steps: Step[], step: Step): boolean {
  const last = steps.at(-1);
  if (step.kind !== 'set' || last?.kind !== 'set') return false;
  if (last.node !== step.node || last.field !== step.field) return false;
  last.after = step.after;
  return true;
}

export class History {
  private done: Entry[] = [];
  private undone: Entry[] = [];
  private open: Entry | null = null;

  /** Steps noted meanwhile are one entry; with the key of the last entry they belong to it. */
  begin(key: string | null) {
    const last = this.done.at(-1);
    this.open = key !== null && last?.key === key ? last : { key, steps: [] };
  }

  end() {
    const { open } = this;
    this.open = null;
    if (!open || open.steps.length === 0) return;
    if (this.done.at(-1) !== open) this.done.push(open);
    if (this.done.length > entriesMax) this.done.shift();
    this.undone = [];
  }

  note(step: Step) {
    if (this.open && !joined(this.open.steps, step)) this.open.steps.push(step);
  }

  /** What follows is an entry of its own. */
  seal() {
    const last = this.done.at(-1);
    if (last) last.key = null;
  }

  get canUndo() { return this.done.length > 0; }
  get canRedo() { return this.undone.length > 0; }

  /** The steps that take the last entry back. */
  undo(): Step[] {
    const entry = this.done.pop();
    if (!entry) return [];
    this.undone.push({ ...entry, key: null });
    return [...entry.steps].reverse().map(inverse);
  }

  redo(): Step[] {
    const entry = this.undone.pop();
    if (!entry) return [];
    this.done.push(entry);
    return entry.steps;
  }
}
