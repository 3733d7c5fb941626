import { Icon } from './icon.tsx';

interface SegmentedProps<T extends string> {
  value: T;
  options: { value: T; label: string; icon?: string }[];
  onChange: (value: T) => void;
  label: string;
}

export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { value, options, onChange, label } = props;
  return (
    <div className="seg sm" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value} type="button" aria-pressed={option.value === value}
          className={option.value === value ? 'on' : ''} onClick={() => onChange(option.value)}
        >
          {option.icon && <Icon name={option.icon} size={14} />}
          {option.label}
        </button>
      ))}
    </div>
  );
}
