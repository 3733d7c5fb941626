import { daysOf, dayMs, floorDivide } from './date.ts';

// The local day and time of a moment in a zone. A formatter is expensive to make: one for a zone.

export interface Local {
  days: number;
  seconds: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', era: 'short',
      year: 'numeric', month: 'numeric', day: 'numeric',
      hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

export function localOf(ms: number, zone: string): Local {
  if (zone === 'UTC') {
    const days = floorDivide(ms, dayMs);
    return { days, seconds: floorDivide(ms - days * dayMs, 1000) };
  }
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(ms)) parts[type] = value;
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts[type]);
  const year = parts.era?.startsWith('B') ? 1 - number('year') : number('year');
  return {
    days: daysOf(year, number('month'), number('day')),
    seconds: (number('hour') % 24) * 3600 + number('minute') * 60 + number('second'),
  };
}
