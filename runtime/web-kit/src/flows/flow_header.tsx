import { useApplication } from '../api/application.tsx';
import { flowsHref } from '../api/flow_admin.ts';
import type { FlowPage } from '../api/flow_admin_types.ts';
import { objectHref } from '../api/navigation.tsx';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Link } from '../ui/link.tsx';
import { Tag } from '../ui/tag.tsx';
import { usePhone } from '../ui/use_phone.ts';
import { BadCount, KindTag, Span } from './figures.tsx';

interface FlowHeaderProps {
  flow: FlowPage;
  /** Null where it is done already. */
  onSimulate: (() => void) | null;
}

/** What flow, of which records, how it does. */
export function FlowHeader({ flow, onSimulate }: FlowHeaderProps) {
  const t = useT();
  const phone = usePhone();
  const { object: find } = useApplication();
  const object = find(flow.object);
  return (
    <header className="run-top">
      {phone ? (
        <div className="row nb">
          <Link className="btn ghost icon" href={flowsHref} aria-label={t('flows.title')}>
            <Icon name="left" size={20} />
          </Link>
        </div>
      ) : (
        <nav className="crumb" aria-label={t('record.crumb')}>
          <Link href={flowsHref}>{t('flows.title')}</Link>
          <Icon name="right" size={14} /><b aria-current="page">{flow.label}</b>
        </nav>
      )}
      <div className="run-ttl">
        <h1>{flow.label}</h1>
        <KindTag kind={flow.kind} />
        <Tag>{t('run.version', { version: flow.version })}</Tag>
        {flow.incidents > 0 && (
          <Tag look="bad" icon="alert">{t('run.incidents', { count: flow.incidents })}</Tag>
        )}
        <span className="grow" />
        {!phone && object && (
          <Link className="btn ghost" href={objectHref(object.name)}>
            <Icon name={object.icon ?? 'layers'} />{object.label_plural}
          </Link>
        )}
        {onSimulate && (
          <Button look="primary" icon="play" onClick={onSimulate}>{t('flows.simulate')}</Button>
        )}
      </div>
      <dl className="run-facts">
        <div>
          <dt>{t('flows.live')}</dt>
          <dd><b>{flow.running + flow.suspended}</b>
            {flow.suspended > 0 && <span className="dim"> {t('flows.suspended', {
              count: flow.suspended })}</span>}
          </dd>
        </div>
        <div><dt>{t('flows.overdue')}</dt><dd><BadCount count={flow.overdue} /></dd></div>
        <div><dt>{t('flows.p50')}</dt><dd><Span ms={flow.p50_ms} /></dd></div>
        <div><dt>{t('flows.p90')}</dt><dd><Span ms={flow.p90_ms} /></dd></div>
        <div><dt>{t('flows.automatic')}</dt><dd>{flow.automatic}</dd></div>
        <div><dt>{t('flows.rework')}</dt><dd>{flow.rework}</dd></div>
        <div><dt>{t('flows.finished')}</dt><dd>{flow.finished}</dd></div>
      </dl>
    </header>
  );
}
