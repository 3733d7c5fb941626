import { type Art, art } from './art_shapes.ts';

export function ArtDrawing({ name }: { name: Art }) {
  const { box, shapes } = art[name];
  const [, , width, height] = box.split(' ');
  return (
    <svg className="art" viewBox={box} width={width} height={height} aria-hidden="true">
      {shapes.map(([kind, points]) => (kind === '-'
        ? <polyline key={points} className="dash" points={points} />
        : <polygon key={points} className={kind} points={points} />))}
    </svg>
  );
}
