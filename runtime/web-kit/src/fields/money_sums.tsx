import type { Formats } from '../format/formats.ts';
import type { Money } from '../format/money.ts';

interface MoneySumsProps {
  sums: readonly Money[];
  formats: Formats;
  scale?: number | undefined;
}

/** One amount, or what amounts of several currencies come to: each with its code, never added. */
export function MoneySums({ sums, formats, scale }: MoneySumsProps) {
  const parts = sums.map((money) => ({ ...formats.coded(money, scale), key: money.currency }));
  return (
    <span className="sums">
      {parts.map(({ key, sign, currency, amount }, index) => (
        <span className="num" key={key}>
          {index > 0 && <span className="cur">{sign ? '− ' : '+ '}</span>}
          {index === 0 && sign}<span className="cur">{currency}</span>{' '}{amount}
          {index < parts.length - 1 && ' '}
        </span>
      ))}
    </span>
  );
}
