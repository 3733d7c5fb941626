import { useApplication } from '@tenon/web-kit/api/application.tsx';
import { useLocation } from '@tanstack/react-router';
import { useMemo } from 'react';
import { entryOn, menuEntries } from './menu_entries.ts';

export function useMenu() {
  const application = useApplication();
  const entries = useMemo(() => menuEntries(application), [application]);
  const { path, view } = useLocation({
    select: ({ pathname, search }) => ({
      path: pathname, view: (search as { view?: string }).view,
    }),
    structuralSharing: true,
  });
  return { entries, on: entryOn(entries, path, view) };
}
