// Calendar arithmetic on `YYYY-MM-DD` text.

export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

export function addMonths(date: string, months: number): string {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last)))
    .toISOString().slice(0, 10);
}

/** The weeks that show a month, Monday first; days outside are null. */
export function monthGrid(date: string): (string | null)[][] {
  const [year = 1970, month = 1] = date.split('-').map(Number);
  const blank = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7;
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const cells = Array.from({ length: Math.ceil((blank + days) / 7) * 7 }, (_, index) => {
    const day = index - blank + 1;
    return day < 1 || day > days ? null
      : `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  });
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** What a person typed for a date → `YYYY-MM-DD`, or null. Reads 2026-4-30, 30.4.2026, 4月30日. */
export function parseDate(typed: string, today: string): string | null {
  const text = typed.trim();
  const year = today.slice(0, 4);
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text)
    ?? /^()(\d{1,2})月(\d{1,2})日?$/.exec(text);
  const back = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text);
  const [y, m, d] = found ? [found[1] || year, found[2], found[3]]
    : back ? [back[3], back[2], back[1]] : [];
  if (!y || !m || !d) return null;
  const date = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  const real = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== date ? null : date;
}
