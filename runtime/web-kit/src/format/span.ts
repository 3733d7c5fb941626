import { t } from '../i18n/i18n.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** A span as two units at most: which text, with what. Signs are the caller's. */
export function spanParts(ms: number): { key: string; values: Record<string, number> } {
  const size = Math.abs(ms);
  if (size < minuteMs) return { key: 'span.seconds', values: { count: Math.round(size / 1000) } };
  if (size < hourMs) return { key: 'span.minutes', values: { count: Math.floor(size / minuteMs) } };
  const hours = Math.floor(size / hourMs);
  const minutes = Math.floor((size % hourMs) / minuteMs);
  if (size < dayMs) {
    return minutes ? { key: 'span.hours_minutes', values: { hours, minutes } }
      : { key: 'span.hours', values: { count: hours } };
  }
  const days = Math.floor(size / dayMs);
  const rest = Math.floor((size % dayMs) / hourMs);
  return rest && days < 3 ? { key: 'span.days_hours', values: { days, hours: rest } }
    : { key: 'span.days', values: { count: days } };
}

/** 3 h 12 min, 10 days; 3 小时 12 分. */
export function spanText(ms: number): string {
  const { key, values } = spanParts(ms);
  return t(key, values);
}
