import { isEmptyValue } from '../fields/field_type.ts';
import type { DraftNode } from './draft_node.ts';

// A draft as the API takes it. A new record brings its lines as arrays; of one that exists only
// what changed is sent: `{"put": […], "remove": […]}` for each children field.

/** Which line stood at a place of the body: "lines/put/2" → the line. */
export type Places = Map<string, DraftNode>;

type Body = Record<string, unknown>;
type Put = Body & { id?: string; after?: string | null };

function isSent(node: DraftNode, name: string): boolean {
  if (node.id !== null || !node.holder) return node.dirty.has(name);
  return !isEmptyValue(node.fields[name]) || !isEmptyValue(node.initial[name]);
}

export function bodyOf(node: DraftNode, prefix = '', places: Places = new Map()): Body {
  const body: Body = {};
  for (const field of node.shape.fields.values()) {
    const { name } = field;
    if (!field.writable || field.system) continue;
    if (field.children) {
      const lines = linesBody(node, name, `${prefix}${name}`, places);
      if (lines !== null) body[name] = lines;
    } else if (isSent(node, name)) body[name] = node.sent(name);
  }
  return body;
}

function linesBody(holder: DraftNode, slot: string, at: string, places: Places): unknown {
  const lines = holder.rows(slot).filter((line) => !line.blank);
  if (holder.id !== null) return changesOf(holder, slot, lines, at, places);
  return lines.length === 0 ? null : lines.map((line, index) => {
    places.set(`${at}/${index}`, line);
    return bodyOf(line, `${at}/${index}/`, places);
  });
}

/** Of numbers in some order, the longest part that rises: what need not be moved. */
export function longestRising(numbers: number[]): Set<number> {
  const ends: number[] = []; // Places of the smallest end of each length.
  const before: number[] = [];
  const at = (place: number) => numbers[place] ?? 0;
  numbers.forEach((number, place) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(ends[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    before[place] = low > 0 ? ends[low - 1] ?? -1 : -1;
    ends[low] = place;
  });
  const rising = new Set<number>();
  for (let place = ends.at(-1) ?? -1; place >= 0; place = before[place] ?? -1) {
    rising.add(at(place));
  }
  return rising;
}

/** The server puts lines in the order given, each behind the line it names; new ones have no name
 * yet. So lines with an id come first, from the top; then the new ones behind each of them, from
 * the bottom; those at the very end need no place. */
function changesOf(
  holder: DraftNode, slot: string, lines: DraftNode[], at: string, places: Places,
): unknown {
  const beginning = holder.beginnings.get(slot) ?? [];
  const placeOf = new Map(beginning.map((line, place) => [line, place]));
  const kept = lines.filter((line) => line.id !== null);
  const still = longestRising(kept.map((line) => placeOf.get(line) ?? 0));
  const put: Put[] = [];
  const add = (line: DraftNode, place: { after?: string | null }) => {
    const path = `${at}/put/${put.length}`;
    const body = bodyOf(line, `${path}/`, places);
    if (line.id !== null && !('after' in place) && Object.keys(body).length === 0) return;
    places.set(path, line);
    put.push({ ...(line.id === null ? {} : { id: line.id }), ...place, ...body });
  };
  kept.forEach((line, index) => add(line, still.has(placeOf.get(line) ?? 0) ? {}
    : { after: kept[index - 1]?.id ?? null }));

  const behind = new Map<string | null, DraftNode[]>();
  let last: string | null = null;
  for (const line of lines) {
    if (line.id !== null) last = line.id;
    else behind.set(last, [...(behind.get(last) ?? []), line]);
  }
  const end = kept.at(-1)?.id ?? null;
  for (const [after, fresh] of behind) {
    if (after !== end) [...fresh].reverse().forEach((line) => add(line, { after }));
  }
  (behind.get(end) ?? []).forEach((line) => add(line, {}));

  const here = new Set(kept);
  const remove = beginning.filter((line) => !here.has(line)).map(({ id }) => id);
  if (put.length === 0 && remove.length === 0) return null;
  return { ...(put.length ? { put } : {}), ...(remove.length ? { remove } : {}) };
}
