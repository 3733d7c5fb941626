import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { Icon } from '@tenon/web-kit/ui/icon.tsx';
import { Link } from '@tenon/web-kit/ui/link.tsx';
import { Mark } from '@tenon/web-kit/ui/mark.tsx';
import { nameOfEntry } from './menu_entries.ts';
import { useMenu } from './use_menu.ts';
import { UserMenu } from './user_menu.tsx';

interface RailProps {
  onSearch: () => void;
  onPin: () => void;
  onKeys: () => void;
}

/** The slim navigation: glyphs whose names show beside them on hover and focus. */
export function Rail({ onSearch, onPin, onKeys }: RailProps) {
  const t = useT();
  const { entries, on } = useMenu();
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      <Link className="logo" href="/" aria-label={t('nav.home')}><Mark /></Link>
      <div className="stops">
        {entries.map((entry, index) => (
          <Link
            key={entry.href + entry.label} href={entry.href} className={entry === on ? 'on' : ''}
            aria-label={nameOfEntry(entry)} aria-current={entry === on ? 'page' : undefined}
            data-tip={nameOfEntry(entry)} data-tip-side="right"
            data-new={(index > 0 && entries[index - 1]?.section !== entry.section) || undefined}
          >
            <Icon name={entry.icon} size={20} />{Boolean(entry.count) && <em />}
          </Link>
        ))}
      </div>
      <span className="grow" />
      <button
        type="button" onClick={onSearch} aria-label={t('nav.search')}
        data-tip={t('nav.search')} data-tip-side="right"
      >
        <Icon name="search" size={20} />
      </button>
      <button
        type="button" onClick={onPin} aria-label={t('nav.pin')}
        data-tip={t('nav.pin')} data-tip-side="right"
      >
        <Icon name="menu" size={20} />
      </button>
      <UserMenu slim onKeys={onKeys} />
    </nav>
  );
}
