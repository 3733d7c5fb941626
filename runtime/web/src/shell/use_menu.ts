import { useApplication } from '@tenon/web-kit/api/application.tsx';
import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { useLocation } from '@tanstack/react-router';
import { useMemo } from 'react';
import { entryOn, type MenuEntry, menuEntries } from './menu_entries.ts';
import { useTodo } from './use_todo.ts';

export function useMenu() {
  const application = useApplication();
  const t = useT();
  const todo = useTodo()?.todo;
  const entries = useMemo((): MenuEntry[] => [
    ...(todo === undefined ? [] : [{
      href: '/todo', label: t('todo.title'), icon: 'todo', section: '', object: null, count: todo,
      on: (path: string) => /^\/(todo|tasks\/)/.test(path),
    }]),
    ...menuEntries(application),
    ...(application.me.flow_admin ? [{
      href: '/flows', label: t('nav.flows'), icon: 'branch', section: t('nav.admin'),
      object: null,
      on: (path: string) => path === '/flows' || path.startsWith('/flows/'),
    }] : []),
  ], [application, todo, t]);
  const { path, view } = useLocation({
    select: ({ pathname, search }) => ({
      path: pathname, view: (search as { view?: string }).view,
    }),
    structuralSharing: true,
  });
  return { entries, on: entryOn(entries, path, view) };
}
