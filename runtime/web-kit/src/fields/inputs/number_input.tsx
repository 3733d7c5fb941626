import { useApplication } from '../../api/application.tsx';
import { useSubmitKey } from '../../a11y/submit_key.ts';
import { parseDecimal, shiftPoint } from '../../format/decimal.ts';
import type { InputProps } from '../field_type.ts';
import { useEdge } from './use_edge.ts';
import { useTyped } from './use_typed.ts';

/** Exact decimals as text. What cannot be read stays as typed and is a problem, not a zero. */
export function NumberInput(props: InputProps) {
  const { field, value, onChange, id, invalid, describedBy, disabled, inCell, onDone } = props;
  const { formats } = useApplication();
  const edge = useEdge(inCell);
  const percent = field.type === 'percent';
  const show = (raw: unknown) => {
    if (raw === null || raw === undefined || raw === '') return '';
    const text = String(raw);
    if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
    return percent ? shiftPoint(text, 2) : text;
  };
  const grouped = (text: string) => {
    const exact = parseDecimal(text);
    return exact ? formats.number(exact, field.type === 'money' ? field.scale ?? 2 : undefined)
      : text;
  };
  const { typed, setTyped, watched } = useTyped(grouped(show(value)));
  const enter = useSubmitKey(() => onDone?.());

  const take = (text: string) => {
    setTyped(text);
    const exact = parseDecimal(text);
    if (exact === '') onChange(null);
    else if (exact === null) onChange(text);
    else if (percent) onChange(shiftPoint(exact, -2));
    else onChange(field.type === 'integer' && exact.length < 16 && !exact.includes('.')
      ? Number(exact) : exact);
  };
  const symbol = field.type === 'money' ? formats.money('0', field.currency).currency : null;

  return (
    <div className={`in${invalid ? ' err' : ''}`}>
      {symbol && <span className="cur" aria-hidden="true">{symbol}</span>}
      <input
        ref={edge} id={id} inputMode="decimal" autoComplete="off" value={typed} disabled={disabled}
        className="digits" aria-invalid={invalid || undefined} aria-describedby={describedBy}
        aria-label={id ? undefined : field.label}
        {...watched}
        onChange={(event) => take(event.target.value)} onKeyDown={inCell ? enter : undefined}
      />
      {percent && <span className="dim" aria-hidden="true">%</span>}
    </div>
  );
}
