import type { Formats } from '../format/formats.ts';
import { t } from '../i18n/i18n.ts';

/** Of today the time, else the day too. */
export function momentText(at: string, formats: Formats, now: number): string {
  const today = formats.dayOf(new Date(now));
  const day = formats.dayOf(at);
  const time = formats.time(at);
  return day === today ? time : t('moment', { day: formats.date(day, today), time });
}
