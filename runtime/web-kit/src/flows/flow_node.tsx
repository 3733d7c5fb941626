import type { FlowNode, NodeFigures } from '../api/flow_admin_types.ts';
import { useApplication } from '../api/application.tsx';
import { spanText } from '../format/span.ts';
import { type Translate, useT } from '../i18n/i18n.ts';
import { nodeIcons } from '../run/node_icons.ts';
import { type Box, endId, type Size, startId } from '../run/layout.ts';
import { Icon } from '../ui/icon.tsx';
import { isoText } from './iso_text.ts';

const width = 252;
const head = 44;
const line = 26;

export function sizeOfFlowNode(id: string, node: FlowNode | undefined): Size {
  if (id === endId || node?.kind === 'end') return { width: 132, height: 32 };
  return { width, height: head + line * (asksOf(node) ? 2 : 1) };
}

const asksOf = (node: FlowNode | undefined) => (node?.asks.length ?? 0) > 0;

/** Whom a node asks, and how much time they have, in one line. */
export function sentenceOf(node: FlowNode, t: Translate, list: (items: string[]) => string) {
  const people = node.asks.map(({ kind, label }) => (label ?? t(`sim.why.${kind}`)));
  const how = node.mode && node.asks.length > 0 ? t(`flows.mode.${node.mode}`, {
    need: node.need ?? '' }) : '';
  return [list(people), how, node.due ? t('flows.within', { span: isoText(node.due) }) : '']
    .filter(Boolean).join(t('comma'));
}

interface FlowNodeBoxProps {
  box: Box;
  node: FlowNode | undefined;
  figures: NodeFigures | undefined;
  label: string;
  /** Runs there have been. */
  begun: number;
}

/** A node: what it asks of whom, how much stands there now, how long it takes. */
export function FlowNodeBox({ box, node, figures, label, begun }: FlowNodeBoxProps) {
  const t = useT();
  const { formats } = useApplication();
  const place = { left: box.x, top: box.y, width: box.width, height: box.height };
  if (box.id === endId || node?.kind === 'end') {
    return (
      <li className="end" style={place}>
        <Icon name="flag" size={14} /><span className="trunc">{node?.label ?? label}</span>
      </li>
    );
  }
  const open = figures?.open ?? 0;
  const stopped = figures?.stopped ?? 0;
  const icon = box.id === startId ? 'send' : nodeIcons[node?.kind ?? ''] ?? 'box';
  const visits = figures?.visits ?? 0;
  const sentence = node && asksOf(node)
    ? sentenceOf(node, t, (items) => formats.list(items)) : '';
  return (
    <li className={`nd flow-node${stopped > 0 ? ' incident' : ''}`} style={place}>
      <div className="t">
        <span className={`k${open > 0 ? ' now' : ''}`}><Icon name={icon} size={14} /></span>
        <span className="trunc grow">{node?.label ?? label}</span>
        {stopped > 0 && (
          <span className="count bad" data-tip={t('flows.stopped')}>
            <Icon name="alert" size={12} />
            <span className="hidden-text">{t('flows.stopped')}</span>{stopped}
          </span>
        )}
        {(figures?.overdue ?? 0) > 0 && (
          <span className="count bad" data-tip={t('flows.overdue')}>
            <Icon name="clock" size={12} />
            <span className="hidden-text">{t('flows.overdue')}</span>{figures?.overdue}
          </span>
        )}
        {open > 0 && (
          <span className="count" data-tip={t('flows.here')}>
            <span className="hidden-text">{t('flows.here')}</span>{open}
          </span>
        )}
      </div>
      {sentence && <p className="trunc-line" title={sentence}><span>{sentence}</span></p>}
      <p className="dim">
        <span>{figures && figures.p50_ms !== null && figures.p90_ms !== null
          ? t('flows.spans', { p50: spanText(figures.p50_ms), p90: spanText(figures.p90_ms) })
          : box.id === startId ? t('flows.begun', { count: begun })
            : t('flows.visits', { count: visits })}</span>
        {(figures?.rework ?? 0) > 0 && (
          <small>{t('flows.rework_count', { count: figures?.rework })}</small>
        )}
      </p>
    </li>
  );
}
