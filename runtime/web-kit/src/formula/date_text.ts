import { dateOf } from './date.ts';

// Days and times as people write them in a text, for DATEVALUE and TIMEVALUE: the year first, so
// that nothing can be taken for something else.

export interface WrittenMoment {
  day: number | null;
  seconds: number | null;
}

const dayForm = /^(\d{4})(?:([-/])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?: |$)/;
const clockForm = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?: ?([ap])m)?$/i;

function readClock(text: string): number | null {
  const [, given, minute, second = '0', half] = clockForm.exec(text) ?? [];
  if (given === undefined) return null;
  let [h, m, s] = [Number(given), Number(minute), Number(second)];
  if (h > (half ? 12 : 23) || m > 59 || s > 59) return null;
  if (half) h = (h % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return h * 3600 + m * 60 + s;
}

/**
 * "2026-11-23", "2026/1/5", "2026年1月5日", with or without a time behind spaces; or a time alone:
 * "9:30", "09:30:15", "9:30 PM". Spaces around go. null where it is none of these.
 */
export function readMoment(text: string): WrittenMoment | null {
  const given = text.replace(/^ +| +$/g, '');
  const found = dayForm.exec(given);
  if (!found) {
    const seconds = readClock(given);
    return seconds === null ? null : { day: null, seconds };
  }
  const [whole, year, , month, dayOfMonth, namedMonth, namedDay] = found;
  const day = dateOf(Number(year), Number(month ?? namedMonth), Number(dayOfMonth ?? namedDay));
  if (day === null) return null;
  const rest = given.slice(whole.length).replace(/^ +/, '');
  const seconds = rest ? readClock(rest) : null;
  return rest && seconds === null ? null : { day, seconds };
}
