// Days, times of day and moments as the API writes them: day numbers since 1970-01-01, seconds
// since midnight, milliseconds of UTC. Twin of engine/value/date.cpp.

export const dayMs = 86_400_000;
export const daySeconds = 86_400;
export const firstDay = -719_162;
export const lastDay = 2_932_896;
export const firstMs = firstDay * dayMs;
export const lastMs = (lastDay + 1) * dayMs - 1;

export const floorDivide = (value: number, by: number): number => Math.floor(value / by);

// By eras of 400 years that begin on the first of March.
// Source: Howard Hinnant, "chrono-compatible low-level date algorithms".
export function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = floorDivide(shifted, 400);
  const ofEra = shifted - era * 400;
  const ofYear = floorDivide(153 * (month + (month > 2 ? -3 : 9)) + 2, 5) + day - 1;
  const dayOfEra = ofEra * 365 + floorDivide(ofEra, 4) - floorDivide(ofEra, 100) + ofYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export interface CivilDate {
  year: number;
  month: number;
  day: number;
}

export function civil(days: number): CivilDate {
  const shifted = days + 719_468;
  const era = floorDivide(shifted, 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = floorDivide(ofEra - floorDivide(ofEra, 1460) + floorDivide(ofEra, 36_524)
    - floorDivide(ofEra, 146_096), 365);
  const ofYear = ofEra - (365 * yearOfEra + floorDivide(yearOfEra, 4)
    - floorDivide(yearOfEra, 100));
  const shiftedMonth = floorDivide(5 * ofYear + 2, 153);
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
    day: ofYear - floorDivide(153 * shiftedMonth + 2, 5) + 1,
  };
}

export function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return leap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The day, or null where there is none. */
export function dateOf(year: number, month: number, day: number): number | null {
  const exists = year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1
    && day <= daysInMonth(year, month);
  return exists ? daysOf(year, month, day) : null;
}

const dateForm = /^(\d{4})-(\d{2})-(\d{2})$/;
const timeForm = /^(\d{2}):(\d{2})(?::(\d{2}))?$/;
const momentForm =
  /^(.{10})[Tt ](\d{2}:\d{2}(?::\d{2})?)(?:(?<=:..:..)\.(\d+))?(?:[Zz]|([-+])(\d{2}):(\d{2}))$/;

export function parseDate(text: string): number | null {
  const [, year, month, day] = dateForm.exec(text) ?? [];
  return year === undefined ? null : dateOf(Number(year), Number(month), Number(day));
}

export function parseTime(text: string): number | null {
  const [, hour, minute, second = '0'] = timeForm.exec(text) ?? [];
  if (hour === undefined) return null;
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  return h > 23 || m > 59 || s > 59 ? null : h * 3600 + m * 60 + s;
}

export function parseDateTime(text: string): number | null {
  const found = momentForm.exec(text);
  if (!found) return null;
  const [, day = '', clock = '', fraction = '', sign, hours = '0', minutes = '0'] = found;
  const days = parseDate(day);
  const seconds = parseTime(clock);
  const [h, m] = [Number(hours), Number(minutes)];
  if (days === null || seconds === null || h > 23 || m > 59) return null;
  const offset = (h * 60 + m) * (sign === '-' ? -60 : 60);
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const at = days * dayMs + (seconds - offset) * 1000 + ms;
  return at >= firstMs && at <= lastMs ? at : null;
}

const padded = (value: number, width: number) => String(value).padStart(width, '0');

export function dateText(days: number): string {
  const { year, month, day } = civil(days);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

export function timeText(seconds: number): string {
  const minutes = floorDivide(seconds, 60);
  const short = `${padded(floorDivide(minutes, 60), 2)}:${padded(minutes % 60, 2)}`;
  return seconds % 60 === 0 ? short : `${short}:${padded(seconds % 60, 2)}`;
}

export function dateTimeText(ms: number): string {
  const days = floorDivide(ms, dayMs);
  const inDay = ms - days * dayMs;
  const clock = [floorDivide(inDay, 3_600_000), floorDivide(inDay, 60_000) % 60,
    floorDivide(inDay, 1000) % 60].map((part) => padded(part, 2)).join(':');
  const rest = inDay % 1000;
  return `${dateText(days)}T${clock}${rest ? `.${padded(rest, 3)}` : ''}Z`;
}
