import { useSubmitKey } from '../../a11y/submit_key.ts';
import type { InputProps } from '../field_type.ts';
import { useEdge } from './use_edge.ts';

export function TimeInput(props: InputProps) {
  const { field, value, onChange, id, invalid, describedBy, disabled, inCell, onDone } = props;
  const edge = useEdge(inCell);
  const enter = useSubmitKey(() => onDone?.());
  return (
    <div className={`in${invalid ? ' err' : ''}`}>
      <input
        ref={edge} id={id} type="time" disabled={disabled} value={String(value ?? '').slice(0, 5)}
        aria-invalid={invalid || undefined} aria-describedby={describedBy}
        aria-label={id ? undefined : field.label}
        onChange={(event) => onChange(event.target.value || null)}
        onKeyDown={inCell ? enter : undefined}
      />
    </div>
  );
}
