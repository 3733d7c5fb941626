import { isUnsaved, setUnsaved, useUnsaved } from '@tenon/web-kit/form/unsaved.ts';
import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { Confirm } from '@tenon/web-kit/ui/confirm.tsx';
import { useBlocker } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { PageSearch } from '../router.tsx';

/** Asks before typed input is left behind, by a link, by going back or by closing the tab. */
export function LeaveGuard() {
  const t = useT();
  const unsaved = useUnsaved();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isUnsaved() && (current.pathname !== next.pathname
      || (current.search as PageSearch).form !== (next.search as PageSearch).form),
    enableBeforeUnload: isUnsaved, withResolver: true,
  });
  useEffect(() => {
    const bare = document.title.replace(/^• /, '');
    document.title = unsaved ? `• ${bare}` : bare;
  }, [unsaved]);
  if (blocker.status !== 'blocked') return null;
  return (
    <Confirm
      title={t('unsaved.title')} text={t('unsaved.text')} yes={t('unsaved.leave')}
      no={t('unsaved.stay')} bad onNo={blocker.reset}
      onYes={() => {
        setUnsaved(false);
        blocker.proceed();
      }}
    />
  );
}
