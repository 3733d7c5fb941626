import type { ButtonProps } from './button.tsx';
import { Icon } from './icon.tsx';

type IconButtonProps = Omit<ButtonProps, 'children' | 'icon'> & { icon: string; label: string };

/** A glyph that is a button: its label is its name and shows on hover and focus. */
export function IconButton({
  icon, label, look = 'ghost', size = 'md', className = '', busy: _busy, ...rest
}: IconButtonProps) {
  const classes = [
    'btn icon', look === 'outline' ? '' : look, size === 'md' ? '' : size, className];
  return (
    <button
      type="button" {...rest} className={classes.filter(Boolean).join(' ')} aria-label={label}
      data-tip={label}
    >
      <Icon name={icon} size={size === 'sm' ? 14 : 16} />
    </button>
  );
}
