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
  const given = value instanceof Object ? value : { amount: value };
  const { amount, currency = otherwise } = given as Record<string, unknown>;
  const text = String(amount);
  return exact.test(text) && currency ? { amount: text, currency: String(currency) } : null;
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
  const found = values.flatMap((value) => moneyOf(value, otherwise) ?? []);
  return [...new Set([...order, ...found.map(({ currency }) => currency)])]
    .map((currency) => [currency, found.filter((one) => one.currency === currency)] as const)
    .filter(([, some]) => some.length > 0)
    .map(([currency, some]) => ({
      amount: addDecimals(some.map(({ amount }) => amount)), currency }));
}
