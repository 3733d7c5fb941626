import { type DraftNode, withLines } from './draft_node.ts';
import type { Place } from './form_lines.ts';
import type { FieldState } from './judge.ts';

/** Lines with problems, and lines that lack something: kept beside the draft, so that nobody has to
 * look through thousands of them at each key. */
export class FormMarks {
  private readonly wrong = new Map<DraftNode, Set<string>>();
  private readonly lacking = new Map<DraftNode, Set<string>>();

  note(node: DraftNode, name: string, state: FieldState) {
    mark(this.wrong, node, name, state.problem !== null);
    mark(this.lacking, node, name, state.required && !state.hidden && state.problem === null
      && !node.blank && node.isEmpty(name));
  }

  forget(node: DraftNode) {
    this.wrong.delete(node);
    this.lacking.delete(node);
  }

  /** In the order of the lines. */
  places(what: 'wrong' | 'lacking', record: DraftNode, slot: string): Place[] {
    const marks = this[what];
    if (marks.size === 0) return [];
    const lines = record.rows(slot).flatMap((line) => [...withLines(line)]);
    return lines.flatMap((node) => {
      const names = marks.get(node);
      return names ? [...node.shape.fields.keys()].filter((field) => names.has(field))
        .map((field) => ({ node, field })) : [];
    });
  }
}

function mark(marks: Map<DraftNode, Set<string>>, node: DraftNode, name: string, on: boolean) {
  const names = marks.get(node);
  if (on && names) names.add(name);
  else if (on) marks.set(node, new Set([name]));
  else if (names?.delete(name) && names.size === 0) marks.delete(node);
}
