import { announce } from '@tenon/web-kit/a11y/announce.ts';
import { applyEvent } from '@tenon/web-kit/api/live.ts';
import { listenToStream } from '@tenon/web-kit/api/stream.ts';
import { t } from '@tenon/web-kit/i18n/i18n.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** Keeps the cache true to the server while the window is open; answers whether it can. */
export function useLive(): boolean {
  const client = useQueryClient();
  const [online, setOnline] = useState(true);

  useEffect(() => {
    let told = 0;
    let down: ReturnType<typeof setTimeout> | undefined;
    let lost = false;
    const stop = listenToStream((event) => {
      if (event.type === 'application') {
        void client.invalidateQueries({ queryKey: ['app'] });
      } else if (event.type === 'status') {
        clearTimeout(down);
        if (event.online) {
          setOnline(true);
          // What was missed while away is read again.
          for (const key of lost ? ['records', 'tasks', 'runs'] : []) {
            void client.invalidateQueries({ queryKey: [key] });
          }
          lost = false;
        } else {
          lost = true;
          down = setTimeout(() => setOnline(false), 4000);
        }
      } else if (applyEvent(client, event) && Date.now() - told > 5000) {
        told = Date.now();
        announce(t('live.changed'));
      }
    });
    return () => {
      clearTimeout(down);
      stop();
    };
  }, [client]);

  return online;
}
