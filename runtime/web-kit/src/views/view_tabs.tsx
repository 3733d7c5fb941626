import { objectHref } from '../api/navigation.tsx';
import type { AppView } from '../api/types.ts';
import { useT } from '../i18n/i18n.ts';
import { Link } from '../ui/link.tsx';

/** The views of one kind, as links: what a view narrows is part of the address. */
export function ViewTabs({ views, view }: { views: AppView[]; view: AppView }) {
  const t = useT();
  return (
    <nav className="tabs" aria-label={t('views')}>
      {views.map((one) => (
        <Link
          key={one.name} href={objectHref(one.object, { view: one.name })}
          className={one === view ? 'on' : ''} aria-current={one === view ? 'page' : undefined}
        >
          {one.label}
        </Link>
      ))}
    </nav>
  );
}
