import { addDecimals } from './decimal.ts';

// Amounts that have their currency beside them: {"amount": "12.00", "currency": "USD"} on the wire.

export interface Money {
  amount: string;
  currency: string;
}

const exact = /^-?\d+(\.\d+)?$/;

/** A value of money as it came. A bare number is in `otherwise`, the currency that its field means
 * where none is given; null: it is no amount. */
export function moneyOf(value: unknown, otherwise = ''): Money | null {
  const given = (value !== null && typeof value === 'object' ? value : { amount: value }) as {
    amount?: unknown; currency?: unknown };
  const amount = typeof given.amount === 'number' ? String(given.amount) : given.amount;
  const { currency = otherwise } = given;
  return typeof amount === 'string' && exact.test(amount) && typeof currency === 'string'
    && currency !== '' ? { amount, currency } : null;
}

const digits = new Map<string, number>();

/** How many digits behind the point a currency has: 2 of USD, 0 of JPY, 3 of KWD. */
export function digitsOf(currency: string): number {
  let known = digits.get(currency);
  if (known === undefined) {
    known = new Intl.NumberFormat('en', { style: 'currency', currency })
      .resolvedOptions().maximumFractionDigits ?? 2;
    digits.set(currency, known);
  }
  return known;
}

/** Digits that an amount may have: those of its currency, and no more than its field keeps. */
export const scaleFor = (currency: string, scale = 2): number =>
  Math.min(digitsOf(currency), scale);

/** One sum for each currency, in the order given; what is no amount is passed over. */
export function sumsOf(
  values: readonly unknown[], order: readonly string[], otherwise = '',
): Money[] {
  const byCurrency = new Map<string, string[]>(order.map((currency) => [currency, []]));
  for (const value of values) {
    const money = moneyOf(value, otherwise);
    if (!money) continue;
    byCurrency.set(money.currency,
      [...(byCurrency.get(money.currency) ?? []), money.amount]);
  }
  return [...byCurrency].filter(([, amounts]) => amounts.length > 0)
    .map(([currency, amounts]) => ({ amount: addDecimals(amounts), currency }));
}
