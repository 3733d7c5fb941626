import {
  civil, daySeconds, daysInMonth, daysOf, firstDay, floorDivide, lastDay,
} from './date.ts';
import { readMoment } from './date_text.ts';
import { decimalOf, rounded } from './decimal.ts';
import { multiply } from './decimal_math.ts';
import { type Call, type Definition, daysIn, numberIn, textIn, wholeIn } from './function_entry.ts';
import { badArgument, outside } from './refusal.ts';
import { asciiUpper } from './token.ts';
import { type DateValue, dateValue, type Kind, timeValue, type Value } from './value.ts';

/** The day so many days later; `overflow` outside of the calendar. */
export function dayAfter(days: number, by: number): DateValue {
  const day = days + by;
  if (day < firstDay || day > lastDay) throw outside();
  return dateValue(day);
}

/** 0 is Monday. 1970-01-01 was a Thursday. */
const weekdayOf = (days: number) => days + 3 - floorDivide(days + 3, 7) * 7;

/** The first day of a month counted from year 0. */
function monthBegin(month: number): number {
  const year = floorDivide(month, 12);
  if (year < 1 || year > 9999) throw outside();
  return daysOf(year, month - year * 12 + 1, 1);
}

function monthOf(days: number): number {
  const { year, month } = civil(days);
  return year * 12 + month - 1;
}

/** The same day so many months later, or that month's last. */
function monthsAfter(days: number, months: number): number {
  const begin = monthBegin(monthOf(days) + months);
  const { year, month } = civil(begin);
  return begin + Math.min(civil(days).day, daysInMonth(year, month)) - 1;
}

const date: Call = ([year, month, day]) =>
  dayAfter(monthBegin(wholeIn(year) * 12 + wholeIn(month) - 1), wholeIn(day) - 1);

/** The weekday (0 is Monday) that a mode of WEEKDAY and WEEKNUM begins its weeks with. */
function firstWeekday(mode: number): number | null {
  if (mode === 1) return 6;
  if (mode === 2) return 0;
  return mode >= 11 && mode <= 17 ? mode - 11 : null;
}

const weekday: Call = ([day, given]) => {
  const place = weekdayOf(daysIn(day));
  const mode = wholeIn(given, 1);
  if (mode === 3) return decimalOf(place);
  const first = firstWeekday(mode);
  if (first === null) throw badArgument('WEEKDAY knows the modes 1, 2, 3 and 11 to 17');
  return decimalOf(((place - first + 7) % 7) + 1);
};

/** By the Thursday of the week: its year is the week's. */
function isoWeek(days: number): number {
  const thursday = days - weekdayOf(days) + 3;
  const year = thursday < firstDay ? 1 : civil(thursday).year;
  return year > 9999 ? 1 : floorDivide(thursday - daysOf(year, 1, 1), 7) + 1;
}

const week: Call = ([day, given]) => {
  const days = daysIn(day);
  const mode = wholeIn(given, 1);
  if (mode === 21) return decimalOf(isoWeek(days));
  const first = firstWeekday(mode);
  if (first === null) throw badArgument('WEEKNUM knows the modes 1, 2, 11 to 17 and 21');
  const newYear = daysOf(civil(days).year, 1, 1);
  const before = (weekdayOf(newYear) - first + 7) % 7;
  return decimalOf(floorDivide(days - newYear + before, 7) + 1);
};

const monthEnd: Call = ([day, months]) => {
  const begin = monthBegin(monthOf(daysIn(day)) + wholeIn(months));
  const { year, month } = civil(begin);
  return dateValue(begin + daysInMonth(year, month) - 1);
};

export const isDateUnit = (text: string): boolean =>
  ['Y', 'M', 'D', 'YM', 'MD', 'YD'].includes(asciiUpper(text));

/** A month (counted from year 0) and a day it may not have: 30 February is a day of March. */
const rolledOver = (month: number, day: number) =>
  daysOf(floorDivide(month, 12), (month % 12) + 1, 1) + day - 1;

