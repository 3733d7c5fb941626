// A text with marks as a tree of the few elements there are (engine/html/element.h). Anything else
// is passed over: nothing that is shown or edited is made of markup that was not looked at.

export const marks = ['a', 'strong', 'em', 'u', 's', 'code'] as const;
export const leaves = ['p', 'h2', 'h3'] as const;
export const lists = ['ul', 'ol'] as const;
const tags = [...marks, ...leaves, ...lists, 'blockquote', 'li', 'br'] as const;

export type RichTag = (typeof tags)[number];
export interface RichElement {
  tag: RichTag;
  href: string;
  nodes: RichNode[];
}
export type RichNode = string | RichElement;

const isTag = (name: string): name is RichTag => (tags as readonly string[]).includes(name);

/** As in plain_text.ts, which lists load at once: shared, it would be a chunk of its own. */
const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>')
  .replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** Twin of engine/html/link.cpp. */
export function safeLink(target: string): string {
  const text = target.replace(/^ +| +$/g, '');
  // oxlint-disable-next-line no-control-regex -- blanks and control characters are what is meant
  if (/[\u0000-\u0020\u007f]/.test(text) || text.length > 2048) return '';
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/i.exec(text) ?? [];
  const name = scheme.toLowerCase();
  const web = /^https?$/.test(name) && /^\/\/[^/?#:@\\]/.test(rest);
  const direct = /^(mailto|tel)$/.test(name) && rest !== '';
  return web || direct ? `${name}:${rest}` : '';
}

const token = /<(\/?)([a-z][a-z0-9]*)(?: href="([^"<>]*)")?>|<[^>]*(?:>|$)|[^<]+/g;

export function readRich(html: string): RichNode[] {
  const root: RichNode[] = [];
  const open: RichElement[] = [];
  for (const [text, closing, name, href] of html.matchAll(token)) {
    const here = open.at(-1)?.nodes ?? root;
    if (name === undefined) {
      if (!text.startsWith('<')) here.push(unescaped(text));
    } else if (closing) {
      if (open.at(-1)?.tag === name) open.pop();
    } else if (isTag(name)) {
      const element: RichElement = { tag: name, href: safeLink(unescaped(href ?? '')), nodes: [] };
      here.push(element);
      if (name !== 'br') open.push(element);
    }
  }
  return root;
}
