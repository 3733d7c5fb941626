import { Refusal } from './refusal.ts';

// The normal forms of texts with a shape of their own. Twin of engine/value/normal_forms.cpp.

const trimmed = (text: string) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
const lower = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
// oxlint-disable-next-line no-control-regex -- blanks and control characters are what is meant
const blank = /[\u0000-\u0020\u007f]/;

/** Labels of letters (of any language), digits and "-", joined by points; at least two. */
const isDomain = (text: string) =>
  text.includes('.') && !/^\.|\.\.|\.$/.test(text) && /^[-.0-9A-Za-z\u0080-\uffff]+$/.test(text);

function email(given: string): string {
  const text = trimmed(given);
  const at = text.indexOf('@');
  const box = at < 0 ? text : text.slice(0, at);
  const domain = at < 0 ? '' : text.slice(at + 1);
  if (box === '' || blank.test(box) || /[<>()[\]\\,;:"]/.test(box) || !isDomain(domain)) {
    throw new Refusal('email', 'must be an address such as anna@example.com');
  }
  return `${box}@${lower(domain)}`;
}

function phone(given: string): string {
  const text = trimmed(given).replace(/[- ().\t/]/g, '');
  if (!/^(\+[1-9]\d{2,14}|\d{3,15})$/.test(text)) {
    throw new Refusal('phone', 'must be a number such as +86 138 0013 8000');
  }
  return text;
}

function url(given: string): string {
  const text = trimmed(given);
  const scheme = text.indexOf('://');
  const name = lower(text.slice(0, Math.max(scheme, 0)));
  const rest = text.slice(scheme + 3);
  const known = name === 'http' || name === 'https';
  if (!known || rest === '' || '/?#:@'.includes(rest[0] ?? '/') || blank.test(text)) {
    throw new Refusal('url', 'must be an address that begins with http:// or https://');
  }
  return `${name}://${rest}`;
}

function color(given: string): string {
  const text = lower(trimmed(given));
  if (/^#[0-9a-f]{6}$/.test(text)) return text;
  throw new Refusal('color', 'must be a colour such as #2449c8');
}

function barcode(given: string): string {
  const text = trimmed(given);
  if (/^[ -~]+$/.test(text)) return text;
  throw new Refusal('barcode', 'must be letters, digits and signs without accents');
}

export const normalForms: Partial<Record<string, (text: string) => string>> = {
  barcode, email, phone, url, color };
