import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { plainText } from './plain_text.ts';
import { type NodeLike, richOf } from './rich_dom.ts';
import { readRich, type RichNode, safeLink } from './rich_nodes.ts';

interface Case {
  given: string;
  expect: string;
  plain?: string;
}
const path = '../../../../../tests/vectors/value/rich_text.json';
const { cases } = JSON.parse(
  readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8')) as { cases: Case[] };

const node = (nodeName: string, attributes: Record<string, string>, ...childNodes: NodeLike[]) => ({
  nodeName, nodeValue: null, childNodes,
  getAttribute: (name: string) => attributes[name] ?? null,
});
const words = (nodeValue: string): NodeLike => ({ nodeName: '#text', nodeValue, childNodes: [] });
const domOf = (one: RichNode): NodeLike => (typeof one === 'string' ? words(one)
  : node(one.tag.toUpperCase(), { href: one.href }, ...one.nodes.map(domOf)));
const box = (...nodes: NodeLike[]) => node('DIV', {}, ...nodes);

test.each(cases)('what the server keeps is shown and edited as it is: $expect', (one) => {
  expect(richOf(box(...readRich(one.expect).map(domOf)))).toBe(one.expect);
});

test.each(cases.filter(({ plain }) => plain !== undefined))('is read as $plain', (one) => {
  expect(plainText(one.expect)).toBe(one.plain);
});

test('what was not looked at is passed over', () => {
  expect(readRich('<p onclick="x">a</p><img src=x><script>b')).toEqual(['a', 'b']);
  expect(readRich('<p><a href="javascript:x">a</a></p>')).toEqual([
    { tag: 'p', href: '', nodes: [{ tag: 'a', href: '', nodes: ['a'] }] }]);
  expect(readRich('<p>a<b')).toEqual([{ tag: 'p', href: '', nodes: ['a'] }]);
});

test('links go where they may', () => {
  expect(safeLink(' HTTPS://e.example/a ')).toBe('https://e.example/a');
  expect(safeLink('tel:+861')).toBe('tel:+861');
  for (const bad of ['javascript:x', 'java\tscript:x', 'https:///x', '//e', '/e', 'data:x', '']) {
    expect(safeLink(bad)).toBe('');
  }
});

test('what a browser makes while somebody types has the same form', () => {
  expect(richOf(box(words('Rich '), node('B', {}, words('words'))))).toBe(
    '<p>Rich <strong>words</strong></p>');
  expect(richOf(box(words('a'), node('P', {}, words('b')), node('P', {}, node('BR', {}))))).toBe(
    '<p>a</p><p>b</p>');
  expect(richOf(box(node('BR', {})))).toBe('');
  const list = node('UL', {}, node('LI', {}, words('b')));
  expect(richOf(box(node('P', {}, words('a')), node('P', {}, list)))).toBe(
    '<p>a</p><ul><li>b</li></ul>');
});

test('styles of a word processor are marks; what it brings besides goes', () => {
  const bold = node('SPAN', { style: 'font-weight:700;color:red' }, words('bold'));
  expect(richOf(box(node('B', { style: 'font-weight:normal' }, node('P', {}, bold,
    node('STYLE', {}, words('p{}')), node('IMG', { onerror: 'x' }), words(' plain')))))).toBe(
    '<p><strong>bold</strong> plain</p>');
});

test('lists within each other keep their items', () => {
  const inner = node('UL', {}, node('LI', {}, words('b')));
  expect(richOf(box(node('UL', {}, node('LI', {}, words('a'), inner))))).toBe(
    '<ul><li>a<ul><li>b</li></ul></li></ul>');
});
