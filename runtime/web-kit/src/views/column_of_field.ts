import type { AppField } from '../api/types.ts';
import type { Column } from '../fields/columns.ts';

/** A field by itself, where only its type and name matter. */
export const columnOfField = (field: AppField): Column => ({
  path: field.name, field, label: field.label, ask: [field.name], own: true,
  read: (record) => record[field.name],
});
