import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { EmptyState } from '@tenon/web-kit/ui/empty_state.tsx';
import { Link } from '@tenon/web-kit/ui/link.tsx';

/** The address names something this person cannot see, or that is not there: the same words. */
export function NoObject({ name }: { name: string }) {
  const t = useT();
  return (
    <div className="alone">
      <h1 className="hidden-text">{t('error.unseen.title')}</h1>
      <EmptyState
        art="pinned" title={t('error.unseen.title')} text={t('error.unseen.text', { name })}
        action={<Link href="/" className="btn primary">{t('error.home')}</Link>}
      />
    </div>
  );
}
