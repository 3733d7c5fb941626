import { dateOf, dayMs, daySeconds, firstMs, lastMs, parseDateTime } from './date.ts';
import { localOf } from './zone.ts';

// Days, times of day and moments as cells of a file have them. Twin of
// engine/value/moment_cell.cpp.

/** A pattern out of YYYY M MM D DD as an expression; anything else in it stands for itself. */
function expressionOf(pattern: string): { source: string; letters: string[] } {
  const letters: string[] = [];
  const source = pattern.replace(/(Y+|M+|D+)|[\s\S]/g, (part: string, letter?: string) => {
    if (!letter) return part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    letters.push(letter[0] ?? '');
    return letter.length === 1 ? '(\\d{1,2})' : `(\\d{${letter.length}})`;
  });
  return { source, letters };
}

/** The day at the front, and what is behind it. */
function splitDay(cell: string, pattern: string): { day: number; rest: string } | null {
  const { source, letters } = expressionOf(pattern);
  const found = new RegExp(`^${source}`).exec(cell);
  if (!found || !['Y', 'M', 'D'].every((letter) => letters.includes(letter))) return null;
  const part = (letter: string) => Number(found[letters.indexOf(letter) + 1] ?? 0);
  const day = dateOf(part('Y'), part('M'), part('D'));
  return day === null ? null : { day, rest: cell.slice(found[0].length) };
}

export function dayCell(cell: string, pattern: string): number | null {
  const found = splitDay(cell, pattern);
  return found?.rest === '' ? found.day : null;
}

/** In seconds: `9:30`, `09:30:05`. */
export function timeCell(cell: string): number | null {
  const [, hour, minute, second = '0'] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(cell) ?? [];
  if (hour === undefined) return null;
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  return h > 23 || m > 59 || s > 59 ? null : h * 3600 + m * 60 + s;
}

/** The moment of a local time: the earlier where it comes twice, the first after the gap where it
 * does not come at all. */
export function momentAt(localMs: number, zone: string): number {
  const ahead = (ms: number) => {
    const { days, seconds } = localOf(ms, zone);
    return (days * daySeconds + seconds) * 1000 - (ms - ((ms % 1000) + 1000) % 1000);
  };
  const before = ahead(localMs - dayMs);
  const after = ahead(localMs + dayMs);
  const candidates = [localMs - before, localMs - after].sort((a, b) => a - b);
  const found = candidates.find((ms) => ms + ahead(ms) === localMs);
  if (found !== undefined) return found;
  let [low = 0, high = 0] = candidates.map((ms) => Math.floor(ms / 1000));
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (ahead(middle * 1000) === before) low = middle;
    else high = middle;
  }
  return high * 1000;
}

const clockForm = /^(?:[Tt]| +)(\d{1,2}:\d{2}(?::\d{2})?)(?:(?<=:..:..)\.(\d+))?(.*)$/;
const offsetForm = /^([-+])(\d{2}):(\d{2})$/;

/** In milliseconds: `Z`, `+08:00`. */
function offsetOf(text: string): number | null {
  if (text === 'Z' || text === 'z') return 0;
  const [, sign, hours, minutes] = offsetForm.exec(text) ?? [];
  if (sign === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

export function momentCell(cell: string, pattern: string, zone?: string): number | null {
  const exact = parseDateTime(cell);
  if (exact !== null) return exact;
  const split = splitDay(cell, pattern);
  if (!split) return null;
  const [, clock = '0:00', fraction = '', offset = ''] = clockForm.exec(split.rest) ?? [];
  const seconds = timeCell(clock);
  if (seconds === null || (split.rest !== '' && !clockForm.test(split.rest))) return null;
  const whole = split.day * dayMs + seconds * 1000;
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const ahead = offset === '' ? null : offsetOf(offset);
  if (offset === '' ? zone === undefined : ahead === null) return null;
  const moment = ahead === null ? momentAt(whole, zone ?? 'UTC') + ms : whole + ms - ahead;
  return moment >= firstMs && moment <= lastMs ? moment : null;
}
