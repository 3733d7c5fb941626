import './money_input.css';
import { type KeyboardEvent, useId, useState } from 'react';
import { announce } from '../../a11y/announce.ts';
import { isComposing, useSubmitKey } from '../../a11y/submit_key.ts';
import { useApplication } from '../../api/application.tsx';
import { moneyOf } from '../../format/money.ts';
import { parseMoney } from '../../format/spoken_money.ts';
import { useT } from '../../i18n/i18n.ts';
import { Picker } from '../../ui/picker.tsx';
import type { InputProps } from '../field_type.ts';
import { useEdge } from './use_edge.ts';
import { useTyped } from './use_typed.ts';

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** An amount and its currency as one field: `1200 usd` is understood, whichever is written first;
 * the code beside it can be chosen, too. What cannot be read stays as typed and is a problem. */
export function MoneyInput(props: InputProps) {
  const { field, value, onChange, id, invalid, describedBy, disabled, inCell, onDone } = props;
  const { currencies = [] } = field;
  const t = useT();
  const { formats } = useApplication();
  const edge = useEdge(inCell);
  const hints = useId();
  const kept = moneyOf(value, field.currency);
  const [chosen, setChosen] = useState(field.currency ?? currencies[0] ?? '');
  const currency = kept?.currency ?? chosen;
  const shown = kept ? formats.amount(kept, field.scale)
    : typeof value === 'string' ? value : '';
  const { typed, setTyped, watched } = useTyped(shown);
  const enter = useSubmitKey(() => onDone?.());

  const take = (text: string) => {
    setTyped(text);
    const read = parseMoney(text, { currencies, current: currency });
    if ('wrong' in read) {
      onChange(text);
      return;
    }
    setChosen(read.currency);
    onChange(read.amount === '' ? null : read);
  };
  const choose = (next: string) => {
    setChosen(next);
    if (kept) onChange({ amount: kept.amount, currency: next });
  };
  const nameOf = (code: string) =>
    new Intl.DisplayNames(formats.locale, { type: 'currency' }).of(code) ?? code;
  const key = (event: KeyboardEvent) => {
    const by = steps[event.key];
    if (by && !event.altKey && !isComposing(event)) {
      event.preventDefault();
      const at = currencies.indexOf(currency) + by;
      const next = currencies.at(at % currencies.length) ?? currency;
      choose(next);
      announce(nameOf(next));
    }
    if (inCell) enter(event);
  };
  return (
    <div className={`in money${invalid ? ' err' : ''}`}>
      <input
        ref={edge} id={id} inputMode="decimal" autoComplete="off" value={typed} disabled={disabled}
        className="digits" aria-invalid={invalid || undefined}
        aria-describedby={[`${hints}-now`, `${hints}-how`, describedBy].filter(Boolean).join(' ')}
        aria-label={id ? undefined : field.label}
        {...watched} onChange={(event) => take(event.target.value)} onKeyDown={key}
      />
      <Picker
        label={t('money.choose', { label: field.label, currency, name: nameOf(currency) })}
        value={[currency]} shown={currency} disabled={disabled}
        options={currencies.map((code) => ({ value: code, label: code, hint: nameOf(code) }))}
        onChange={([next]) => next && choose(next)}
      />
      <span className="hidden-text" id={`${hints}-now`}>{nameOf(currency)}</span>
      <span className="hidden-text" id={`${hints}-how`}>
        {t('money.hint', { currency: currencies.find((code) => code !== currency) ?? currency })}
      </span>
    </div>
  );
}
