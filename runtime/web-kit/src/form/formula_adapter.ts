import type { Application } from '../api/application.tsx';
import type { AppField, AppObject } from '../api/types.ts';
import { targetOf } from '../fields/columns.ts';
import { hasCurrencies } from '../fields/field_type.ts';
import { Unread } from '../fields/unread.ts';
import { parseDate } from '../formula/date.ts';
import { secondsOfIso } from '../format/duration.ts';
import { moneyOf } from '../format/money.ts';
import { decimalOf, readDecimal } from '../formula/decimal.ts';
import { coerceValue, type FieldType, readValue, writeValue } from '../formula/field_value.ts';
import {
  compile, evaluate, type Formula, type Kind, type Names, type Row, type RowsNeed, type Scope,
  type Value,
} from '../formula/formula.ts';
import {
  fieldNamed, isCurrencyName, kindOfType, type Unit, unitOfType,
} from '../formula/names.ts';
import { parseReference } from '../formula/record_id.ts';
import { isReferring, listValue } from '../formula/value.ts';

// The form's view of a formula: what it needs, and its value for a draft. A formula that cannot be
// compiled here is left to the server, which judges the draft through `check`.

/** A record or a line as its formulas see it. */
export interface DraftScope {
  object: string;
  fields: Record<string, unknown>;
  /** As it was fetched; null: new. */
  before: Record<string, unknown> | null;
  /** What holds the line, by the name that its formulas have for it. */
  above: (name: string) => DraftScope | null;
  rows: (name: string) => readonly DraftScope[];
  today: string;
  user: string;
}

export interface Program {
  needs: string[][];
  rows?: RowsNeed[];
  run: (scope: DraftScope) => unknown;
  /** To tell how a value came about. */
  formula?: Formula;
  scopeOf?: (scope: DraftScope) => Scope;
}

/** By line object: what its lines may stand in. */
export type Links = Map<string, { name: string; object: string }[]>;

/** `field`: whose formula it is; a rule's condition has none. */
export type Compile = (
  text: string, object: AppObject, field: AppField | null, links: Links) => Program | null;

// Formats of the screen that the language keeps as a plain kind.
const plainKinds: Record<string, Kind> = {
  auto_number: 'text', barcode: 'text', image: 'reference', signature: 'reference' };
const derived = new Set(['formula', 'rollup', 'lookup']);

const kindOfResult = (result: AppField['result']): Kind | null =>
  (result === 'duration' ? 'number' : result ?? null);
/** Seconds, amounts of its currency, or of several. */
const unitOfField = (field: AppField): Unit => {
  const type = derived.has(field.type) ? field.result ?? '' : field.type;
  if (type !== 'money' && type !== 'number') return unitOfType(type);
  return hasCurrencies(field) ? 'several' : field.currency ?? '';
};
const kindOfField = (field: AppField): Kind | null =>
  (derived.has(field.type) ? kindOfResult(field.result)
    : kindOfType(field.type) ?? plainKinds[field.type] ?? null);

type Find = (name: string) => AppObject | undefined;

function namesOf(find: Find, links: Links): Names {
  const fieldIn = (object: string, name: string) =>
    find(object)?.fields.find((one) => one.name === name);
  return {
    member: (object, name) => {
      const link = links.get(object)?.find((one) => one.name === name);
      if (link) return { kind: 'reference', object: link.object, options: [] };
      const field = fieldIn(object, name);
      const kind = field ? kindOfField(field) : null;
      if (!field || !kind) return null;
      const options = field.options?.map((option) => option.name) ?? [];
      return {
        kind, object: isReferring(kind) ? targetOf(field) ?? '' : '', options,
        unit: unitOfField(field), currencies: field.currencies,
      };
    },
    members: (object) => find(object)?.fields.map(({ name }) => name) ?? [],
    many: (object, name) => {
      const children = fieldIn(object, name)?.children;
      return children && find(children.object) ? { object: children.object } : null;
    },
    tellsChanges: true,
  };
}

const plainTypes: Partial<Record<Kind, string>> = {
  text: 'long_text', number: 'decimal', reference_list: 'references' };

const draftDuration = (raw: unknown): Value => {
  const seconds = secondsOfIso(String(raw));
  return seconds === null ? null : decimalOf(seconds);
};

/** What was typed so far as a value; what is no value of its type yet is empty. */
function draftValue(field: AppField | undefined, raw: unknown): Value {
  const kind = field ? kindOfField(field) : null;
  if (!field || !kind || raw === null || raw === undefined || raw === '') return null;
  if (raw instanceof Unread) return null;
  if (hasCurrencies(field)) return readDecimal(moneyOf(raw, field.currency)?.amount ?? '');
  if (unitOfField(field) === 'duration') return draftDuration(raw);
  if (kind === 'number') return readDecimal(String(raw));
  if (kind === 'text_list') {
    return Array.isArray(raw) && raw.length > 0 ? listValue(raw.map(String)) : null;
  }
  const type = kindOfType(field.type) === kind && kind === 'text' ? field.type
    : plainTypes[kind] ?? kind;
  try {
    return readValue({ type }, raw);
  } catch {
    return kind === 'text' ? String(raw) : null;
  }
}

const results: Partial<Record<Kind, string>> = { number: 'decimal', text: 'long_text' };

