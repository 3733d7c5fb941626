import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { EmptyState } from '@tenon/web-kit/ui/empty_state.tsx';
import { Link } from '@tenon/web-kit/ui/link.tsx';
import { useTitle } from './use_title.ts';

/** An address of nothing. */
export function NotFoundPage() {
  const t = useT();
  useTitle(t('error.nowhere.title'));
  return (
    <main className="alone">
      <h1 className="hidden-text">{t('error.nowhere.title')}</h1>
      <EmptyState
        art="misfit" title={t('error.nowhere.title')} text={t('error.nowhere.text')}
        action={<Link href="/" className="btn primary">{t('error.home')}</Link>}
      />
    </main>
  );
}
