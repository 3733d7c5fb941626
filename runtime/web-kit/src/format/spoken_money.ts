import { readNumber } from './spoken_number.ts';

// An amount as people write it, with its currency or without: 1200 usd, USD 1,200.50, $12, 12 元,
// 1.2万美元, (EUR 3.00).

export interface MoneyReading {
  /** Those that the field may have. */
  currencies: readonly string[];
  /** The one meant where none is written. */
  current: string;
}

export type SpokenMoney =
  | { amount: string; currency: string } // "" as the amount: only a currency is written so far.
  | { wrong: 'amount' }
  | { wrong: 'currency'; text: string };

const locales = ['en', 'zh-CN'];
const alsoCalled: Record<string, string[]> = {
  CNY: ['rmb', '元', '￥', '¥', '人民币元', 'yuan'], JPY: ['円', '￥', 'yen'],
  USD: ['dollar', 'dollars', 'us dollars'], EUR: ['euro', 'euros'], GBP: ['pound', 'pounds'],
};

const names = new Map<string, Set<string>>();

/** What a currency is called: its code, its signs, its name in both languages. */
function namesOf(currency: string): Set<string> {
  let known = names.get(currency);
  if (!known) {
    const signs = locales.flatMap((locale) => (['symbol', 'narrowSymbol'] as const).flatMap(
      (currencyDisplay) => new Intl.NumberFormat(locale, {
        style: 'currency', currency, currencyDisplay,
      }).formatToParts(0).filter(({ type }) => type === 'currency').map(({ value }) => value)));
    const words = locales.map((locale) =>
      new Intl.DisplayNames(locale, { type: 'currency' }).of(currency) ?? currency);
    known = new Set([currency, ...signs, ...words, ...alsoCalled[currency] ?? []]
      .map((name) => name.toLowerCase()));
    names.set(currency, known);
  }
  return known;
}

/** The currency that a word or sign means here; null: none of them, or more than one. */
function currencyCalled(word: string, { currencies, current }: MoneyReading): string | null {
  const meant = currencies.filter((one) => namesOf(one).has(word.toLowerCase()));
  return meant.includes(current) ? current : meant.length === 1 ? meant[0] ?? null : null;
}

/** Letters and signs that stand together; the k of 3k, 万 and their like belong to the number. */
const word = /[\p{L}\p{Sc}]+(?: +\p{L}+)*/gu;
const multiplied = /^([km万亿])\s*(.*)$/iu;

export function parseMoney(typed: string, reading: MoneyReading): SpokenMoney {
  const found: string[] = [];
  let unknown: string | null = null;
  const bare = typed.trim().replace(word, (text, at: number) => {
    const called = currencyCalled(text, reading);
    if (called) {
      found.push(called);
      return '';
    }
    const [, times = '', rest = ''] = (/\d\s*$/.test(typed.trim().slice(0, at))
      && multiplied.exec(text)) || [];
    const behind = rest ? currencyCalled(rest, reading) : null;
    if (behind) found.push(behind);
    if (!times || (rest && !behind)) unknown = text;
    return times;
  });
  if (unknown !== null) return { wrong: 'currency', text: unknown };
  const currency = found[0] ?? reading.current;
  if (found.some((one) => one !== currency)) return { wrong: 'currency', text: found[1] ?? '' };
  const amount = readNumber(bare);
  return amount === null ? { wrong: 'amount' } : { amount, currency };
}
