import { dots, type IconName, paths } from './icon_paths.ts';

interface IconProps {
  name: string;
  size?: 12 | 14 | 16 | 20 | 24;
  className?: string;
}

const known = (name: string): name is IconName => name in paths;

/** A glyph of the set; takes the colour of the text. Always beside or inside something named. */
export function Icon({ name, size = 16, className = '' }: IconProps) {
  const glyph = known(name) ? name : 'box';
  const filled = dots.has(glyph);
  return (
    <svg
      className={`i ${className}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true"
      fill={filled ? 'currentColor' : 'none'} stroke={filled ? 'none' : 'currentColor'}
      strokeWidth={1.4} strokeLinecap="round" strokeLinejoin="round"
    >
      <path d={paths[glyph]} />
    </svg>
  );
}
