// Spans of time: ISO 8601 on the wire (`PT1H30M`), hours and minutes on the screen.

const digits = '(\\d{1,12})';
const iso = new RegExp(`^([-−])?P(?:${digits}W)?(?:${digits}D)?`
  + `(?:T(?:${digits}H)?(?:${digits}M)?(?:${digits}S)?)?$`);

/** Ten thousand years. */
export const secondsMax = 316_224_000_000;

/** `PT1H30M` → 5400; null for what is no such text. */
export function secondsOfIso(text: string): number | null {
  const found = iso.exec(text);
  if (!found || text.endsWith('P') || text.endsWith('T')) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] =
    found.slice(2).map((part) => Number(part ?? 0));
  const size = weeks * 604_800 + days * 86_400 + hours * 3600 + minutes * 60 + seconds;
  if (size > secondsMax) return null;
  return found[1] && size > 0 ? -size : size;
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
