import type { RunNode } from '../api/flow_types.ts';

// A flow drawn from the top down: nodes in layers, branches side by side, edges with right angles.
// Bodies of branches end where nothing follows; there they join what follows the branching node.

export const startId = '$start';
export const endId = '$end';

export interface Size {
  width: number;
  height: number;
}

export interface Box extends Size {
  id: string;
  x: number;
  y: number;
}

export interface Edge {
  from: string;
  to: string;
  label: string;
  /** It goes back up. */
  back: boolean;
  points: [number, number][];
  /** Where its label stands: the middle. */
  at: [number, number] | null;
}

export interface Layout extends Size {
  boxes: Box[];
  edges: Edge[];
}

export interface Link {
  from: string;
  to: string;
  label: string;
}

/** What follows what, with the ways out of branches, and where the flow begins and ends. */
export function linksOf(nodes: RunNode[], start: string | null): Link[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const owners = new Map<number, RunNode>();
  const isBranch = (node: RunNode, to: string | null) =>
    to !== null && (byId.get(to)?.region ?? node.region) !== node.region;
  for (const node of nodes) {
    for (const { to } of node.next) {
      const region = to === null ? undefined : byId.get(to)?.region;
      if (region !== undefined && isBranch(node, to)) owners.set(region, node);
    }
  }
  const after = (region: number, depth = 0): string => {
    const owner = owners.get(region);
    if (!owner || depth > 64) return endId;
    const way = owner.next.find(({ to }) => to !== null && !isBranch(owner, to));
    return way?.to ?? after(owner.region, depth + 1);
  };
  const links: Link[] = [{ from: startId, to: start ?? endId, label: '' }];
  for (const node of nodes) {
    if (node.kind === 'end') continue;
    const forks = node.next.some(({ to }) => isBranch(node, to));
    // Beside its branches a forking node's own way on is taken when they have joined.
    const ways = forks ? node.next.filter(({ to, port }) => isBranch(node, to)
      || (to === null && port !== 'next')) : node.next;
    if (ways.length === 0) links.push({ from: node.id, to: after(node.region), label: '' });
    for (const { to, label, port } of ways) {
      const behind = forks ? node.next.find((way) => way.to !== null && !isBranch(node, way.to))?.to
        : null;
      links.push({
        from: node.id, to: to ?? behind ?? after(node.region),
        label: ways.length > 1 || port !== 'next' ? label : '' });
    }
  }
  return links;
}

/** Links back to what is still on the way to them. */
function backLinks(links: Link[]): Set<Link> {
  const out = new Map<string, Link[]>();
  for (const link of links) out.set(link.from, [...(out.get(link.from) ?? []), link]);
  const back = new Set<Link>();
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string) => {
    state.set(id, 'open');
    for (const link of out.get(id) ?? []) {
      const there = state.get(link.to);
      if (there === 'open') back.add(link);
      else if (!there) visit(link.to);
    }
    state.set(id, 'done');
  };
  visit(startId);
  for (const { from } of links) if (!state.has(from)) visit(from);
  return back;
}

/** Each node below everything that it follows. */
function ranksOf(links: Link[]): Map<string, number> {
  const ranks = new Map<string, number>([[startId, 0]]);
  const ids = new Set(links.flatMap(({ from, to }) => [from, to]));
  for (const id of ids) ranks.set(id, ranks.get(id) ?? 0);
  for (let turn = 0; turn < ids.size; turn += 1) {
    let moved = false;
    for (const { from, to } of links) {
      const wanted = (ranks.get(from) ?? 0) + 1;
      if ((ranks.get(to) ?? 0) >= wanted) continue;
      ranks.set(to, wanted);
      moved = true;
    }
    if (!moved) break;
  }
  return ranks;
}

interface Cell {
  id: string;
  width: number;
  up: Cell[];
  down: Cell[];
  x: number;
  /** Of a link that passes a row. */
  isWay: boolean;
}

const gapX = 32;
const lane = 24;

/** Places for cells of one row, in order, as near as may be to where each would like to be. */
export function spread(wanted: number[], widths: number[], gap: number): number[] {
  // Distances between centres are at least `need`; what is left is a rising regression.
  const offset: number[] = [];
  wanted.forEach((_, index) => {
    offset.push(index === 0 ? 0 : (offset[index - 1] ?? 0)
      + ((widths[index - 1] ?? 0) + (widths[index] ?? 0)) / 2 + gap);
  });
  const blocks: { sum: number; count: number }[] = [];
  wanted.forEach((want, index) => {
    blocks.push({ sum: want - (offset[index] ?? 0), count: 1 });
    while (blocks.length > 1) {
      const last = blocks[blocks.length - 1];
      const before = blocks[blocks.length - 2];
      if (!last || !before || before.sum / before.count <= last.sum / last.count) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  });
  return blocks.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count))
    .map((value, index) => value + (offset[index] ?? 0));
}

const mean = (cells: Cell[], of: (cell: Cell) => number, otherwise: number) =>
  (cells.length ? cells.reduce((sum, cell) => sum + of(cell), 0) / cells.length : otherwise);

function orderRows(rows: Cell[][]) {
  const place = new Map<Cell, number>();
  const note = (row: Cell[]) => row.forEach((cell, index) => place.set(cell, index));
  rows.forEach(note);
  for (let turn = 0; turn < 6; turn += 1) {
    const down = turn % 2 === 0;
    for (const row of down ? rows : [...rows].reverse()) {
      const near = new Map(row.map((cell, index) => [cell,
        mean(down ? cell.up : cell.down, (one) => place.get(one) ?? 0, index)]));
      row.sort((a, b) => (near.get(a) ?? 0) - (near.get(b) ?? 0));
      note(row);
    }
  }
}

