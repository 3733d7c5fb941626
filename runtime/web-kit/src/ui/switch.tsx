interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: string;
  id?: string;
  disabled?: boolean;
}

export function Switch({ checked, onChange, label, id, disabled = false }: SwitchProps) {
  return (
    <button
      type="button" role="switch" aria-checked={checked} aria-label={label} id={id}
      className={`sw${checked ? ' on' : ''}`} disabled={disabled} onClick={() => onChange(!checked)}
    />
  );
}
