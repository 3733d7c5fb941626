import { type CivilDate, civil, daysInMonth, daysOf, floorDivide } from './date.ts';
import { decimalOf } from './decimal.ts';
import { divide } from './decimal_math.ts';
import { type Call, type Definition, daysIn, textIn, wholeIn } from './function_entry.ts';
import { dayAfter } from './functions_date.ts';
import { badArgument } from './refusal.ts';
import { dateValue, type Kind, type Value } from './value.ts';

// Working days with weekends and holidays, and days counted as banks do.

interface Calendar {
  free: boolean[]; // Of the days of the week; 0 is Monday.
  holidays: number[]; // Sorted, each once; none on a free day of the week.
}

/** 1970-01-01 was a Thursday. */
const works = (free: boolean[], day: number) => !free[day + 3 - floorDivide(day + 3, 7) * 7];
const workingDaysOf = ({ free }: Calendar) => free.filter((one) => !one).length;

/** "7", or "0000011" with Monday first. */
function weekendOf(text: string): boolean[] | null {
  if (/^[01]{7}$/.test(text)) return [...text].map((mark) => mark === '1');
  const [, one, last] = /^(1?)([1-7])$/.exec(text) ?? [];
  if (last === undefined) return null;
  const free = Array<boolean>(7).fill(false);
  free[(Number(last) + 5) % 7] = true; // Sunday, Monday …
  if (!one) free[(Number(last) + 4) % 7] = true; // And the day before it.
  return free;
}

function calendarOf(args: readonly Value[], withWeekend: boolean): Calendar {
  const weekend = withWeekend ? args[2] ?? '1' : '1';
  const free = weekendOf(textIn(weekend));
  if (!free) throw badArgument('the weekend is 1 to 7, 11 to 17, or such as "0000011"');
  const days = args.slice(withWeekend ? 3 : 2).filter((value) => value !== null).map(daysIn)
    .filter((day) => works(free, day));
  return { free, holidays: [...new Set(days)].sort((a, b) => a - b) };
}

/** So many days of work on (back where negative), holidays not looked at. */
function moved(calendar: Calendar, from: number, count: number): number {
  const direction = count < 0 ? -1 : 1;
  const week = workingDaysOf(calendar);
  const weeks = floorDivide(count * direction - 1, week);
  let left = count * direction - weeks * week;
  let day = from + direction * weeks * 7;
  while (left > 0) {
    day += direction;
    if (works(calendar.free, day)) left -= 1;
  }
  return day;
}

const workingDay = (withWeekend: boolean): Call => (args) => {
  if (args[0] === null || args[1] === null) return null;
  const calendar = calendarOf(args, withWeekend);
  if (workingDaysOf(calendar) === 0) throw badArgument('a week without working days');
  const start = daysIn(args[0]);
  const count = wholeIn(args[1]);
  if (count === 0) return dateValue(start);
  let day = moved(calendar, start, count);
  for (const holiday of count < 0 ? calendar.holidays.reverse() : calendar.holidays) {
    const passed = count > 0 ? holiday > start && holiday <= day
      : holiday < start && holiday >= day;
    if (passed) day = moved(calendar, day, count > 0 ? 1 : -1);
  }
  return dayAfter(0, day);
};

const workingDays = (withWeekend: boolean): Call => (args) => {
  if (args[0] === null || args[1] === null) return null;
  const calendar = calendarOf(args, withWeekend);
  const [start, end] = [daysIn(args[0]), daysIn(args[1])];
  const [from, to] = [Math.min(start, end), Math.max(start, end)];
  const weeks = floorDivide(to - from + 1, 7);
  let count = weeks * workingDaysOf(calendar);
  for (let day = from + weeks * 7; day <= to; day += 1) count += works(calendar.free, day) ? 1 : 0;
  count -= calendar.holidays.filter((holiday) => holiday >= from && holiday <= to).length;
  return decimalOf(start <= end ? count : -count);
};

const endsFebruary = ({ year, month, day }: CivilDate) =>
  month === 2 && day === daysInMonth(year, 2);
