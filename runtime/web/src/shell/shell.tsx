import { Toasts } from '@tenon/web-kit/ui/toasts.tsx';
import { Tooltips } from '@tenon/web-kit/ui/tooltips.tsx';
import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { LeaveGuard } from './leave_guard.tsx';
import { Nav } from './nav.tsx';
import { OfflineBar } from './offline_bar.tsx';
import { Rail } from './rail.tsx';
import { TabBar } from './tab_bar.tsx';
import { useLive } from './use_live.ts';
import { usePhone } from '@tenon/web-kit/ui/use_phone.ts';

const Palette = lazy(() => import('./palette.tsx'));
const Keys = lazy(() => import('./keys_dialog.tsx'));

/** Navigation around the page: rail or wide, at the foot on a phone. */
export function Shell() {
  const t = useT();
  const [pinned, setPinned] = useState(() => localStorage.getItem('tenon.nav') === 'wide');
  const [overlay, setOverlay] = useState<'palette' | 'keys' | null>(null);
  const phone = usePhone();
  const online = useLive();
  const path = useLocation({ select: ({ pathname }) => pathname });

  useEffect(() => setOverlay(null), [path]);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const typing = (event.target as HTMLElement).closest?.('input,textarea,select,dialog');
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setOverlay('palette');
      } else if (event.key === '?' && !typing) setOverlay('keys');
    };
    document.addEventListener('keydown', key);
    return () => document.removeEventListener('keydown', key);
  }, []);

  const pin = (wide: boolean) => {
    localStorage.setItem('tenon.nav', wide ? 'wide' : 'rail');
    setPinned(wide);
  };
  const search = () => setOverlay('palette');

  return (
    <div className={`app${phone ? ' phone' : pinned ? ' wide' : ''}`}>
      <a className="btn primary skip" href="#page">{t('nav.skip')}</a>
      {!phone && (pinned
        ? <Nav onSearch={search} onUnpin={() => pin(false)} onKeys={() => setOverlay('keys')} />
        : <Rail onSearch={search} onPin={() => pin(true)} onKeys={() => setOverlay('keys')} />)}
      <main className="sheet" id="page" tabIndex={-1}>
        <OfflineBar online={online} />
        <Outlet />
      </main>
      {phone && <TabBar onSearch={search} />}
      <Toasts label={t('toasts')} />
      <Tooltips />
      <LeaveGuard />
      <Suspense>
        {overlay === 'palette' && <Palette onClose={() => setOverlay(null)} />}
        {overlay === 'keys' && <Keys onClose={() => setOverlay(null)} />}
      </Suspense>
    </div>
  );
}
