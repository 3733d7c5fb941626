import { useApplication } from '../api/application.tsx';
import type { Run, RunAct, RunToken } from '../api/flow_types.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

interface IncidentCardProps {
  run: Run;
  token: RunToken;
  busy: string | null;
  onRetry: () => void;
  onAsk: (act: RunAct) => void;
}

const ways: RunAct[] = ['retry', 'variables', 'skip', 'jump'];
const icons: Partial<Record<RunAct, string>> = {
  retry: 'refresh', variables: 'edit', skip: 'redo', jump: 'swap' };

/** What could not go on, why, and the ways out. */
export function IncidentCard({ run, token, busy, onRetry, onAsk }: IncidentCardProps) {
  const t = useT();
  const { formats } = useApplication();
  const label = run.graph.nodes.find(({ id }) => id === token.node)?.label ?? token.node;
  const offered = ways.filter((act) => run.can.includes(act));
  return (
    <article className="incident" aria-labelledby={`incident-${token.id}`}>
      <div className="hd">
        <Icon name="alert" />
        <div>
          <h2 id={`incident-${token.id}`}>{t('incident.title', { label })}</h2>
          <p>{token.incident?.message}</p>
        </div>
      </div>
      {offered.length > 0 && (
        <div className="ways">
          {offered.map((act, index) => (
            <div key={act}>
              <Button
                size="sm" look={index === 0 ? 'primary' : 'outline'} icon={icons[act] ?? 'gear'}
                busy={busy === act} onClick={() => (act === 'retry' ? onRetry() : onAsk(act))}
              >
                {t(`incident.${act}`)}
              </Button>
              <span>{t(`incident.hint.${act}`)}</span>
            </div>
          ))}
        </div>
      )}
      <p className="ft">
        <Icon name="clock" size={14} />
        <span>{token.since ? t('incident.since', { at: formats.dateTime(token.since) })
          : t('incident.told')}</span>
        <code>{token.incident?.rule}</code>
      </p>
    </article>
  );
}
