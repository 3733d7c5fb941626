import type { AppField } from '../api/types.ts';
import type { Formats } from '../format/formats.ts';
import { type Money, moneyOf, sumsOf } from '../format/money.ts';
import type { CellContext, FieldType } from './field_type.ts';
import { MoneyInput } from './inputs/lazy_inputs.tsx';

// What fields of money in several currencies show.

interface MoneySumsProps {
  sums: readonly Money[];
  formats: Formats;
  scale?: number | undefined;
}

/** One amount, or what amounts of several currencies come to: each with its code, never added. */
function MoneySums({ sums, formats, scale }: MoneySumsProps) {
  return (
    <span className="sums">
      {sums.map((one, index) => [index > 0 && ' ', (
        <span className="num" key={one.currency}>
          <span className="cur">{index > 0 && '+ '}{one.currency}</span>
          {' '}{formats.amount(one, scale)}
        </span>
      )])}
    </span>
  );
}

export const severalCurrencies: FieldType = {
  family: 'number', width: 148, end: true,
  cell: (value, { application: { formats }, field: { currency, scale } }) => {
    const money = moneyOf(value, currency);
    return money ? <MoneySums sums={[money]} formats={formats} scale={scale} /> : String(value);
  },
  text: (value, { application: { formats }, field: { currency, scale } }) => {
    const money = moneyOf(value, currency);
    return money ? formats.sumsText([money], scale) : String(value);
  },
  input: (props) => <MoneyInput {...props} />,
};

export const sumsCell = (sums: Money[], { application, field }: CellContext) => (
  <MoneySums sums={sums} formats={application.formats} scale={field.scale} />
);

/** What rows of a reply add up to, each with its currency in another column of it. */
export const sumsByCurrency = (
  { currencies = [] }: AppField, rows: unknown[][], currency: number, sum: number,
): Money[] => sumsOf(rows.map((row) => moneyOf(row[sum], String(row[currency] ?? ''))), currencies);
