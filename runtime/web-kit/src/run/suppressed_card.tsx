import { runHref } from '../api/flows.ts';
import type { Run } from '../api/flow_types.ts';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { Link } from '../ui/link.tsx';

/** Of a run that never began: which rule kept it from that, and who called it. */
export function SuppressedCard({ run }: { run: Run }) {
  const t = useT();
  if (!run.suppressed) return null;
  return (
    <article className="incident" aria-labelledby="suppressed">
      <div className="hd">
        <Icon name="alert" />
        <div>
          <h2 id="suppressed">{t('run.not_begun')}</h2>
          <p>{run.suppressed.message}</p>
        </div>
      </div>
      <p className="ft">
        {run.caller && <Link className="link" href={runHref(run.caller)}>{t('run.caller')}</Link>}
        <code>{run.suppressed.rule}</code>
      </p>
    </article>
  );
}
