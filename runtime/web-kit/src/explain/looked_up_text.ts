import type { Application } from '../api/application.tsx';
import type { LookedUp } from '../api/explain.ts';
import type { useT } from '../i18n/i18n.ts';

/** Which rate of which day a formula used, or which calendar; or that there was none. */
export function lookedUpText(
  found: LookedUp, { formats }: Pick<Application, 'formats'>, t: ReturnType<typeof useT>,
): string {
  if ('calendar' in found) {
    return t(found.found ? 'explain.calendar' : 'explain.no_calendar', { name: found.calendar });
  }
  const { from, to, on, rates } = found;
  if (rates.length === 0) return t('explain.no_rate', { from, to, day: formats.date(on) });
  return rates.map(({ date, rate, ...pair }) => t('explain.rate', {
    ...pair, rate: formats.number(rate), day: formats.date(date) })).join(' · ');
}
