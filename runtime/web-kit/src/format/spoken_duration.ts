import { isoOfSeconds, secondsMax, secondsOfIso } from './duration.ts';

// Spans of time as people write them. Twin of engine/value/duration.cpp.

const units: Record<string, number> = {
  w: 604_800, week: 604_800, weeks: 604_800, 周: 604_800, 星期: 604_800,
  d: 86_400, day: 86_400, days: 86_400, 天: 86_400, 日: 86_400,
  h: 3600, hr: 3600, hrs: 3600, hour: 3600, hours: 3600, 小时: 3600, 时: 3600,
  m: 60, min: 60, mins: 60, minute: 60, minutes: 60, 分钟: 60, 分: 60,
  s: 1, sec: 1, secs: 1, second: 1, seconds: 1, 秒: 1,
};

/** What a person typed → ISO 8601, or null. Reads 90m, 1h 30m, 1:30, 1.5h, 2天, 1小时30分. */
export function parseDuration(typed: string, point = '.'): string | null {
  const text = typed.replace(/[ \t\u00A0\u202F\u3000]/g, '').toLowerCase().replace(/：/g, ':');
  const known = secondsOfIso(text.toUpperCase());
  if (known !== null) return isoOfSeconds(known);
  const clock = /^([-−])?(\d{1,12}):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (clock) {
    const size = Number(clock[2]) * 3600 + Number(clock[3]) * 60 + Number(clock[4] ?? 0);
    return size > secondsMax ? null : isoOfSeconds(clock[1] ? -size : size);
  }
  const negative = /^[-−]/.test(text);
  let rest = text.replace(/^[-−]/, '');
  const typedRest = rest;
  let seconds = 0;
  if (rest === '') return null;
  while (rest) {
    const part = /^(\d{1,12})(?:([.,])(\d{1,6}))?([a-z]+|星期|小时|分钟|[周天日时分秒])?/.exec(rest);
    if (!part || (part[2] !== undefined && part[2] !== point)) return null;
    const [whole = '', count = '', fraction = '', , unit] =
      [part[0], part[1], part[3], part[2], part[4]];
    const alone = unit === undefined && whole === typedRest;
    const size = alone ? 60 : units[unit ?? ''];
    if (size === undefined) return null;
    const parts = 10 ** fraction.length;
    seconds += Number(count) * size + Math.floor(Number(fraction) * size / parts + 0.5);
    if (seconds > secondsMax) return null;
    rest = rest.slice(whole.length);
  }
  return isoOfSeconds(negative ? -seconds : seconds);
}
