import type { InputProps } from '../field_type.ts';
import { useEdge } from './use_edge.ts';

export function LongTextInput(props: InputProps) {
  const { field, value, onChange, id, invalid, describedBy, disabled, inCell } = props;
  const edge = useEdge<HTMLTextAreaElement>(inCell);
  const shown = typeof value === 'string' ? value : value ? JSON.stringify(value) : '';
  return (
    <div className={`in area${invalid ? ' err' : ''}`}>
      <textarea
        ref={edge} id={id} rows={3} disabled={disabled} value={shown} maxLength={field.length_max}
        aria-invalid={invalid || undefined} aria-describedby={describedBy}
        aria-label={id ? undefined : field.label}
        onChange={(event) => onChange(event.target.value || null)}
      />
    </div>
  );
}
