import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import enMain from './locales/en.json';
import enFlows from './locales/flows.en.json';
import zhFlows from './locales/flows.zh-CN.json';
import zhMain from './locales/zh-CN.json';

// The parts do not overlap: each has members of its own at the top.
const en = { ...enMain, ...enFlows };
const zh = { ...zhMain, ...zhFlows };

type Tree = { [name: string]: Tree | string };

const flat = (tree: Tree, prefix = ''): [string, string][] => Object.entries(tree)
  .flatMap(([name, value]) => (typeof value === 'string' ? [[prefix + name, value]]
    : flat(value, `${prefix}${name}.`)) as [string, string][]);
const bare = (key: string) => key.replace(/_(one|other)$/, '');
const keysOf = (tree: Tree) => [...new Set(flat(tree).map(([key]) => bare(key)))].sort();
const holes = (text: string) => [...new Set(text.match(/{{\w+}}/g) ?? [])].sort().join();

test('both languages have the same texts', () => {
  expect(keysOf(zh as Tree)).toEqual(keysOf(en as Tree));
});

test('a text is in one part only', () => {
  expect(Object.keys(enFlows).filter((name) => name in enMain)).toEqual([]);
});

test('both languages fill in the same values', () => {
  const other = new Map(flat(zh as Tree).map(([key, text]) => [bare(key), holes(text)]));
  const odd = flat(en as Tree).filter(([key, text]) => other.get(bare(key)) !== holes(text)
    && key !== 'rating_one').map(([key]) => key);
  expect(odd).toEqual([]);
});

test('every text that the code asks for by name is there', () => {
  const known = new Set(keysOf(en as Tree));
  const roots = ['../../../web-kit/src', '../../../web/src'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)));
  const asked = new Set(roots.flatMap((root) => readdirSync(root, { recursive: true })
    .filter((name) => /\.tsx?$/.test(String(name)))
    .flatMap((name) => [...readFileSync(`${root}/${name}`, 'utf8')
      .matchAll(/\bt\(\s*(?:[\w.!= ]+ \? )?'([\w.]+)'(?: : '([\w.]+)')?/g)]
      .flatMap(([, first, second]) => [first, second].filter(Boolean)))));
  expect([...asked].filter((key) => !known.has(String(key)))).toEqual([]);
});
