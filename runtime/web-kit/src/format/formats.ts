import { shiftPoint } from './decimal.ts';
import { type Money, scaleFor } from './money.ts';

// Numbers, money, dates and times as people read them. One per locale, zone and currency.

type Decimal = Intl.StringNumericLiteral;
const dayMs = 86_400_000;

export interface MoneyParts {
  sign: string;
  currency: string;
  amount: string;
}

export class Formats {
  private readonly numbers = new Map<string, Intl.NumberFormat>();
  private readonly dates = new Map<string, Intl.DateTimeFormat>();
  private readonly tag: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string;

  constructor(locale: string, timeZone: string, currency: string) {
    this.locale = locale;
    this.tag = locale === 'en' ? 'en-GB' : locale;
    this.timeZone = timeZone;
    this.currency = currency;
  }

  private numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = JSON.stringify(options);
    let format = this.numbers.get(key);
    if (!format) {
      format = new Intl.NumberFormat(this.tag, options);
      this.numbers.set(key, format);
    }
    return format;
  }

  private dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(options);
    let format = this.dates.get(key);
    if (!format) {
      format = new Intl.DateTimeFormat(this.tag, options);
      this.dates.set(key, format);
    }
    return format;
  }

  number(text: string, scale?: number): string {
    const digits = scale === undefined ? { maximumFractionDigits: 9 }
      : { minimumFractionDigits: scale, maximumFractionDigits: scale };
    return this.numberFormat(digits).format(text as Decimal);
  }

  integer(value: number | string): string {
    return this.numberFormat({ maximumFractionDigits: 0 }).format(String(value) as Decimal);
  }

  compact(text: string): string {
    return this.numberFormat({ notation: 'compact', maximumFractionDigits: 2 })
      .format(text as Decimal);
  }

  percent(text: string, digits = 2): string {
    return `${this.numberFormat({ maximumFractionDigits: digits })
      .format(shiftPoint(text, 2) as Decimal)}%`;
  }

  money(text: string, currency = this.currency, scale = 2, compact = false): MoneyParts {
    const parts = this.numberFormat({
      // ¥ and $ are those of more than one: alone they are the workspace's.
      style: 'currency', currency,
      currencyDisplay: currency === this.currency ? 'narrowSymbol' : 'symbol',
      ...(compact ? { notation: 'compact', maximumFractionDigits: 2 }
        : { minimumFractionDigits: scale, maximumFractionDigits: scale }),
    }).formatToParts(text as Decimal);
    const pick = (test: (type: string) => boolean) =>
      parts.filter(({ type }) => test(type)).map(({ value }) => value).join('');
    return {
      sign: pick((type) => type === 'minusSign'),
      currency: pick((type) => type === 'currency'),
      amount: pick((type) => !['minusSign', 'currency', 'literal'].includes(type)),
    };
  }

  moneyText(text: string, currency?: string, scale?: number): string {
    const { sign, currency: symbol, amount } = this.money(text, currency, scale);
    return `${sign}${symbol}${amount}`;
  }

  /** An amount that stands beside its code: with the digits of its currency, and none cut off. */
  amount({ amount, currency }: Money, scale?: number): string {
    const kept = amount.split('.')[1]?.replace(/0+$/, '').length ?? 0;
    return this.number(amount, Math.max(kept, scaleFor(currency, scale)));
  }

  /** What amounts of several currencies come to, which is never one number. */
  sumsText(sums: readonly Money[], scale?: number): string {
    return sums.map((one) => `${one.currency} ${this.amount(one, scale)}`).join(' + ');
  }

  /** A date without a zone, `2026-04-30`; without its year when that is this year. */
  date(text: string, today?: string): string {
    const sameYear = today !== undefined && today.slice(0, 4) === text.slice(0, 4);
    if (!sameYear && this.locale === 'zh-CN') return text.slice(0, 10);
    return this.dateFormat({
      timeZone: 'UTC', day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }),
    }).format(new Date(`${text.slice(0, 10)}T00:00:00Z`)).replace('Sept', 'Sep');
  }

  dateLong(text: string): string {
    return this.dateFormat({ timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })
      .format(new Date(`${text.slice(0, 10)}T00:00:00Z`));
  }

  month(year: number, month: number): string {
    return this.dateFormat({ timeZone: 'UTC', month: 'long', year: 'numeric' })
      .format(new Date(Date.UTC(year, month, 1)));
  }

  weekdays(): string[] {
    const format = this.dateFormat({ timeZone: 'UTC', weekday: 'short' });
    // 2024-01-01 was a Monday.
    return Array.from({ length: 7 }, (_, day) =>
      format.format(new Date(Date.UTC(2024, 0, 1 + day))));
  }

  dateTime(text: string): string {
    return this.dateFormat({
      timeZone: this.timeZone, day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit',
      minute: '2-digit', hourCycle: 'h23',
    }).format(new Date(text));
  }

  time(text: string): string {
    return this.dateFormat({
      timeZone: this.timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
    }).format(new Date(text));
  }

  /** The day of a moment in the zone, as `2026-04-30`. */
  dayOf(moment: Date | string): string {
    const parts = this.zoneParts('en-CA', moment);
    return `${parts['year']}-${parts['month']}-${parts['day']}`;
  }

  day(text: string, today: string): string {
    const date = new Date(`${text}T00:00:00Z`);
    const weekday = this.dateFormat({ timeZone: 'UTC', weekday: 'short' }).format(date);
    return `${this.date(text, today)} ${weekday}`;
  }

  private zoneParts(tag: string, moment: Date | string): Record<string, string> {
    const key = `parts ${tag}`;
    let format = this.dates.get(key);
    if (!format) {
      format = new Intl.DateTimeFormat(tag, {
        timeZone: this.timeZone, year: 'numeric', month: '2-digit', day: '2-digit',
        hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
      });
      this.dates.set(key, format);
    }
    return Object.fromEntries(format.formatToParts(new Date(moment))
      .map(({ type, value }) => [type, value]));
  }

  /** A moment as `2026-04-30T09:30` in the zone, for an input. */
  localOf(moment: string): string {
    const p = this.zoneParts('en-CA', moment);
    return `${p['year']}-${p['month']}-${p['day']}T${p['hour']}:${p['minute']}`;
  }

  /** The other way: a wall clock reading in the zone → RFC 3339 in UTC. */
  momentOf(local: string): string {
    const wanted = Date.parse(`${local}:00Z`);
    let guess = wanted;
    for (let turn = 0; turn < 2; turn += 1) {
      guess += wanted - Date.parse(`${this.localOf(new Date(guess).toISOString())}:00Z`);
    }
    return new Date(guess).toISOString().replace('.000Z', 'Z');
  }

  relative(text: string, now = Date.now()): string {
    const ms = Date.parse(text) - now;
    const format = new Intl.RelativeTimeFormat(this.tag, { numeric: 'auto' });
    const size = Math.abs(ms);
    if (size < 3_600_000) return format.format(Math.round(ms / 60_000), 'minute');
    if (size < dayMs) return format.format(Math.round(ms / 3_600_000), 'hour');
    if (size < 30 * dayMs) return format.format(Math.round(ms / dayMs), 'day');
    return this.date(this.dayOf(text));
  }

  list(items: string[]): string {
    return items.join(this.locale === 'zh-CN' ? '、' : ', ');
  }
}
