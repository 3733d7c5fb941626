import type { DraftNode } from './draft_node.ts';
import type { Shape } from './shape.ts';

/** A new version of the application: what a draft holds moves with the ids of its fields. */
export function carry(node: DraftNode, shape: Shape) {
  const names = new Map([...shape.fields.values()].map(({ id, name }) => [id, name]));
  const before = node.shape.fields;
  const renamed = <T>(entries: Iterable<[string, T]>): [string, T][] =>
    [...entries].flatMap(([name, value]): [string, T][] => {
      const to = names.get(before.get(name)?.id ?? '');
      return to === undefined ? [] : [[to, value]];
    });
  node.fields = Object.fromEntries(renamed(Object.entries(node.fields)));
  node.initial = Object.fromEntries(renamed(Object.entries(node.initial)));
  node.lists = new Map(renamed(node.lists));
  node.beginnings = new Map(renamed(node.beginnings));
  node.shape = shape;
  for (const [slot, lines] of node.lists) for (const line of lines) line.slot = slot;
  node.holds.clear();
  node.states.clear();
  node.dirty.clear();
  for (const name of shape.fields.keys()) node.noteDirty(name);
}
