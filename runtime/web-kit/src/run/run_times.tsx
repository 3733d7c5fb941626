import type { Run } from '../api/flow_types.ts';
import { spanText } from '../format/span.ts';
import { useT } from '../i18n/i18n.ts';
import { sharesOf } from './node_state.ts';

/** Where the time went: nodes as parts of a bar, and in words. */
export function RunTimes({ run }: { run: Run }) {
  const t = useT();
  const shares = sharesOf(run);
  if (shares.length === 0) return null;
  const whole = run.times.reduce((sum, { total_ms: ms }) => sum + ms, 0);
  return (
    <section className="went card" aria-labelledby="went-title">
      <h2 id="went-title">{t('run.went', { span: spanText(whole) })}</h2>
      <div className="wb" aria-hidden="true">
        {shares.map(({ node, ms }, index) => (
          <i key={node} style={{ flexGrow: ms / 1000, background: `var(--c${index + 1})` }} />
        ))}
      </div>
      <dl className="wl">
        {shares.map(({ node, label, ms }, index) => (
          <div key={node}>
            <dt><i aria-hidden="true" style={{ background: `var(--c${index + 1})` }} />
              {label || t('route.submit')}</dt>
            <dd>{spanText(ms)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
