import { useState } from 'react';
import { useApplication } from '../api/application.tsx';
import type { FlowPage } from '../api/flow_admin_types.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty_state.tsx';
import { Tag } from '../ui/tag.tsx';
import { MigrateDialog } from './migrate_dialog.tsx';

/** What was published when, how many runs are still on it, and how they are moved on. */
export function FlowVersions({ flow }: { flow: FlowPage }) {
  const t = useT();
  const { formats } = useApplication();
  const [moving, setMoving] = useState<number[] | null>(null);
  const behind = flow.versions.filter(({ version, running }) => version !== flow.version
    && running > 0);
  if (flow.versions.length === 0) {
    return <EmptyState compact art="joining" title={t('flows.no_versions.title')}
      text={t('flows.no_versions.text')} />;
  }
  return (
    <>
      {behind.length > 1 && (
        <Button size="sm" icon="branch" onClick={() => setMoving(behind.map((one) => one.version))}>
          {t('flows.move_all')}
        </Button>
      )}
      <ul className="flow-versions">
        {flow.versions.map(({ version, published_at: at, running }) => (
          <li key={version}>
            <span className="row">
              <b>{t('run.version', { version })}</b>
              {version === flow.version && <Tag look="brand">{t('flows.newest')}</Tag>}
              <span className="grow" />
              <time className="dim" dateTime={at ?? undefined}>
                {at && formats.dateTime(at)}
              </time>
            </span>
            <span className="row under">
              <span className="grow">{t('flows.on_it', { count: running })}</span>
              {version !== flow.version && running > 0 && (
                <Button size="sm" look="ghost" icon="branch" onClick={() => setMoving([version])}>
                  {t('flows.move_on', { version: flow.version })}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {moving && (
        <MigrateDialog flow={flow} from={moving} onClose={() => setMoving(null)} />
      )}
    </>
  );
}
