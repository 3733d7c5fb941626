import { expect, test } from 'vitest';
import type { RunNode } from '../api/flow_types.ts';
import { endId, layOut, linksOf, spread, startId } from './layout.ts';

const node = (
  id: string, next: (string | null)[] = [], region = 0, kind = 'approve',
): RunNode => ({
  id, label: id, kind, region,
  next: next.map((to, index) => ({
    port: next.length > 1 ? `b${index}` : 'next', label: `way ${index}`, to })) });
const size = () => ({ width: 100, height: 40 });
const pairs = (nodes: RunNode[], start = nodes[0]?.id ?? null) =>
  linksOf(nodes, start).map(({ from, to }) => `${from}>${to}`);

/** A fork with two branches of their own regions, and what follows it. */
const forked: RunNode[] = [
  { ...node('fork', [], 0, 'parallel'), next: [
    { port: 'a', label: 'a', to: 'left' }, { port: 'b', label: 'b', to: 'right' },
    { port: 'next', label: '', to: 'after' }] },
  node('left', [null], 1), node('right', ['more'], 2), node('more', [null], 2),
  node('after', [null]),
];

test('what ends a body at the root ends the flow', () => {
  expect(pairs([node('one', ['two']), node('two', [null])]))
    .toEqual(['$start>one', 'one>two', 'two>$end']);
});

test('branches join what follows the fork, and the fork has no way there itself', () => {
  expect(pairs(forked)).toEqual(['$start>fork', 'fork>left', 'fork>right', 'left>after',
    'right>more', 'more>after', 'after>$end']);
});

test('a fork that nothing follows lets its branches end the flow', () => {
  const nodes = [
    { ...node('fork', [], 0, 'parallel'), next: [
      { port: 'a', label: 'a', to: 'left' }, { port: 'next', label: '', to: null }] },
    node('left', [null], 1)];
  expect(pairs(nodes)).toEqual(['$start>fork', 'fork>left', 'left>$end']);
});

test('a node of kind end ends where it stands', () => {
  expect(pairs([node('ask', ['stop', null]), node('stop', [], 0, 'end')]))
    .toEqual(['$start>ask', 'ask>stop', 'ask>$end']);
});

test('no two boxes overlap, and everything stands below what it follows', () => {
  const { boxes, edges, width, height } = layOut(forked, 'fork', size);
  for (const a of boxes) {
    expect(a.x).toBeGreaterThanOrEqual(0);
    expect(a.x + a.width).toBeLessThanOrEqual(width);
    expect(a.y + a.height).toBeLessThanOrEqual(height);
    for (const b of boxes) {
      if (a === b) continue;
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x
        || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(apart, `${a.id} and ${b.id}`).toBe(true);
    }
  }
  const top = new Map(boxes.map(({ id, y }) => [id, y]));
  for (const { from, to } of edges) {
    expect(top.get(to) ?? 0).toBeGreaterThan(top.get(from) ?? 0);
  }
});

test('edges have right angles only, from the foot of a box to the head of the next', () => {
  const { boxes, edges } = layOut(forked, 'fork', size);
  const box = new Map(boxes.map((one) => [one.id, one]));
  for (const { from, to, points } of edges) {
    points.slice(1).forEach(([x, y], index) => {
      const [px = 0, py = 0] = points[index] ?? [];
      expect(x === px || y === py, `${from} ${to}`).toBe(true);
    });
    const foot = box.get(from);
    expect(points[0]?.[1]).toBe((foot?.y ?? 0) + (foot?.height ?? 0));
    expect(points.at(-1)?.[1]).toBe(box.get(to)?.y);
  }
});

test('branches stand as they were written, the fork and what follows in the middle', () => {
  const { boxes } = layOut(forked, 'fork', size);
  const middle = (id: string) => {
    const one = boxes.find((box) => box.id === id);
    return (one?.x ?? 0) + (one?.width ?? 0) / 2;
  };
  expect(middle('left')).toBeLessThan(middle('right'));
  const centre = (middle('left') + middle('right')) / 2;
  expect(Math.abs(middle('fork') - centre)).toBeLessThan(1);
  expect(Math.abs(middle('after') - centre)).toBeLessThan(1);
});

test('a way back is one, and goes up at the left of everything', () => {
  const nodes = [node('one', ['two']), node('two', ['one', null])];
  const { edges, boxes } = layOut(nodes, 'one', size);
  const [back, ...others] = edges.filter((edge) => edge.back);
  expect(others).toEqual([]);
  expect(back).toMatchObject({ from: 'two', to: 'one' });
  const left = Math.min(...boxes.map(({ x }) => x));
  expect(Math.min(...(back?.points ?? []).map(([x]) => x))).toBeLessThan(left);
});

test('a long way past other nodes keeps its own lane', () => {
  const nodes = [node('ask', ['short', 'one']), node('one', ['two']), node('two', ['short']),
    node('short', [null])];
  const { boxes, edges } = layOut(nodes, 'ask', size);
  const way = edges.find(({ from, to }) => from === 'ask' && to === 'short');
  const two = boxes.find(({ id }) => id === 'two');
  const hits = (way?.points ?? []).some(([x, y], index, all) => {
    const [nx = x, ny = y] = all[index + 1] ?? [];
    return two && x === nx && x > two.x && x < two.x + two.width
      && Math.min(y, ny) < two.y && Math.max(y, ny) > two.y + two.height;
  });
  expect(hits).toBe(false);
});

test('a flow without a node is its beginning and its end', () => {
  expect(layOut([], null, size).boxes.map(({ id }) => id)).toEqual([startId, endId]);
});

test('cells that fit stay where they want to be; others move apart evenly', () => {
  expect(spread([0, 200], [100, 100], 20)).toEqual([0, 200]);
  expect(spread([0, 0], [100, 100], 20)).toEqual([-60, 60]);
  expect(spread([10, 0, 300], [100, 100, 100], 20)).toEqual([-55, 65, 300]);
});