const isLeap = (year: number) => daysInMonth(year, 2) === 29;

const daysOf30 = (start: CivilDate, end: CivilDate): number =>
  (end.year - start.year) * 360 + (end.month - start.month) * 30 + end.day - start.day;

const european = (start: CivilDate, end: CivilDate): number => daysOf30(
  { ...start, day: Math.min(start.day, 30) }, { ...end, day: Math.min(end.day, 30) });

const days360: Call = ([from, to, method]) => {
  const [start, end] = [civil(daysIn(from)), civil(daysIn(to))];
  if (method === true) return decimalOf(european(start, end));
  if (start.day === 31 || endsFebruary(start)) start.day = 30;
  if (end.day === 31) {
    if (start.day < 30) { // The first of the next month.
      end.day = 1;
      end.month += 1;
    } else end.day = 30;
  }
  return decimalOf(daysOf30(start, end));
};

function american(start: CivilDate, end: CivilDate): number {
  const both = endsFebruary(start) && endsFebruary(end);
  const from = endsFebruary(start) ? 30 : start.day;
  let to = both ? 30 : end.day;
  if (to === 31 && from >= 30) to = 30;
  return daysOf30({ ...start, day: from === 31 ? 30 : from }, { ...end, day: to });
}

/** The days of the year that a span of actual days is measured with, times `years`. */
function actualYear(start: number, end: number): { days: number; years: number } {
  const [from, to] = [civil(start), civil(end)];
  const beforeBirthday = from.month > to.month
    || (from.month === to.month && from.day >= to.day);
  if (from.year === to.year || (from.year + 1 === to.year && beforeBirthday)) {
    const long = (from.year === to.year && isLeap(from.year))
      || [from.year, to.year].some((year) => isLeap(year) && daysOf(year, 2, 29) >= start
        && daysOf(year, 2, 29) <= end);
    return { days: long ? 366 : 365, years: 1 };
  }
  return {
    days: daysOf(to.year + 1, 1, 1) - daysOf(from.year, 1, 1), years: to.year - from.year + 1 };
}

const partOfYear: Call = ([from, to, basis]) => {
  const start = Math.min(daysIn(from), daysIn(to));
  const end = Math.max(daysIn(from), daysIn(to));
  const share = (part: number, whole: number) => divide(decimalOf(part), decimalOf(whole));
  switch (wholeIn(basis)) {
    case 0: return share(american(civil(start), civil(end)), 360);
    case 1: {
      const { days, years } = actualYear(start, end);
      return share((end - start) * years, days);
    }
    case 2: return share(end - start, 360);
    case 3: return share(end - start, 365);
    case 4: return share(european(civil(start), civil(end)), 360);
    default: throw badArgument('YEARFRAC knows the bases 0 to 4');
  }
};

const start = 'start:date|datetime';
const end = 'end:date|datetime';
const holiday = 'holiday:date|datetime?';
const holidayOrCalendar = 'holiday:date|datetime|text?';
const weekend = 'weekend:number|text?';
const calendared = (name: string, parameters: string, result: Kind, call: Call): Definition =>
  ({ name, parameters, repeat: 1, result, nulls: 'own', call });
const of = (name: string, parameters: string, call: Call): Definition =>
  ({ name, parameters, result: 'number', nulls: 'propagate', call });

export const workingDayFunctions: Definition[] = [
  calendared('WORKDAY', `${start} days:number ${holidayOrCalendar}`, 'date',
    workingDay(false)),
  calendared('NETWORKDAYS', `${start} ${end} ${holidayOrCalendar}`, 'number',
    workingDays(false)),
  calendared('WORKDAY.INTL', `${start} days:number ${weekend} ${holiday}`, 'date',
    workingDay(true)),
  calendared('NETWORKDAYS.INTL', `${start} ${end} ${weekend} ${holiday}`, 'number',
    workingDays(true)),
  of('DAYS360', `${start} ${end} european:boolean?`, days360),
  of('YEARFRAC', `${start} ${end} basis:number?`, partOfYear),
];
