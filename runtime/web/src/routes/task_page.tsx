import type { Task } from '@tenon/web-kit/api/flow_types.ts';
import { runHref } from '@tenon/web-kit/api/flows.ts';
import { useNavigation } from '@tenon/web-kit/api/navigation.tsx';
import { TaskView } from '@tenon/web-kit/approval/task_view.tsx';
import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { Icon } from '@tenon/web-kit/ui/icon.tsx';
import { Link } from '@tenon/web-kit/ui/link.tsx';
import { usePhone } from '@tenon/web-kit/ui/use_phone.ts';
import { useParams } from '@tanstack/react-router';
import { useTitle } from './use_title.ts';

/** One task on a page of its own: where a notice goes, and all there is room for on a phone. */
export function TaskPage() {
  const t = useT();
  const phone = usePhone();
  const { go } = useNavigation();
  const { id } = useParams({ from: '/session/shell/tasks/$id' });
  useTitle(t('task.title'));
  const top = (task: Task | undefined) => (
    <div className="nb">
      <Link className="btn ghost icon" href="/todo" aria-label={t('task.back')}>
        <Icon name="left" size={20} />
      </Link>
      <h1 className="trunc">{task?.flow.label ?? t('task.title')}</h1>
      {task ? (
        <Link className="btn ghost icon" href={runHref(task.run.id)}
          aria-label={t('task.open_run')}>
          <Icon name="branch" size={20} />
        </Link>
      ) : <span className="btn icon ghost" />}
    </div>
  );
  return (
    <>
      {!phone && <h1 className="hidden-text">{t('task.title')}</h1>}
      <TaskView id={id} onDone={() => go('/todo', { replace: true })}
        {...(phone ? { top } : {})} />
    </>
  );
}
