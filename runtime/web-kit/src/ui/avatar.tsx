import { hueOf, initialsOf } from './initials.ts';

interface AvatarProps {
  name: string;
  size?: 20 | 24 | 28 | 32 | 36 | 40;
  square?: boolean;
}

/** Round for people, square for everything else. Decoration: the name stands beside it. */
export function Avatar({ name, size = 20, square = false }: AvatarProps) {
  return (
    <span
      className={`av a${size}${square ? ' sq' : ''}`} aria-hidden="true"
      style={{ '--h': hueOf(name) } as React.CSSProperties}
    >
      {initialsOf(name, size >= 36 ? 2 : 1, !square)}
    </span>
  );
}
