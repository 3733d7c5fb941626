import { useApplication } from '@tenon/web-kit/api/application.tsx';
import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { Icon } from '@tenon/web-kit/ui/icon.tsx';
import { IconButton } from '@tenon/web-kit/ui/icon_button.tsx';
import { Kbd } from '@tenon/web-kit/ui/kbd.tsx';
import { Link } from '@tenon/web-kit/ui/link.tsx';
import { Mark } from '@tenon/web-kit/ui/mark.tsx';
import { Fragment } from 'react';
import { useMenu } from './use_menu.ts';
import { UserMenu } from './user_menu.tsx';

interface NavProps {
  onSearch: () => void;
  onUnpin: () => void;
  onKeys: () => void;
}

/** The wide navigation, with sections and names. */
export function Nav({ onSearch, onUnpin, onKeys }: NavProps) {
  const t = useT();
  const { app } = useApplication();
  const { entries, on } = useMenu();
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      <div className="ws">
        <Link href="/" className="ws-name"><Mark /><b className="trunc">{app.label}</b></Link>
        <IconButton icon="menu" size="sm" label={t('nav.unpin')} onClick={onUnpin} />
      </div>
      <button type="button" className="stop find" onClick={onSearch}>
        <Icon name="search" />{t('nav.search')}<Kbd>Ctrl K</Kbd>
      </button>
      <div className="stops">
        {entries.map((entry, index) => (
          <Fragment key={entry.href + entry.label}>
            {entry.section && entries[index - 1]?.section !== entry.section && (
              <p className="h">{entry.section}</p>
            )}
            <Link
              href={entry.href} className={`stop${entry === on ? ' on' : ''}`}
              aria-current={entry === on ? 'page' : undefined}
            >
              <Icon name={entry.icon} /><span className="trunc">{entry.label}</span>
              {Boolean(entry.count) && <small>{entry.count}</small>}
            </Link>
          </Fragment>
        ))}
      </div>
      <span className="grow" />
      <button type="button" className="stop" onClick={onKeys}>
        <Icon name="help" />{t('keys.title')}<Kbd>?</Kbd>
      </button>
      <UserMenu onKeys={onKeys} />
    </nav>
  );
}
