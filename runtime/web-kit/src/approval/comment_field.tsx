import { isSubmitKey } from '../a11y/submit_key.ts';
import { useT } from '../i18n/i18n.ts';
import { AttachButton, AttachedFiles, type Attaching } from './attaching.tsx';

interface CommentFieldProps {
  id: string;
  value: string;
  onChange: (value: string) => void;
  /** With Ctrl and Enter. */
  onSubmit?: () => void;
  first?: boolean;
  label?: string;
  /** Files may go along. */
  attaching?: Attaching;
}

export const commentMax = 2000;

/** Words for whoever looks at the decision later. */
export function CommentField(props: CommentFieldProps) {
  const { id, value, onChange, onSubmit, first = false, label, attaching } = props;
  const t = useT();
  return (
    <div className="field gap">
      <label htmlFor={id}>{label ?? t('task.comment')}</label>
      <div className="in area">
        <textarea
          id={id} rows={3} value={value} maxLength={commentMax} data-first={first || undefined}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if ((event.ctrlKey || event.metaKey) && isSubmitKey(event)) onSubmit?.();
          }}
        />
        {attaching && <AttachButton attaching={attaching} />}
      </div>
      {attaching && <AttachedFiles attaching={attaching} />}
    </div>
  );
}
