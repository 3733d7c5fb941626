import type { Me, AppObject } from '../api/types.ts';

/** Values of a new record before anyone has typed: defaults, and the formulas that are plain. */
export function startingValues(object: AppObject, me: Me, today: string): Record<string, unknown> {
  const plain: Record<string, unknown> = {
    '$today': today, '$user': { id: me.id, name: me.name }, 'TODAY()': today };
  return Object.fromEntries(object.fields
    .filter((field) => field.default !== undefined || field.default_formula !== undefined)
    .map((field) => [
      field.name, field.default ?? plain[field.default_formula?.trim() ?? ''] ?? null])
    .filter(([, value]) => value !== null));
}
