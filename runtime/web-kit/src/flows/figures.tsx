import type { FlowFigures } from '../api/flow_admin_types.ts';
import { spanText } from '../format/span.ts';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { Tag } from '../ui/tag.tsx';

/** A span, or a dash where there is nothing to say yet. */
export function Span({ ms }: { ms: number | null }) {
  const t = useT();
  if (ms !== null) return <>{spanText(ms)}</>;
  return <span className="dim"><span aria-hidden="true">–</span>
    <span className="hidden-text">{t('flows.no_figure')}</span></span>;
}

/** A count that is bad news where it is not nothing. */
export function BadCount({ count }: { count: number }) {
  if (count === 0) return <span className="dim">0</span>;
  return <span className="bad-count"><Icon name="alert" size={12} />{count}</span>;
}

export function KindTag({ kind }: { kind: FlowFigures['kind'] }) {
  const t = useT();
  return <Tag icon={kind === 'approval' ? 'sign' : 'bolt'}>{t(`flows.kind.${kind}`)}</Tag>;
}
