import type { Kind } from './value.ts';

/** What a number counts: seconds (`duration`), amounts of a currency (its code), amounts of which
 * each is in one of `several` currencies, or nothing of its own. */
export type Unit = string;

/** A field as a formula sees it. */
export interface Member {
  readonly kind: Kind;
  readonly object: string; // Of a reference or several, else "".
  readonly options: readonly string[]; // Of choices: literals beside it must be among them.
  readonly unit?: Unit; // Of numbers.
  readonly currencies?: readonly string[]; // Of money in several of them.
}

/** What the names in a formula mean: of what this person may read. */
export interface Names {
  member: (object: string, name: string) => Member | null;
  members: (object: string) => string[]; // To suggest.
  /** Lines owned by the record, or records that refer to it: what aggregates run over. */
  many?: (object: string, name: string) => { readonly object: string } | null;
  /** Whether $old, CHANGED, WAS and BECOMES may be used. */
  tellsChanges?: boolean;
}

/** What compile() asks for: whose formula it is, and the kind its result must have. */
export interface Environment {
  readonly object: string;
  readonly names: Names;
  readonly kind?: Kind;
}

const kinds: Record<string, Kind> = {
  address: 'json', barcode: 'text', files: 'reference_list', image: 'reference',
  location: 'json', signature: 'reference',
  boolean: 'boolean', choice: 'text', choices: 'text_list', color: 'text', date: 'date',
  datetime: 'datetime', decimal: 'number', department: 'reference', duration: 'number',
  email: 'text',
  file: 'reference', integer: 'number', json: 'json', long_text: 'text', money: 'number',
  percent: 'number', phone: 'text', rating: 'number', reference: 'reference',
  references: 'reference_list', rich_text: 'text', text: 'text', time: 'time', url: 'text',
  user: 'reference', users: 'reference_list',
};

/** The kind that a field type is kept as; null for what is no type. */
export const kindOfType = (type: string): Kind | null => kinds[type] ?? null;

export const unitOfType = (type: string): Unit => (type === 'duration' ? type : '');

/** How a formula names the currency of such money; its amount has the name of the field. */
const ofCurrency = '.currency';
export const currencyName = (name: string): string => name + ofCurrency;
export const isCurrencyName = (name: string): boolean => name.endsWith(ofCurrency);
/** The field that is read for it. */
export const fieldNamed = (name: string): string =>
  (isCurrencyName(name) ? name.slice(0, -ofCurrency.length) : name);
