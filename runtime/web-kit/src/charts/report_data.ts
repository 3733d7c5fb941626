import type { Application } from '../api/application.tsx';
import type { AppField, AppReport, QueryColumn, QueryReply } from '../api/types.ts';
import { referenceOf } from '../fields/columns.ts';
import { textOf } from '../fields/field_types.tsx';

// A report's reply made ready to draw: names in words, values as exact text, and beside them
// numbers for lengths.

export interface ReportCell {
  text: string;
  /** For lengths and angles only; what is shown is the exact text. */
  size: number;
  raw: unknown;
}

export interface ReportRow {
  name: string;
  names: string[];
  cells: ReportCell[];
  drill: string | null;
}

export interface ReportData {
  group: { name: string; label: string } | null;
  groups: { name: string; label: string }[];
  measures: QueryColumn[];
  value: QueryColumn;
  valueAt: number;
  rows: ReportRow[];
  totals: (ReportCell | null)[];
}

const fieldLike = (column: QueryColumn, report: AppReport): AppField => ({
  name: column.name, id: column.name, label: column.label, help: null,
  type: column.type === 'number' ? 'decimal' : column.type, required: false, unique: false,
  writable: false, system: false, sortable: false, filterable: false,
  ...(column.currency ? { currency: column.currency } : {}),
  options: report.group.find((one) => one.name === column.name)?.options,
} as AppField);

/** Totals come as a row, as an object by name, or as a list of either. */
function totalOf(totals: unknown, name: string, index: number, width: number): unknown {
  const one = Array.isArray(totals) && Array.isArray(totals[0]) ? totals[0] as unknown[] : totals;
  if (Array.isArray(one)) return one[one.length === width ? index : index - (width - one.length)];
  if (one && typeof one === 'object') return (one as Record<string, unknown>)[name];
  return undefined;
}

export function readReport(
  application: Application, report: AppReport, reply: QueryReply,
): ReportData {
  const shape = report;
  const groupNames = new Set(shape.group.map(({ name }) => name));
  const at = reply.columns.map((column, index) => ({ column, index }));
  const groups = at.filter(({ column }) => groupNames.has(column.name));
  const measures = at.filter(({ column }) => !groupNames.has(column.name));
  const cell = (column: QueryColumn, value: unknown): ReportCell => ({
    text: textOf(value, { application, field: fieldLike(column, shape) }),
    size: Number(value ?? 0), raw: value,
  });
  // Labels as the page speaks, not as the reply did.
  const said = new Map([...report.group, ...report.measures].map((one) => [one.name, one.label]));
  const spoken = (column: QueryColumn) => ({
    ...column, label: said.get(column.name) ?? column.label });
  const name = (column: QueryColumn, value: unknown) => {
    const ref = value && typeof value === 'object' ? referenceOf(value, 'name') : null;
    if (ref) return ref.name;
    return textOf(value, { application, field: fieldLike(column, shape) });
  };
  const rows = reply.rows.map((row, index) => {
    const names = groups.map(({ column, index: place }) => name(column, row[place]));
    return {
      name: names.join(' · '), names,
      cells: measures.map(({ column, index: place }) => cell(column, row[place])),
      drill: reply.drill?.[index] ?? null,
    };
  });
  const columns = measures.map(({ column }) => spoken(column));
  const found = columns.findIndex((column) => column.name === shape.chart.value);
  const valueAt = Math.max(0, found);
  const totals = measures.map(({ column, index }) => {
    const value = totalOf(reply.totals, column.name, index, reply.columns.length);
    return value === undefined ? null : cell(column, value);
  });
  return {
    group: groups[0] ? spoken(groups[0].column) : null,
    groups: groups.map(({ column }) => spoken(column)),
    measures: columns, value: columns[valueAt] ?? { name: '', label: '', type: 'number' }, valueAt,
    rows, totals,
  };
}
