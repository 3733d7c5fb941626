import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import { useT } from '../i18n/i18n.ts';
import { IconButton } from '../ui/icon_button.tsx';
import { type Box, type Layout, pathOf } from './layout.ts';

const margin = 24;
const least = 0.5;
const most = 1.5;
/** Smaller than that it is only made on purpose. */
const readable = 0.7;
const clamp = (scale: number) => Math.min(most, Math.max(least, scale));

interface FlowCanvasProps {
  layout: Layout;
  /** Whether the way between what is at its ends has been gone. */
  been: (id: string) => boolean;
  node: (box: Box) => ReactNode;
  /** What lies over it, at the right. */
  children?: ReactNode;
  /** What lies below it, always in sight. */
  foot?: ReactNode;
}

/** The plane a flow is drawn on: it can be moved and made larger. */
export function FlowCanvas({ layout, been, node, children, foot }: FlowCanvasProps) {
  const t = useT();
  const { formats } = useApplication();
  const box = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);
  const fit = () => {
    const room = (box.current?.clientWidth ?? 0) - 2 * margin;
    setScale(room > 0 ? Math.min(1, Math.max(readable, room / layout.width)) : 1);
  };
  useLayoutEffect(fit, [layout.width]);
  const step = (by: number) => setScale(clamp(Math.round((scale + by) * 10) / 10));
  return (
    <div className={`cv${foot ? ' footed' : ''}`}>
      <div className="over">
        <div className="zoom" role="group" aria-label={t('run.zoom')}>
          <IconButton icon="minus" size="sm" label={t('run.smaller')} disabled={scale <= least}
            onClick={() => step(-0.1)} />
          <output>{formats.percent(String(scale), 0)}</output>
          <IconButton icon="plus" size="sm" label={t('run.larger')} disabled={scale >= most}
            onClick={() => step(0.1)} />
          <IconButton icon="focus" size="sm" label={t('run.fit')} onClick={fit} />
        </div>
        {children}
      </div>
      <div className="cv-scroll" ref={box} tabIndex={0} role="region" aria-label={t('run.graph')}>
        <div
          className="cv-size"
          style={{ width: layout.width * scale + 2 * margin,
            height: layout.height * scale + 2 * margin }}
        >
          <div className="cv-plane" style={{ width: layout.width, height: layout.height,
            transform: `translate(${margin}px, ${margin}px) scale(${scale})` }}>
            <svg width={layout.width} height={layout.height} fill="none" aria-hidden="true">
              {layout.edges.map((edge) => (
                <path
                  key={`${edge.from} ${edge.to} ${edge.label}`} d={pathOf(edge.points)}
                  className={edge.back ? 'back' : been(edge.from) && been(edge.to) ? 'been' : ''}
                />
              ))}
              {layout.edges.filter(({ back }) => back).map(({ from, to, points }) => {
                const [x = 0, y = 0] = points.at(-1) ?? [];
                return <path key={`head ${from} ${to}`} className="head"
                  d={`M${x - 7} ${y - 5} L${x} ${y} L${x - 7} ${y + 5}`} />;
              })}
            </svg>
            <ol className="nodes">{layout.boxes.map(node)}</ol>
            {layout.edges.map(({ from, to, label, at }) => at && (
              <span key={`${from} ${to} ${label}`} className="gate"
                style={{ left: at[0], top: at[1] }}>{label}</span>
            ))}
          </div>
        </div>
      </div>
      {foot}
    </div>
  );
}