function placeRows(rows: Cell[][]) {
  const put = (row: Cell[], wanted: number[]) => spread(wanted, row.map(({ width }) => width), gapX)
    .forEach((x, index) => {
      const cell = row[index];
      if (cell) cell.x = x;
    });
  for (const row of rows) put(row, row.map(() => 0));
  for (let turn = 0; turn < 12; turn += 1) {
    const down = turn % 2 === 0;
    for (const row of down ? rows : [...rows].reverse()) {
      put(row, row.map((cell) => {
        const near = down ? cell.up : cell.down;
        // A way past nodes goes on as straight as it can.
        const straight = cell.isWay ? near.filter(({ isWay }) => isWay) : [];
        return mean(straight.length ? straight : near, ({ x }) => x, cell.x);
      }));
    }
  }
}

const gapY = 56;

/** `sizeOf`: of nodes, of `$start` and of `$end`; `roomAbove`: for what sits on top of a node. */
export function layOut(
  nodes: RunNode[], start: string | null, sizeOf: (id: string) => Size,
  roomAbove: (id: string) => number = () => 0,
): Layout {
  const links = linksOf(nodes, start);
  const back = backLinks(links);
  const forward = links.filter((link) => !back.has(link));
  const ranks = ranksOf(forward);
  const rows: Cell[][] = [];
  const cells = new Map<string, Cell>();
  const add = (id: string, rank: number, width: number, isWay = false): Cell => {
    const cell: Cell = { id, width, up: [], down: [], x: 0, isWay };
    (rows[rank] ??= []).push(cell);
    return cell;
  };
  // In the order of the definition, so that branches stand as they were written.
  for (const id of new Set(links.flatMap(({ from, to }) => [from, to]))) {
    cells.set(id, add(id, ranks.get(id) ?? 0, sizeOf(id).width));
  }
  const ways = new Map<Link, Cell[]>();
  forward.forEach((link, index) => {
    const from = ranks.get(link.from) ?? 0;
    const to = ranks.get(link.to) ?? 0;
    const between = Array.from({ length: to - from - 1 }, (_, step) =>
      add(`way ${index} ${step}`, from + step + 1, lane, true));
    const chain = [cells.get(link.from), ...between, cells.get(link.to)]
      .filter((cell) => cell !== undefined);
    chain.slice(1).forEach((cell, step) => {
      const above = chain[step];
      if (!above) return;
      above.down.push(cell);
      cell.up.push(above);
    });
    ways.set(link, chain);
  });
  orderRows(rows);
  placeRows(rows);
  const heights = rows.map((row) => Math.max(...row.map(({ id }) =>
    (cells.has(id) ? sizeOf(id).height : 0))));
  const tops: number[] = [];
  rows.forEach((row, rank) => {
    const room = Math.max(0, ...row.map(({ id }) => (cells.has(id) ? roomAbove(id) : 0)));
    tops.push(rank === 0 ? room
      : (tops[rank - 1] ?? 0) + (heights[rank - 1] ?? 0) + gapY + room);
  });
  const left = Math.min(...rows.flat().map(({ x, width }) => x - width / 2))
    - (back.size ? 28 + 12 * back.size : 0);
  for (const cell of rows.flat()) cell.x -= left;
  const boxes = [...cells].map(([id, { x }]): Box => {
    const { width, height } = sizeOf(id);
    return { id, width, height, x: x - width / 2, y: tops[ranks.get(id) ?? 0] ?? 0 };
  });
  const edges = links.map((link) => (back.has(link)
    ? upEdge(link, boxes, 16 + 12 * [...back].indexOf(link))
    : downEdge(link, ways.get(link) ?? [], ranks, tops, heights, boxes)));
  return {
    boxes, edges,
    width: Math.max(...rows.flat().map(({ x, width }) => x + width / 2)),
    height: (tops.at(-1) ?? 0) + (heights.at(-1) ?? 0),
  };
}

function downEdge(
  link: Link, chain: Cell[], ranks: Map<string, number>, tops: number[], heights: number[],
  boxes: Box[],
): Edge {
  const from = boxes.find(({ id }) => id === link.from);
  const to = boxes.find(({ id }) => id === link.to);
  const base = ranks.get(link.from) ?? 0;
  const points: [number, number][] = [[chain[0]?.x ?? 0, (from?.y ?? 0) + (from?.height ?? 0)]];
  let at: [number, number] | null = null;
  chain.slice(1).forEach((cell, step) => {
    const rank = base + step;
    const bend = (tops[rank] ?? 0) + (heights[rank] ?? 0) + 16;
    const [x = 0] = points.at(-1) ?? [];
    if (Math.abs(x - cell.x) > 0.5) points.push([x, bend], [cell.x, bend]);
    if (step === 0) at = [cell.x, bend + 18];
  });
  points.push([chain.at(-1)?.x ?? 0, to?.y ?? 0]);
  return { ...link, back: false, points, at: link.label ? at : null };
}

function upEdge(link: Link, boxes: Box[], x: number): Edge {
  const from = boxes.find(({ id }) => id === link.from);
  const to = boxes.find(({ id }) => id === link.to);
  const low = (from?.y ?? 0) + (from?.height ?? 0) / 2;
  const high = (to?.y ?? 0) + (to?.height ?? 0) / 2;
  return {
    ...link, back: true, at: null,
    points: [[from?.x ?? 0, low], [x, low], [x, high], [to?.x ?? 0, high]],
  };
}

/** Points as the path of an SVG. */
export const pathOf = (points: [number, number][]) =>
  points.map(([x, y], index) => `${index ? 'L' : 'M'}${x} ${y}`).join(' ');
