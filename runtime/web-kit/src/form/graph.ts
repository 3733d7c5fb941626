import { type DraftNode, sameContent, withLines } from './draft_node.ts';
import type { Shapes } from './shape.ts';

// What follows from a change, across record and lines: only the formulas and rules that look at
// what changed are run, and what follows from those. Nobody is told here: the touched fields are
// answered.

const runsMax = 200_000; // In one change; formulas in a circle do not pass publish.

/** First in, first out, without moving what is left. */
class Queue {
  private items: [DraftNode, number][] = [];
  private next = 0;

  add(node: DraftNode, place: number) {
    this.items.push([node, place]);
  }

  take(): [DraftNode, number] | undefined {
    const item = this.items[this.next];
    this.next += 1;
    if (item === undefined) {
      this.items = [];
      this.next = 0;
    }
    return item;
  }
}

export class Graph {
  private readonly shapes: Shapes;
  private readonly empty: (node: DraftNode, field: string) => void;
  private readonly formulas = new Queue();
  private readonly rules = new Queue();
  private runs = 0;
  private touched = new Map<DraftNode, Set<string>>();

  /** `empty`: how a rule empties a field. */
  constructor(shapes: Shapes, empty: Graph['empty']) {
    this.shapes = shapes;
    this.empty = empty;
  }

  touch(node: DraftNode, field: string) {
    const fields = this.touched.get(node);
    if (fields) fields.add(field);
    else this.touched.set(node, new Set([field]));
  }

  /** What a rule says of lines may lock all that is in them. */
  private touchWithLines(node: DraftNode, field: string) {
    this.touch(node, field);
    for (const line of node.rows(field)) {
      for (const one of withLines(line)) {
        for (const name of one.shape.fields.keys()) this.touch(one, name);
      }
    }
  }

  /** A field has another value. */
  changed(node: DraftNode, field: string) {
    this.touch(node, field);
    this.wake(node, node.shape.byField.get(field));
    const { holder } = node;
    if (holder) this.wake(holder, holder.shape.byLine.get(`${node.slot}.${field}`));
    this.below(node, field, 1);
  }

  /** Lines came, went or changed places. */
  listed(holder: DraftNode, slot: string) {
    this.touch(holder, slot);
    this.wake(holder, holder.shape.byLines.get(slot));
  }

  /** Everything of a node and its lines, the innermost first. */
  whole(node: DraftNode) {
    for (const one of [...withLines(node)].reverse()) {
      for (const name of one.shape.fields.keys()) this.touch(one, name);
      this.wake(one, one.shape.parts.keys());
    }
  }

  settle(): Map<DraftNode, Set<string>> {
    for (;;) {
      const formula = this.formulas.take();
      if (formula) this.compute(...formula);
      else {
        const rule = this.rules.take();
        if (!rule) break;
        this.judge(...rule);
      }
    }
    this.runs = 0;
    const { touched } = this;
    this.touched = new Map();
    return touched;
  }

  private wake(node: DraftNode, places: Iterable<number> | undefined) {
    for (const place of places ?? []) {
      if (node.waiting.has(place)) continue;
      node.waiting.add(place);
      (node.shape.parts[place]?.rule ? this.rules : this.formulas).add(node, place);
    }
  }

  /** Formulas of lines that look up to this field. */
  private below(node: DraftNode, path: string, steps: number) {
    if (steps >= this.shapes.longest) return;
    for (const { name, children } of node.shape.children) {
      const lines = node.rows(name);
      if (!children || lines.length === 0) continue;
      const named = `${children.parent}.${path}`;
      const places = this.shapes.of(children.object).byPath.get(named);
      for (const line of lines) {
        this.wake(line, places);
        this.below(line, named, steps + 1);
      }
    }
  }

  private compute(node: DraftNode, place: number) {
    node.waiting.delete(place);
    this.runs += 1;
    const part = node.shape.parts[place];
    if (!part?.field || this.runs > runsMax) return;
    const { name } = part.field;
    const value = part.program.run(node);
    if (sameContent(value ?? null, node.fields[name] ?? null)) return;
    node.fields[name] = value;
    this.changed(node, name);
  }

  private judge(node: DraftNode, place: number) {
    node.waiting.delete(place);
    const part = node.shape.parts[place];
    const rule = part?.rule;
    if (!part || !rule) return;
    const holds = part.program.run(node) === true;
    if (holds !== node.holds.has(place)) {
      if (holds) node.holds.add(place);
      else node.holds.delete(place);
      if (rule.field) this.touchWithLines(node, rule.field);
    }
    if (holds && rule.effect === 'clear' && rule.field && !node.isEmpty(rule.field)) {
      this.empty(node, rule.field);
    }
  }
}
