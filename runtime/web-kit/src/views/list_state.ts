// What a list's address says. Absent members mean: as the view has it.

export interface ListState {
  view?: string | undefined;
  q?: string | undefined;
  filter?: string | undefined;
  sort?: string | undefined;
}

export const sortKeys = (text: string | undefined, otherwise: string[]): string[] =>
  (text === undefined ? otherwise : text.split(',').filter(Boolean));

const kept = (view: string) => `tenon.columns.${view}`;

export function keptColumns(view: string, otherwise: string[]): string[] {
  try {
    const names = JSON.parse(localStorage.getItem(kept(view)) ?? 'null') as unknown;
    return Array.isArray(names) && names.length ? names.map(String) : otherwise;
  } catch {
    return otherwise;
  }
}

export function keepColumns(view: string, columns: string[] | null) {
  if (columns) localStorage.setItem(kept(view), JSON.stringify(columns));
  else localStorage.removeItem(kept(view));
}
