import type { ReactNode } from 'react';
import { ArtDrawing } from './art_drawing.tsx';
import type { Art } from './art_shapes.ts';

interface EmptyStateProps {
  art: Art;
  title: string;
  text: string;
  action?: ReactNode;
  more?: ReactNode;
  level?: 2 | 3;
  compact?: boolean;
}

/** Nothing yet, nothing that matches, or nothing one may see: the drawing and the words differ. */
export function EmptyState(props: EmptyStateProps) {
  const { art, title, text, action, more, level = 2, compact } = props;
  const Title = level === 2 ? 'h2' : 'h3';
  return (
    <div className={`es${compact ? ' compact' : ''}`}>
      {!compact && <ArtDrawing name={art} />}
      <Title>{title}</Title>
      <p>{text}</p>
      {action && <div className="row">{action}</div>}
      {more && <div className="alt">{more}</div>}
    </div>
  );
}
