// What an editor does to the text under its cursor. Browsers keep their history of changes and what
// input methods are in the middle of only for these commands; nothing newer does.

export type Mark = 'bold' | 'italic' | 'heading' | 'bullets' | 'numbers' | 'link';

const commands: Partial<Record<Mark, string>> = {
  bold: 'bold', italic: 'italic', bullets: 'insertUnorderedList', numbers: 'insertOrderedList',
};

const run = (command: string, value = '') => document.execCommand(command, false, value);

export const linkAtCursor = () => {
  const node = document.getSelection()?.anchorNode;
  const element = node instanceof Element ? node : node?.parentElement;
  return element?.closest<HTMLAnchorElement>('.rich a') ?? null;
};

export function isOn(mark: Mark): boolean {
  if (mark === 'link') return linkAtCursor() !== null;
  if (mark === 'heading') return /^h[1-6]$/i.test(document.queryCommandValue('formatBlock'));
  return document.queryCommandState(commands[mark] ?? '');
}

/** What is typed next is a paragraph of its own, marked by elements and not by styles. */
export function setUp() {
  run('defaultParagraphSeparator', 'p');
  run('styleWithCSS', 'false');
}

export function toggle(mark: Exclude<Mark, 'link'>) {
  if (mark === 'heading') run('formatBlock', isOn('heading') ? '<p>' : '<h2>');
  else run(commands[mark] ?? '');
}

export const insert = (html: string) => run('insertHTML', html);

/** Of the words selected, of the link the cursor is in, or of its own target; "" takes it away. */
export function link(target: string, markup: string) {
  const selection = document.getSelection();
  const existing = linkAtCursor();
  if (existing && selection?.isCollapsed) selection.selectAllChildren(existing);
  if (target === '') run('unlink');
  else if (document.getSelection()?.isCollapsed) insert(markup);
  else run('createLink', target);
}
