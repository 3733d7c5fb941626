import { useApplication } from '@tenon/web-kit/api/application.tsx';
import { objectHref, useNavigation } from '@tenon/web-kit/api/navigation.tsx';
import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { Icon } from '@tenon/web-kit/ui/icon.tsx';
import { Link } from '@tenon/web-kit/ui/link.tsx';
import { Menu } from '@tenon/web-kit/ui/menu.tsx';
import { useLocation } from '@tanstack/react-router';
import { useMenu } from './use_menu.ts';

/** The foot of a phone: three places, one thing to add, and the rest of the menu. */
export function TabBar({ onSearch: _onSearch }: { onSearch: () => void }) {
  const t = useT();
  const application = useApplication();
  const { go } = useNavigation();
  const { entries, on } = useMenu();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const objects = entries.filter((entry) => entry.object && !entry.href.includes('view='));
  const report = entries.find((entry) => !entry.object && entry.href.startsWith('/r/'));
  const todo = entries.filter((entry) => entry.href === '/todo');
  const places = [...todo, ...objects.slice(0, (report ? 2 : 3) - todo.length),
    ...(report ? [report] : [])].slice(0, 3);
  const addable = [...new Set([on?.object, ...objects.map((entry) => entry.object)])]
    .map((name) => (name ? application.object(name) : undefined))
    .filter((object) => object?.may.create);
  const tab = (entry: (typeof places)[number]) => (
    <Link
      key={entry.href} href={entry.href} className={entry === on ? 'on' : ''}
      aria-current={entry === on ? 'page' : undefined}
    >
      <Icon name={entry.icon} size={20} />{Boolean(entry.count) && <em>{entry.count}</em>}
      <span className="trunc">{entry.label}</span>
    </Link>
  );
  return (
    <nav className="tabbar" aria-label={t('nav.label')}>
      {places.slice(0, 2).map(tab)}
      {addable.length > 0 ? (
        <Menu
          label={t('nav.add')} side="top-start"
          items={addable.map((object) => ({
            label: t('form.new', { object: object?.label }), icon: object?.icon ?? 'plus',
            run: () => go(objectHref(object?.name ?? '', { form: 'new' })),
          }))}
          trigger={(props) => (
            <button type="button" className="add" aria-label={t('nav.add')} {...props}>
              <Icon name="plus" size={20} />
            </button>
          )}
        />
      ) : <span />}
      {places.slice(2).map(tab)}
      <Link
        href="/" className={path === '/' ? 'on' : ''}
        aria-current={path === '/' ? 'page' : undefined}
      >
        <Icon name="menu" size={20} /><span>{t('nav.all')}</span>
      </Link>
    </nav>
  );
}
