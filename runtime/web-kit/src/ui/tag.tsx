import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

interface TagProps {
  children: ReactNode;
  look?: 'grey' | 'ok' | 'warn' | 'bad' | 'brand' | 'hue';
  hue?: number;
  icon?: string;
}

export function Tag({ children, look = 'grey', hue, icon }: TagProps) {
  return (
    <span
      className={`tag ${look === 'hue' ? '' : look}`}
      style={hue === undefined ? undefined : { '--h': hue } as React.CSSProperties}
    >
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}
