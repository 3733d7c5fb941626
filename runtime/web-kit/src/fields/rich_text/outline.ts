import { leaves, lists, marks, safeLink } from './rich_nodes.ts';

// Writes a text with marks canonically, out of elements in any order and nesting, so that what is
// edited and what is pasted have the form the server keeps. Twin of engine/html/outline.cpp.

interface Part {
  tag: string;
  /** Of blocks: two with one number are the same one. */
  number: number;
  href: string;
}

const listsMax = 8;
const breaksMax = 2;
const orderOf = (tag: string) => (marks as readonly string[]).indexOf(tag);
const isMark = (tag: string) => orderOf(tag) >= 0;
const isLeaf = (tag: string) => (leaves as readonly string[]).includes(tag);
const isList = (tag: string | undefined) => tag === 'ul' || tag === lists[1];
/** Neither a block nor a mark: `blank` parts words, `none` nothing, any other name paragraphs. */
const divides = (tag: string) => !isMark(tag) && tag !== 'blank' && tag !== 'none';
const same = (a: Part, b: Part | undefined) =>
  a.tag === b?.tag && a.number === b.number && a.href === b.href;

export const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  .replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export class Outline {
  private given: Part[] = [];
  private written: Part[] = [];
  private text = '';
  private numbers = 0;
  private division = 0;
  private writtenDivision = 0;
  private moved = true;
  private atStart = true;
  private blank = false;
  private breaks = 0;

  open(tag: string, href = '') {
    if (tag === 'br') {
      this.breaks += 1;
      return;
    }
    this.turn(tag);
    this.numbers += 1;
    this.given.push({ tag, number: this.numbers, href: tag === 'a' ? safeLink(href) : '' });
  }

  close(tag: string) {
    if (tag === 'br') return;
    this.turn(tag);
    this.given.pop();
  }

  words(text: string) {
    // oxlint-disable-next-line no-control-regex -- control characters are what is meant
    const parts = text.replace(/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/g, '')
      .split(/([ \t\n\r\f]+)/);
    parts.forEach((part, index) => {
      if (index % 2 === 1) this.blank = true;
      else if (part !== '') this.write(part);
    });
  }

  take(): string {
    this.leaveTo(0);
    return this.text;
  }

  private turn(tag: string) {
    if (tag === 'blank') this.blank = true;
    if (divides(tag)) this.division += 1;
    this.moved = true;
  }

  private blocks(): Part[] {
    const path: Part[] = [];
    const last = () => path.at(-1)?.tag;
    const item = (number: number) => path.push({ tag: 'li', number: -number, href: '' });
    for (const part of this.given) {
      if (isLeaf(last() ?? '')) {
        if (!isList(part.tag)) continue;
        path.pop(); // Editors put a list into the paragraph it is made of.
      }
      if (part.tag === 'li') {
        if (isList(last())) path.push(part);
      } else if (isList(part.tag) && path.filter(({ tag }) => isList(tag)).length < listsMax) {
        if (isList(last())) item(part.number);
        path.push(part);
      } else if (isLeaf(part.tag) && last() !== 'li' && !isList(last())) {
        path.push(part);
      } else if (part.tag === 'blockquote' && path.length === 0) {
        path.push(part);
      }
    }
    if (isList(last())) item(path.at(-1)?.number ?? 0);
    if (path.length === 0 || last() === 'blockquote') {
      path.push({ tag: 'p', number: -this.division, href: '' });
    }
    return path;
  }

  private marks(): Part[] {
    const found = this.given.filter(({ tag, href }) => isMark(tag) && (tag !== 'a' || href));
    return found.filter(({ tag }, index) => found.findIndex((one) => one.tag === tag) === index)
      .map((part) => ({ ...part, number: 0 }))
      .sort((a, b) => orderOf(a.tag) - orderOf(b.tag));
  }

  private move() {
    const blocks = this.blocks();
    const wanted = [...blocks, ...this.marks()];
    let common = 0;
    while (common < this.written.length && same(this.written[common] as Part, wanted[common])) {
      common += 1;
    }
    const leaves = this.written[common];
    this.leaveTo(common);
    if (common < blocks.length || (leaves && !isMark(leaves.tag))) this.atStart = true;
    else if (this.writtenDivision !== this.division && this.breaks === 0) this.breaks = 1;
    if (!this.atStart && this.breaks > 0) {
      this.text += '<br>'.repeat(Math.min(this.breaks, breaksMax));
    } else if (!this.atStart && this.blank) {
      this.text += ' ';
    }
    for (const part of wanted.slice(common)) {
      this.text += part.tag === 'a' ? `<a href="${escaped(part.href)}">` : `<${part.tag}>`;
      this.written.push(part);
    }
    this.writtenDivision = this.division;
    this.moved = false;
  }

  private write(word: string) {
    if (this.moved || this.breaks > 0) this.move();
    else if (this.blank) this.text += ' ';
    this.text += escaped(word);
    this.atStart = false;
    this.blank = false;
    this.breaks = 0;
  }

  private leaveTo(depth: number) {
    while (this.written.length > depth) this.text += `</${this.written.pop()?.tag}>`;
  }
}
