import type { Application } from '../api/application.tsx';
import type { AppField, AppObject, RecordData } from '../api/types.ts';
import { partOf } from './money_parts.ts';
import { Unread } from './unread.ts';

// A path of fields (`customer.owner.name`) → what to ask for, how to read it, what it is called.

export interface Column {
  path: string;
  field: AppField;
  label: string;
  /** What `fields=` must name. */
  ask: string[];
  /** The first step is the whole path: the cell may be edited where the record may. */
  own: boolean;
  read: (record: RecordData) => unknown;
}

const systemTargets: Record<string, string> = {
  user: 'user', users: 'user', department: 'department', file: 'file', files: 'file', image: 'file',
  signature: 'file' };

const several = new Set(['references', 'users', 'files']);
/** Whether a field refers to several records. */
export const refersToSeveral = (field: AppField): boolean => several.has(field.type);

/** The object that a field points to, or null. */
export function targetOf(field: AppField): string | null {
  if (field.children) return null;
  if (field.to) return field.to;
  return systemTargets[field.type] ?? null;
}

export const titleOf = (application: Application, object: string): string =>
  application.object(object)?.title_field ?? 'name';

export const fieldOf = (object: AppObject | undefined, name: string) =>
  object?.fields.find((field) => field.name === name);

export interface Referred {
  id: string;
  name: string;
  /** Somebody whose sign-in is switched off. */
  inactive?: true;
}

/** A reference as it came → its id and what it is called. */
export function referenceOf(value: unknown, title: string): Referred | null {
  if (typeof value === 'string') return { id: value, name: value };
  if (value === null || typeof value !== 'object') return null;
  const parts = value as Record<string, unknown>;
  if (typeof parts['id'] !== 'string') return null;
  const name = parts[title] ?? parts['name'];
  return {
    id: parts['id'], name: name === null || name === undefined ? '' : String(name),
    ...(parts['active'] === false || parts['inactive'] === true ? { inactive: true } : {}),
  };
}

/** Whether this person may know who may still sign in. */
export const tellsActive = (application: Application, object: string): boolean =>
  object === 'user' && Boolean(fieldOf(application.object(object), 'active'));

/** What a field refers to, as it came: one, or the list of several. */
export function referredBy(field: AppField, value: unknown, title: string) {
  if (!refersToSeveral(field)) return referenceOf(value, title);
  if (!Array.isArray(value)) return null;
  return value.map((one) => referenceOf(one, title)).filter((one) => one !== null);
}

export function columnOf(
  application: Application, objectName: string, path: string,
): Column | null {
  const steps = path.split('.');
  const labels: string[] = [];
  let object = application.object(objectName);
  let field: AppField | undefined;
  let kept = steps.length;
  let ofMoney = false;
  for (const [index, step] of steps.entries()) {
    const part = field && partOf(field, step);
    const next = part ?? fieldOf(object, step);
    if (!next) return null;
    // `customer.name`, where name is the title, is the reference itself.
    if (index === steps.length - 1 && field && object?.title_field === step) {
      kept = index;
      break;
    }
    ofMoney = part !== undefined;
    field = next;
    labels.push(next.label);
    const to = targetOf(next);
    object = to ? application.object(to) : undefined;
  }
  if (!field) return null;
  const parts = steps.slice(0, kept);
  const asked = (ofMoney ? parts.slice(0, -1) : parts).join('.');
  const to = targetOf(field);
  const title = to ? titleOf(application, to) : '';
  return {
    path: parts.join('.'), field, label: labels.slice(-2).join(' · '), own: kept === 1,
    ask: !to ? [asked]
      : [title, ...(tellsActive(application, to) ? ['active'] : [])]
        .map((name) => `${asked}.${name}`),
    read: (record) => {
      let value: unknown = record;
      for (const name of parts) value = (value as Record<string, unknown> | null)?.[name];
      return to ? referredBy(field, value, title) : value ?? null;
    },
  };
}

export const columnsOf = (application: Application, object: string, paths: string[]): Column[] =>
  paths.map((path) => columnOf(application, object, path))
    .filter((column): column is Column => column !== null);

/** What `fields=` says for these columns, with the title always in it. */
export function askFor(application: Application, object: string, columns: Column[]): string[] {
  const title = application.object(object)?.title_field;
  const asks = [...(title ? [title] : []), ...columns.flatMap((column) => column.ask)];
  return [...new Set(asks)];
}

export function titleText(application: Application, object: string, record: RecordData): string {
  const title = titleOf(application, object);
  const column = columnOf(application, object, title);
  const value = column?.read(record) ?? record[title];
  if (value && typeof value === 'object') return (value as { name?: string }).name || record.id;
  return value === null || value === undefined || value === '' ? record.id : String(value);
}

/** A value as the API takes it back: references as ids. */
export function bareValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bareValue);
  if (value instanceof Unread) return value.text;
  if (value && typeof value === 'object' && 'id' in value) {
    return (value as { id: string }).id;
  }
  return value ?? null;
}