/** The result as the field keeps it and the API writes it. */
function written(field: AppField | null, kind: Kind, value: Value): unknown {
  const plain = results[kind] ?? kind;
  const type: FieldType = {
    type: field?.result === 'duration' ? field.result : plain, scale: field?.scale };
  try {
    return writeValue(type, field ? coerceValue(type, value) : value);
  } catch {
    return null;
  }
}

/** Whether a path is known in the form: a field, or one of what holds the line. */
function isHere(object: string, steps: string[], links: Links): boolean {
  const [first = '', second] = steps;
  if (first === '$old') return steps.length === 2;
  if (second === undefined) return true;
  const link = links.get(object)?.find(({ name }) => name === first);
  return link !== undefined && isHere(link.object, steps.slice(1), links);
}

/** The fields that are read: of money in several currencies amount and currency are in one. */
function readOf(needs: string[][]): string[][] {
  const paths = needs.map((steps) => [...steps.slice(0, -1), fieldNamed(steps.at(-1) ?? '')]);
  return [...new Map(paths.map((steps) => [steps.join('.'), steps])).values()];
}

/** Typed values of a draft, read again only where the draft holds something else. */
class Values {
  private readonly kept =
    new WeakMap<Record<string, unknown>, Map<string, { raw: unknown; value: Value }>>();
  private readonly rows = new WeakMap<DraftScope, Row>();
  private readonly fields = new Map<string, Map<string, AppField>>();
  private readonly find: Find;

  constructor(find: Find) {
    this.find = find;
  }

  private field(object: string, name: string): AppField | undefined {
    let fields = this.fields.get(object);
    if (!fields) {
      fields = new Map(this.find(object)?.fields.map((one) => [one.name, one]));
      this.fields.set(object, fields);
    }
    return fields.get(name);
  }

  read(object: string, from: Record<string, unknown>, name: string): Value {
    const raw = from[fieldNamed(name)];
    let kept = this.kept.get(from);
    if (!kept) this.kept.set(from, kept = new Map());
    const known = kept.get(name);
    if (known && known.raw === raw) return known.value;
    const field = this.field(object, fieldNamed(name));
    const value = isCurrencyName(name) ? moneyOf(raw, field?.currency)?.currency ?? null
      : draftValue(field, raw);
    kept.set(name, { raw, value });
    return value;
  }

  own = (scope: DraftScope, name: string) => this.read(scope.object, scope.fields, name);

  path(scope: DraftScope, steps: readonly string[]): Value {
    let at: DraftScope | null = scope;
    for (const step of steps.slice(0, -1)) at = at?.above(step) ?? null;
    return at ? this.own(at, steps.at(-1) ?? '') : null;
  }

  row(scope: DraftScope): Row {
    let row = this.rows.get(scope);
    if (!row) {
      row = {
        field: (name) => this.own(scope, name), path: (steps) => this.path(scope, steps) };
      this.rows.set(scope, row);
    }
    return row;
  }
}

/** Compiles against what this person sees of the application; values behind references are not in
 * the form, a reference that a formula yields has no name here, and what a formula looks up is kept
 * elsewhere: all that stays with the server. */
export function formulaCompiler(
  application: Pick<Application, 'object'>, zone: string, now: () => number = Date.now,
): Compile {
  let last: AppObject | null = null;
  let values: Values | null = null;
  return (text, object, field, links) => {
    if (field?.result === 'reference') return null;
    const find: Find = (name) => (name === object.name ? object : application.object(name));
    if (last !== object) values = new Values(find);
    last = object;
    const draft = values ?? new Values(find);
    const compiled = compile(text, {
      object: object.name, names: namesOf(find, links), 
      kind: field ? kindOfResult(field.result) ?? undefined : 'boolean' });
    if (!compiled.ok) return null;
    const { formula } = compiled;
    if (formula.looksUp) return null;
    const needs = readOf(formula.needs);
    const rows = formula.rows.map((one) => ({ name: one.name, needs: readOf(one.needs) }));
    const known = (of: string) => (steps: string[]) => isHere(of, steps, links);
    if (!needs.every(known(object.name))) return null;
    const rowObject = (name: string) =>
      object.fields.find((one) => one.name === name)?.children?.object ?? '';
    if (!rows.every((one) => one.needs.every(known(rowObject(one.name))))) return null;
    const scopeIn = (scope: DraftScope) => scopeOf(draft, scope, zone, now);
    return {
      needs, rows, formula, scopeOf: scopeIn,
      run: (scope) => {
        const result = evaluate(formula, scopeIn(scope));
        return result.ok ? written(field, formula.kind, result.value) : null;
      },
    };
  };
}

/** The person and the day as values, read once. */
class MomentValues {
  private of = { user: '', today: '' };
  user: Value = null;
  today = 0;

  at({ user, today }: DraftScope): this {
    if (user !== this.of.user || today !== this.of.today) {
      this.of = { user, today };
      this.user = parseReference(user);
      this.today = parseDate(today) ?? 0;
    }
    return this;
  }
}

const moments = new MomentValues();

const scopeOf = (
  draft: Values, scope: DraftScope, zone: string, now: () => number,
): Scope => ({
  field: (name: string) => draft.own(scope, name),
  path: (steps: readonly string[]) => draft.path(scope, steps),
  rows: (name: string) => scope.rows(name).map((line) => draft.row(line)),
  old: (name: string) => (scope.before ? draft.read(scope.object, scope.before, name) : null),
  user: moments.at(scope).user, today: moments.at(scope).today, now: now(), zone,
});
