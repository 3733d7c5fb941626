import { useSubmitKey } from '../../a11y/submit_key.ts';
import { useEdge } from './use_edge.ts';
import type { InputProps } from '../field_type.ts';

const kinds: Record<string, 'email' | 'tel' | 'url'> = { email: 'email', phone: 'tel', url: 'url' };

export function TextInput(props: InputProps) {
  const { field, value, onChange, id, invalid, describedBy, disabled, inCell, onDone } = props;
  const edge = useEdge(inCell);
  const enter = useSubmitKey(() => onDone?.());
  return (
    <div className={`in${invalid ? ' err' : ''}`}>
      <input
        ref={edge} id={id} type="text" inputMode={kinds[field.type] ?? 'text'} disabled={disabled}
        aria-invalid={invalid || undefined} aria-describedby={describedBy}
        aria-label={id ? undefined : field.label} autoComplete="off"
        value={typeof value === 'string' ? value : ''} maxLength={field.length_max}
        onChange={(event) => onChange(event.target.value || null)}
        onKeyDown={inCell ? enter : undefined}
      />
    </div>
  );
}
