import { useApplication } from '../api/application.tsx';
import type { Run } from '../api/flow_types.ts';
import { momentText } from '../approval/moment.ts';
import { Who } from '../approval/person.tsx';
import { useNow } from '../approval/use_now.ts';
import { useT } from '../i18n/i18n.ts';

/** Who was sent a copy, and whether they have read it. */
export function RunCopies({ run }: { run: Run }) {
  const t = useT();
  const { formats } = useApplication();
  const now = useNow();
  if (run.copies.length === 0) return null;
  return (
    <section className="went card" aria-labelledby="copies-title">
      <h2 id="copies-title">{t('run.copies')}</h2>
      <ul className="copies">
        {run.copies.map(({ person, read_at: read }) => (
          <li key={person.id}>
            <Who person={person} />
            <small className={read ? 'dim' : 'mid'}>
              {read ? t('run.copy_read', { at: momentText(read, formats, now) })
                : t('run.copy_unread')}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
