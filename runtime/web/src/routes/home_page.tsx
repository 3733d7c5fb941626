import { useApplication } from '@tenon/web-kit/api/application.tsx';
import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { EmptyState } from '@tenon/web-kit/ui/empty_state.tsx';
import { Icon } from '@tenon/web-kit/ui/icon.tsx';
import { Link } from '@tenon/web-kit/ui/link.tsx';
import { usePhone } from '@tenon/web-kit/ui/use_phone.ts';
import { Navigate } from '@tanstack/react-router';
import { useMenu } from '../shell/use_menu.ts';
import { UserMenu } from '../shell/user_menu.tsx';
import { useTitle } from './use_title.ts';

/** On a desk the first place of the menu; on a phone the whole menu. */
export function HomePage() {
  const t = useT();
  const { app } = useApplication();
  const { entries } = useMenu();
  const phone = usePhone();
  useTitle(app.label);
  const first = entries.find((entry) => entry.section) ?? entries[0];
  if (!phone && first) return <Navigate to={first.href} replace />;
  const sections = [...new Set(entries.map((entry) => entry.section))];
  return (
    <div className="home">
      <header className="big"><h1 className="grow">{app.label}</h1><UserMenu slim /></header>
      {entries.length === 0 && (
        <EmptyState art="pinned" title={t('home.empty.title')} text={t('home.empty.text')} />
      )}
      {sections.map((section) => (
        <section key={section}>
          {section && <h2>{section}</h2>}
          <ul>
            {entries.filter((entry) => entry.section === section).map((entry) => (
              <li key={entry.href + entry.label}>
                <Link href={entry.href}>
                  <Icon name={entry.icon} size={20} /><span className="grow">{entry.label}</span>
                  {Boolean(entry.count) && <b>{entry.count}</b>}
                  <Icon name="right" size={14} />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
