import type { InputProps } from '../field_type.ts';
import { TextInput } from './text_input.tsx';

export function ColorInput(props: InputProps) {
  const { field, value, onChange, disabled } = props;
  const shown = typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value) ? value : '#2449c8';
  return (
    <div className="row">
      <input
        type="color" className="swatch well" value={shown} disabled={disabled}
        aria-label={field.label} onChange={(event) => onChange(event.target.value)}
      />
      <div className="grow"><TextInput {...props} /></div>
    </div>
  );
}
