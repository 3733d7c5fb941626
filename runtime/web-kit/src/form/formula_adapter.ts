import type { Application } from '../api/application.tsx';
import type { AppField, AppObject } from '../api/types.ts';
import { targetOf } from '../fields/columns.ts';
import { parseDate } from '../formula/date.ts';
import { readDecimal } from '../formula/decimal.ts';
import { coerceValue, type FieldType, readValue, writeValue } from '../formula/field_value.ts';
import { compile, evaluate, type Kind, type Names, type Value } from '../formula/formula.ts';
import { kindOfType } from '../formula/names.ts';
import { parseReference } from '../formula/record_id.ts';
import { listValue } from '../formula/value.ts';

// The form's view of a formula: what it needs, and its value for a draft. A formula that cannot be
// compiled here is left to the server, which judges the draft through `check`.

export interface DraftScope {
  fields: Record<string, unknown>;
  paths: (path: string[]) => unknown;
  today: string;
  user: string;
}

export interface Program {
  needs: string[][];
  run: (scope: DraftScope) => unknown;
}

/** `field`: whose formula it is; a rule's condition has none. */
export type Compile = (
  text: string, object: AppObject, field: AppField | null) => Program | null;

const kindOfField = (field: AppField): Kind | null =>
  (field.type === 'formula' ? field.result ?? null : kindOfType(field.type));

function namesOf(application: Pick<Application, 'object'>): Names {
  return {
    member: (object, name) => {
      const field = application.object(object)?.fields.find((one) => one.name === name);
      const kind = field ? kindOfField(field) : null;
      if (!field || !kind) return null;
      const options = field.options?.map((option) => option.name) ?? [];
      return { kind, object: kind === 'reference' ? targetOf(field) ?? '' : '', options };
    },
    members: (object) => application.object(object)?.fields.map(({ name }) => name) ?? [],
  };
}

/** What was typed so far as a value; what is no value of its type yet is empty. */
function draftValue(field: AppField | undefined, raw: unknown): Value {
  const kind = field ? kindOfField(field) : null;
  if (!field || !kind || raw === null || raw === undefined || raw === '') return null;
  if (kind === 'number') return readDecimal(String(raw));
  if (kind === 'text_list') {
    return Array.isArray(raw) && raw.length > 0 ? listValue(raw.map(String)) : null;
  }
  try {
    return readValue({ type: kind === 'text' ? field.type : kind }, raw);
  } catch {
    return kind === 'text' ? String(raw) : null;
  }
}

const results: Partial<Record<Kind, string>> = { number: 'decimal', text: 'long_text' };

/** The result as the field keeps it and the API writes it. */
function written(field: AppField | null, kind: Kind, value: Value): unknown {
  const type: FieldType = { type: results[kind] ?? kind, scale: field?.scale };
  try {
    return writeValue(type, field ? coerceValue(type, value) : value);
  } catch {
    return null;
  }
}

/** Compiles against what this person sees of the application; values behind references are not in
 * the form, and a reference that a formula yields has no name here: both stay with the server. */
export function formulaCompiler(
  application: Pick<Application, 'object'>, zone: string, now: () => number = Date.now,
): Compile {
  return (text, object, field) => {
    if (field?.result === 'reference') return null;
    const names = namesOf({
      object: (name) => (name === object.name ? object : application.object(name)) });
    const compiled = compile(text, {
      object: object.name, names, kind: field ? field.result : 'boolean' });
    if (!compiled.ok) return null;
    const { formula } = compiled;
    const isElsewhere = formula.rows.length > 0 || formula.needs.some((path) => path.length > 1);
    if (isElsewhere) return null;
    const fields = new Map(object.fields.map((one) => [one.name, one]));
    return {
      needs: formula.needs,
      run: (scope) => {
        const result = evaluate(formula, {
          field: (name) => draftValue(fields.get(name), scope.fields[name]),
          path: () => null, user: parseReference(scope.user),
          today: parseDate(scope.today) ?? 0, now: now(), zone,
        });
        return result.ok ? written(field, formula.kind, result.value) : null;
      },
    };
  };
}
