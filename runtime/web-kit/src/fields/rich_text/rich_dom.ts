import { Outline } from './outline.ts';
import { readRich, type RichNode } from './rich_nodes.ts';

// Between a text with marks and the elements of an editor or of what is pasted. What comes out of
// a browser is read by the names of its elements alone; the server looks at it again.

/** As much of a DOM node as is read: tests bring their own. */
export interface NodeLike {
  nodeName: string;
  nodeValue: string | null;
  childNodes: ArrayLike<NodeLike>;
  getAttribute?: (name: string) => string | null;
}

const names: Record<string, string> = {
  B: 'strong', STRONG: 'strong', I: 'em', EM: 'em', U: 'u', INS: 'u', S: 's', STRIKE: 's',
  DEL: 's', CODE: 'code', KBD: 'code', SAMP: 'code', TT: 'code', A: 'a', P: 'p', H1: 'h2',
  H2: 'h2', H3: 'h3', H4: 'h3', H5: 'h3', H6: 'h3', BLOCKQUOTE: 'blockquote', UL: 'ul', MENU: 'ul',
  OL: 'ol', LI: 'li', BR: 'br', TD: 'blank', TH: 'blank',
};
const dividers = new Set(('DIV SECTION ARTICLE HEADER FOOTER MAIN ASIDE NAV PRE TABLE TR CAPTION '
  + 'FIGURE FIGCAPTION ADDRESS DL DT DD FORM FIELDSET DETAILS SUMMARY CENTER HR').split(' '));
const dropped = new Set(('SCRIPT STYLE HEAD TITLE TEMPLATE IFRAME OBJECT EMBED APPLET NOSCRIPT '
  + 'NOEMBED NOFRAMES FRAMESET XMP TEXTAREA SELECT BUTTON DATALIST AUDIO VIDEO CANVAS MAP SVG MATH '
  + '#comment').split(' '));

/** Word processors say in styles what others say in elements. */
function marksOf(node: NodeLike, name: string): string[] {
  const style = node.getAttribute?.('style') ?? '';
  const weight = /font-weight:\s*(\w+)/.exec(style)?.[1];
  const bold = weight === 'bold' || Number(weight) >= 600;
  const plain = name === 'strong' && weight !== undefined && !bold;
  const added = name === 'none' || name === 'a' || plain
    ? [bold ? 'strong' : '', /font-style:\s*italic/.test(style) ? 'em' : ''].filter(Boolean) : [];
  return [plain ? 'none' : name, ...added];
}

function tell(node: NodeLike, outline: Outline) {
  const kind = node.nodeName.toUpperCase();
  if (kind === '#TEXT') {
    outline.words(node.nodeValue ?? '');
    return;
  }
  if (dropped.has(kind) || dropped.has(node.nodeName)) return;
  const opened = marksOf(node, names[kind] ?? (dividers.has(kind) ? 'part' : 'none'));
  opened.forEach((tag) => outline.open(tag, tag === 'a' ? node.getAttribute?.('href') ?? '' : ''));
  Array.from(node.childNodes).forEach((child) => tell(child, outline));
  opened.reverse().forEach((tag) => outline.close(tag));
}

/** The canonical form of what is inside; "" where there is no word. */
export function richOf(root: NodeLike): string {
  const outline = new Outline();
  Array.from(root.childNodes).forEach((child) => tell(child, outline));
  return outline.take();
}

function built(node: RichNode): Node {
  if (typeof node === 'string') return document.createTextNode(node);
  const element = document.createElement(node.tag);
  if (node.tag === 'a' && node.href) element.setAttribute('href', node.href);
  element.append(...node.nodes.map(built));
  return element;
}

export function fill(box: HTMLElement, html: string) {
  box.replaceChildren(...readRich(html).map(built));
}

/** Of the clipboard: its marks where it has some, else a paragraph for each line. */
export function pastedRich(data: DataTransfer): string {
  const html = data.getData('text/html');
  if (html) return richOf(new DOMParser().parseFromString(html, 'text/html').body);
  const outline = new Outline();
  for (const line of data.getData('text/plain').split(/\r?\n/)) {
    outline.open('p');
    outline.words(line);
    outline.close('p');
  }
  return outline.take();
}
