import { DraftNode, type Moment } from './draft_node.ts';
import type { Shape } from './shape.ts';

// A record as the API writes it ↔ the nodes of a draft.

type Raw = Record<string, unknown>;

interface Reading {
  raw: Raw;
  shape: Shape;
  holder: DraftNode | null;
  slot: string;
  moment: Moment;
  shapeOf: (object: string) => Shape;
}

export function nodesOf(reading: Reading): DraftNode {
  const { raw, shape, holder, slot, moment, shapeOf } = reading;
  const lists = new Set(shape.children.map(({ name }) => name));
  const own = () => Object.fromEntries(Object.entries(raw).filter(([name]) => !lists.has(name)));
  const id = typeof raw['id'] === 'string' ? raw['id'] : null;
  const node = new DraftNode({ shape, holder, slot, id, moment, initial: own(), fields: own() });
  for (const { name, children } of shape.children) {
    const items = raw[name];
    const lines = !Array.isArray(items) ? [] : items.map((item: Raw) => nodesOf({
      raw: item, shape: shapeOf(children?.object ?? ''), holder: node, slot: name, moment, shapeOf,
    }));
    node.lists.set(name, lines);
    node.beginnings.set(name, id === null ? [] : lines);
  }
  return node;
}

/** What a person may write of a line and what it holds, to begin another one with. */
export function rawOf(line: DraftNode): Raw {
  const raw: Raw = {};
  for (const field of line.shape.fields.values()) {
    if (!field.writable || field.system) continue;
    if (field.children) raw[field.name] = line.rows(field.name).map(rawOf);
    else if (line.fields[field.name] !== undefined) raw[field.name] = line.fields[field.name];
  }
  return raw;
}
