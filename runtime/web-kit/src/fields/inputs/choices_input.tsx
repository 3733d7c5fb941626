import { useT } from '../../i18n/i18n.ts';
import { Picker } from '../../ui/picker.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { InputProps } from '../field_type.ts';
import { optionLook } from '../hues.ts';

export function ChoicesInput(props: InputProps) {
  const { field, value, onChange, inCell, only } = props;
  const t = useT();
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const options = (field.options ?? []).map((option, index) => ({
    value: option.name, label: option.label,
    node: <Tag {...optionLook(option.color, index)}>{option.label}</Tag>,
  }));
  const offered = only ? options.filter((option) =>
    only.includes(option.value) || chosen.includes(option.value)) : options;
  const tags = options.filter((option) => chosen.includes(option.value));
  return (
    <Picker
      id={props.id} label={field.label} value={chosen} options={offered} multiple clearable
      invalid={props.invalid} describedBy={props.describedBy} disabled={props.disabled}
      openAtOnce={inCell} onDone={props.onDone} onChange={onChange}
      shown={tags.length
        ? (
          <span className="tags">
            {tags.map(({ value: key, node }) => <b key={key}>{node}</b>)}
          </span>
        )
        : <span className="dim">{t('pick.choose')}</span>}
    />
  );
}
