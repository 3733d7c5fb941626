import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { Mark } from '@tenon/web-kit/ui/mark.tsx';

/** The frame before anything is known: same shape as what comes, so that nothing jumps. */
export function Boot() {
  const t = useT();
  return (
    <div className="app boot" aria-busy="true">
      <div className="rail"><span className="logo"><Mark /></span></div>
      <main className="sheet"><h1 className="hidden-text">{t('loading')}</h1></main>
    </div>
  );
}
