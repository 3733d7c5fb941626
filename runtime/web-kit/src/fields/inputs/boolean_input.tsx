import { useT } from '../../i18n/i18n.ts';
import { Picker } from '../../ui/picker.tsx';
import { Switch } from '../../ui/switch.tsx';
import type { InputProps } from '../field_type.ts';

export function BooleanInput({ field, value, onChange, id, disabled, inCell, onDone }: InputProps) {
  const t = useT();
  if (inCell) {
    return (
      <Picker
        label={field.label} value={[value ? 'yes' : 'no']} openAtOnce onDone={onDone}
        shown={t(value ? 'yes' : 'no')} onChange={([next]) => onChange(next === 'yes')}
        options={[{ value: 'yes', label: t('yes') }, { value: 'no', label: t('no') }]}
      />
    );
  }
  return (
    <span className="swl">
      <Switch
        id={id} label={field.label} checked={value === true} disabled={disabled} onChange={onChange}
      />
      <span className="mid">{t(value ? 'yes' : 'no')}</span>
    </span>
  );
}
