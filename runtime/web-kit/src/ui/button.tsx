import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Icon } from './icon.tsx';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'primary' | 'outline' | 'ghost' | 'bad';
  size?: 'sm' | 'md' | 'lg';
  icon?: string;
  busy?: boolean;
  children?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** Filled = the one primary of a view; outline = secondary; ghost = tertiary. */
export function Button({
  look = 'outline', size = 'md', icon, busy = false, children, className = '', disabled, ...rest
}: ButtonProps) {
  const classes = ['btn', look === 'outline' ? '' : look, size === 'md' ? '' : size, className];
  return (
    <button
      type="button" {...rest} className={classes.filter(Boolean).join(' ')}
      disabled={disabled ?? false} aria-busy={busy || undefined}
      onClick={busy ? undefined : rest.onClick}
    >
      {busy ? <span className="spin" aria-hidden="true" />
        : icon && <Icon name={icon} size={size === 'sm' ? 14 : 16} />}
      {children}
    </button>
  );
}
