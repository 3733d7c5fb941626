import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { Icon } from '@tenon/web-kit/ui/icon.tsx';
import { useEffect, useState } from 'react';

export function OfflineBar({ online }: { online: boolean }) {
  const t = useT();
  const [wire, setWire] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setWire(navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  if (online && wire) return null;
  return (
    <div className="offline" role="status">
      <Icon name="offline" />
      <b>{t(wire ? 'offline.server' : 'offline.network')}</b>
      <span>{t('offline.works')}</span>
    </div>
  );
}
