import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

interface BannerProps {
  look?: 'warn' | 'bad' | 'info';
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

export function Banner({ look = 'warn', title, children, action }: BannerProps) {
  const icon = look === 'info' ? 'info' : 'alert';
  return (
    <div className={`banner ${look}`} role={look === 'bad' ? 'alert' : 'status'}>
      <Icon name={icon} />
      <div className="grow"><b>{title}</b>{children && <div className="mid">{children}</div>}</div>
      {action}
    </div>
  );
}
