// Texts with marks as they are read: a line for each paragraph, item and line break. Twin of
// engine/html/plain.cpp; of the canonical form, which is all that the server keeps.

const escapes: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

const unescaped = (text: string) =>
  text.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => escapes[name] ?? '');

export const plainText = (html: string) => unescaped(html
  .replace(/<\/(?:p|h2|h3|li|blockquote)>|<[uo]l>/g, '\r').replaceAll('<br>', '\n')
  .replace(/<[^>]*(?:>|$)/g, '').replace(/^\r+/, '').replace(/\n?\r+/g, '\n').replace(/\n$/, ''));
