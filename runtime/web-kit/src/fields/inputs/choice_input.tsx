import { useT } from '../../i18n/i18n.ts';
import { Picker } from '../../ui/picker.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { InputProps } from '../field_type.ts';
import { optionLook } from '../hues.ts';

export function ChoiceInput(props: InputProps) {
  const { field, value, onChange, inCell, only } = props;
  const t = useT();
  const options = (field.options ?? []).map((option, index) => ({
    value: option.name, label: option.label,
    node: <Tag {...optionLook(option.color, index)}>{option.label}</Tag>,
  }));
  const offered = only
    ? options.filter((option) => only.includes(option.value) || option.value === value) : options;
  const chosen = options.find((option) => option.value === value);
  return (
    <Picker
      id={props.id} label={field.label} value={value ? [String(value)] : []} options={offered}
      invalid={props.invalid} describedBy={props.describedBy} disabled={props.disabled}
      shown={chosen?.node ?? <span className="dim">{t('pick.choose')}</span>}
      clearable={!field.required} openAtOnce={inCell} onDone={props.onDone}
      onChange={([next]) => onChange(next ?? null)}
    />
  );
}
