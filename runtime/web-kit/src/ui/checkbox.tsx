import { useEffect, useRef } from 'react';

interface CheckboxProps {
  checked: boolean | 'some';
  onChange: (checked: boolean, event: React.ChangeEvent<HTMLInputElement>) => void;
  label: string;
  shown?: boolean;
  disabled?: boolean;
  tabIndex?: number;
  id?: string;
}

/** A box with its name; `shown` puts the name beside it, otherwise it is only read out. */
export function Checkbox({
  checked, onChange, label, shown = false, disabled = false, tabIndex, id,
}: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = checked === 'some';
  }, [checked]);
  const input = (
    <input
      ref={box} type="checkbox" className="cb" checked={checked === true} disabled={disabled}
      aria-label={shown ? undefined : label} tabIndex={tabIndex} id={id}
      onChange={(event) => onChange(event.target.checked, event)}
    />
  );
  return shown ? <label className="cbl">{input}<span>{label}</span></label> : input;
}
