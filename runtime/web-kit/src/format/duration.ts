// Spans of time: ISO 8601 on the wire (`PT1H30M`), hours and minutes on the screen.

const units: Record<string, number> = {
  d: 86_400, day: 86_400, days: 86_400, 天: 86_400, 日: 86_400,
  h: 3600, hr: 3600, hour: 3600, hours: 3600, 小时: 3600, 时: 3600,
  m: 60, min: 60, mins: 60, minute: 60, minutes: 60, 分钟: 60, 分: 60,
  s: 1, sec: 1, second: 1, seconds: 1, 秒: 1,
};

const iso = /^(-)?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** `PT1H30M` → 5400; null for what is no such text. */
export function secondsOfIso(text: string): number | null {
  const found = iso.exec(text);
  if (!found || text.endsWith('P') || text.endsWith('T')) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] =
    found.slice(2).map((part) => Number(part ?? 0));
  const size = weeks * 604_800 + days * 86_400 + hours * 3600 + minutes * 60 + seconds;
  return found[1] ? -size : size;
}

const partsOf = (seconds: number): [number, string, string][] => [
  [Math.floor(seconds / 86_400), 'd', '天'], [Math.floor((seconds % 86_400) / 3600), 'h', '小时'],
  [Math.floor((seconds % 3600) / 60), 'm', '分'], [seconds % 60, 's', '秒']];

export function isoOfSeconds(seconds: number): string {
  const size = Math.abs(seconds);
  const [days, ...rest] = partsOf(size).map(([count]) => count);
  const time = rest.map((count, place) => (count ? `${count}${'HMS'[place]}` : '')).join('');
  const body = `${days ? `${days}D` : ''}${time ? `T${time}` : ''}`;
  return `${seconds < 0 ? '-' : ''}P${body || 'T0S'}`;
}

/** What a person typed → ISO 8601, or null. Reads 90m, 1h 30m, 1:30, 1.5h, 2天, 1小时30分. */
export function parseDuration(typed: string): string | null {
  const text = typed.trim().toLowerCase().replace(/：/g, ':');
  const known = secondsOfIso(text.toUpperCase());
  if (known !== null) return isoOfSeconds(known);
  const clock = /^(-)?(\d+):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (clock) {
    const size = Number(clock[2]) * 3600 + Number(clock[3]) * 60 + Number(clock[4] ?? 0);
    return isoOfSeconds(clock[1] ? -size : size);
  }
  const negative = text.startsWith('-');
  let rest = text.replace(/^-/, '').replaceAll(' ', '');
  let seconds = 0;
  if (rest === '') return null;
  while (rest) {
    const part = /^(\d+(?:\.\d+)?)([a-z]+|小时|分钟|[天日时分秒])?/.exec(rest);
    const size = part?.[2] === undefined ? (part?.[0] === rest ? 60 : undefined) : units[part[2]];
    if (!part || size === undefined) return null;
    seconds += Math.round(Number(part[1]) * size);
    rest = rest.slice(part[0].length);
  }
  return isoOfSeconds(negative ? -seconds : seconds);
}

/** `PT1H30M` → 1h 30m, 1小时30分. */
export function durationText(text: string, locale: string): string {
  const seconds = secondsOfIso(text);
  if (seconds === null) return text;
  const zh = locale === 'zh-CN';
  const shown = partsOf(Math.abs(seconds)).filter(([count]) => count > 0)
    .map(([count, short, long]) => `${count}${zh ? long : short}`);
  const nothing = zh ? '0 分' : '0m';
  return `${seconds < 0 ? '−' : ''}${shown.join(zh ? '' : ' ') || nothing}`;
}
