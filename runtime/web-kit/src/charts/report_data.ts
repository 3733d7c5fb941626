import type { Application } from '../api/application.tsx';
import type { AppField, AppReport, QueryColumn, QueryReply } from '../api/types.ts';
import { referenceOf } from '../fields/columns.ts';
import { textOf } from '../fields/field_types.tsx';
import { secondsOfIso } from '../format/duration.ts';

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
  totals: ReportCell[];
}

/** `currency`: that of the row, where each has its own. */
const fieldLike = (column: QueryColumn, currency?: string): AppField => ({
  name: column.name, id: column.name, label: column.label, help: null,
  type: column.type === 'number' ? 'decimal' : column.type, required: false, unique: false,
  writable: false, system: false, sortable: false, filterable: false,
  // An average of money is exact on the wire; people read it to the cent.
  ...(column.scale === undefined || column.type === 'money' ? {} : { scale: column.scale }),
  ...(column.currency ? { currency: column.currency } : {}),
  ...(currency ? { currency, currencies: [currency] } : {}),
  ...(column.options ? { options: column.options } : {}),
});

const sizeOf = ({ type }: QueryColumn, value: unknown) =>
  (type === 'duration' ? secondsOfIso(String(value)) ?? 0 : Number(value ?? 0));

export function readReport(
  application: Application, report: AppReport, reply: QueryReply,
): ReportData {
  const at = reply.columns.map((column, index) => ({ column, index }));
  const groups = at.filter(({ column }) => column.group);
  const measures = at.filter(({ column }) => !column.group);
  const text = (column: QueryColumn, value: unknown, currency?: string) =>
    textOf(value, { application, field: fieldLike(column, currency) });
  const cell = (column: QueryColumn, value: unknown, currency?: string): ReportCell => ({
    text: text(column, value, currency), size: sizeOf(column, value), raw: value,
  });
  const currencyIn = ({ currency_group: named }: QueryColumn, row: unknown[]) => {
    const place = named ? reply.columns.findIndex((one) => one.name === named) : -1;
    return typeof row[place] === 'string' ? row[place] : undefined;
  };
  const name = (column: QueryColumn, value: unknown) => {
    const ref = value && typeof value === 'object' ? referenceOf(value, 'name') : null;
    return ref ? ref.name : text(column, value);
  };
  const rows = reply.rows.map((row, index) => {
    const names = groups.map(({ column, index: place }) => name(column, row[place]));
    return {
      name: names.join(' · '), names,
      cells: measures.map(({ column, index: place }) =>
        cell(column, row[place], currencyIn(column, row))),
      drill: reply.drill[index] ?? null,
    };
  });
  const columns = measures.map(({ column }) => column);
  const valueAt = Math.max(0, columns.findIndex(({ name: one }) => one === report.chart.value));
  const totals = measures.map(({ column, index }) => cell(column, reply.totals[index]));
  return {
    group: groups[0]?.column ?? null, groups: groups.map(({ column }) => column),
    measures: columns, value: columns[valueAt] ?? countColumn, valueAt, rows, totals,
  };
}

const countColumn: QueryColumn = { name: '', label: '', type: 'number', group: false };