const dateDifference: Call = ([from, to, given]) => {
  const [start, end] = [daysIn(from), daysIn(to)];
  const unit = asciiUpper(textIn(given));
  if (!isDateUnit(unit)) throw badArgument('DATEDIF knows the units Y, M, D, YM, MD and YD');
  if (start > end) throw badArgument('DATEDIF needs a start that is not behind the end');
  const { day } = civil(start);
  const months = monthOf(end) - monthOf(start) - (civil(end).day < day ? 1 : 0);
  const years = floorDivide(months, 12);
  const since = (passed: number) => end - rolledOver(monthOf(start) + passed, day);
  const results: Record<string, () => number> = {
    Y: () => years, M: () => months, D: () => end - start, YM: () => months - years * 12,
    MD: () => since(months), YD: () => since(years * 12),
  };
  return decimalOf(results[unit]?.() ?? 0);
};

export const secondsIn = (value: Value | undefined) =>
  (value !== null && typeof value === 'object' && value.kind === 'time' ? value.seconds : 0);

const time: Call = ([hour, minute, second]) => {
  const seconds = wholeIn(hour) * 3600 + wholeIn(minute) * 60 + wholeIn(second);
  if (seconds < 0) throw badArgument('TIME cannot be before midnight');
  return timeValue(seconds % daySeconds);
};

const dateIn: Call = ([text]) => {
  const day = readMoment(textIn(text))?.day ?? null;
  if (day === null) {
    throw badArgument('DATEVALUE needs a day, its year first, such as 2026-11-23 or 2026/11/23');
  }
  return dateValue(day);
};

const timeIn: Call = ([text]) => {
  const seconds = readMoment(textIn(text))?.seconds ?? null;
  if (seconds === null) {
    throw badArgument('TIMEVALUE needs a time such as 9:30, 09:30:15 or 9:30 PM');
  }
  return timeValue(seconds);
};

const of = (name: string, parameters: string, result: Kind, call: Call): Definition =>
  ({ name, parameters, result, nulls: 'propagate', call });
const day = 'date:date|datetime';
const clock = 'time:time|datetime';
const part = (name: string, get: (days: number) => number): Definition =>
  of(name, day, 'number', ([value]) => decimalOf(get(daysIn(value))));
const clockPart = (name: string, get: (seconds: number) => number): Definition =>
  of(name, clock, 'number', ([value]) => decimalOf(get(secondsIn(value))));

export const dateFunctions: Definition[] = [
  of('DATE', 'year:number month:number day:number', 'date', date),
  part('YEAR', (days) => civil(days).year),
  part('MONTH', (days) => civil(days).month),
  part('DAY', (days) => civil(days).day),
  part('QUARTER', (days) => floorDivide(civil(days).month + 2, 3)),
  of('WEEKDAY', `${day} mode:number?`, 'number', weekday),
  of('WEEKNUM', `${day} mode:number?`, 'number', week),
  part('ISOWEEKNUM', isoWeek),
  of('EDATE', `${day} months:number`, 'date', ([value, months]) =>
    dateValue(monthsAfter(daysIn(value), wholeIn(months)))),
  of('EOMONTH', `${day} months:number`, 'date', monthEnd),
  of('DAYS', 'end:date|datetime start:date|datetime', 'number', ([end, start]) =>
    decimalOf(daysIn(end) - daysIn(start))),
  of('DATEDIF', 'start:date|datetime end:date|datetime unit:text', 'number', dateDifference),
  clockPart('HOUR', (seconds) => floorDivide(seconds, 3600)),
  clockPart('MINUTE', (seconds) => floorDivide(seconds, 60) % 60),
  clockPart('SECOND', (seconds) => seconds % 60),
  of('TIME', 'hour:number minute:number second:number', 'time', time),
  { name: 'TODAY', parameters: '', result: 'date', nulls: 'own', op: 'today' },
  { name: 'NOW', parameters: '', result: 'datetime', nulls: 'own', op: 'now' },
  of('DURATION', 'days:number', 'number', ([days]) =>
    rounded(multiply(rounded(numberIn(days), 15), decimalOf(86_400)), 0)),
  of('DATEVALUE', 'value:text|datetime', 'date', dateIn),
  of('TIMEVALUE', 'value:text|datetime', 'time', timeIn),
];
