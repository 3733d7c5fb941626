import { isSubmitKey } from '../a11y/submit_key.ts';
import type { Task } from '../api/flow_types.ts';
import { useT } from '../i18n/i18n.ts';
import { AttachButton, AttachedFiles } from './attaching.tsx';
import { commentMax } from './comment_field.tsx';
import type { Deciding } from './use_deciding.ts';

interface OpinionInputProps {
  task: Task;
  deciding: Deciding;
  /** Of the box around it. */
  className: string;
  /** Less room: a shorter hint. */
  short?: boolean;
  /** Ctrl+Enter. */
  onSubmit?: (() => void) | undefined;
}

/** What is said with a decision, in one line. */
export function OpinionInput({ task, deciding, className, short, onSubmit }: OpinionInputProps) {
  const t = useT();
  const { comment, setComment, lacksComment } = deciding;
  const must = task.comment_required;
  const hint = short
    ? t(must ? 'task.comment_hint_short_must' : 'task.comment_hint_short')
    : t(must ? 'task.comment_hint_must' : 'task.comment_hint');
  return (
    <div className={`in ${className}${lacksComment ? ' err' : ''}`}>
      <input
        id="task-comment" value={comment} maxLength={commentMax}
        aria-label={t('task.comment')} aria-invalid={lacksComment || undefined}
        aria-describedby={lacksComment ? 'task-comment-help' : undefined} placeholder={hint}
        onChange={(event) => setComment(event.target.value)}
        onKeyDown={(event) => {
          if ((event.ctrlKey || event.metaKey) && isSubmitKey(event)) onSubmit?.();
        }}
      />
      <AttachButton attaching={deciding.attaching} />
    </div>
  );
}

/** Below it: files that go along, and where a reject needs a reason and has none. */
export function OpinionFoot({ deciding }: { deciding: Deciding }) {
  const t = useT();
  return (
    <>
      <AttachedFiles attaching={deciding.attaching} />
      {deciding.lacksComment && (
        <p className="help bad" id="task-comment-help" role="alert">{t('task.reason_missing')}</p>
      )}
    </>
  );
}
