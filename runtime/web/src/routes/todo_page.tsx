import { TodoPage as Page } from '@tenon/web-kit/approval/todo_page.tsx';
import type { TodoState } from '@tenon/web-kit/approval/todo_state.ts';
import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTitle } from './use_title.ts';

/** The to-do centre: the address says box, words, flow and which one is open. */
export function TodoPage() {
  const t = useT();
  const search = useSearch({ from: '/session/shell/todo' });
  const navigate = useNavigate({ from: '/todo' });
  useTitle(t('todo.title'));
  return (
    <Page
      state={search}
      onState={(change: TodoState, replace) => void navigate({
        search: (before) => ({ ...before, ...change }), replace })}
    />
  );
}
