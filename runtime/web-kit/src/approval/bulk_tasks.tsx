import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { announce } from '../a11y/announce.ts';
import { useApplication } from '../api/application.tsx';
import { decideMany, flowKeys } from '../api/flows.ts';
import type { TaskItem } from '../api/flow_types.ts';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { toast } from '../ui/toast_store.ts';
import { commentMax } from './comment_field.tsx';
import { whyRefused } from './use_task_acts.ts';

interface BulkTasksProps {
  items: TaskItem[];
  onClear: () => void;
  /** By task: why it was refused. What went through is no longer chosen. */
  onRefused: (reasons: Map<string, string>) => void;
}

export const batchMax = 200;

/** Decides all that are chosen, one by one, and says of each that was refused why. */
export function BulkTasks({ items, onClear, onRefused }: BulkTasksProps) {
  const t = useT();
  const client = useQueryClient();
  const { formats } = useApplication();
  const [comment, setComment] = useState('');
  const [busy, setBusy] = useState<string | null>(null);
  const [lacks, setLacks] = useState(false);
  const going = useRef(false);
  const input = useRef<HTMLInputElement>(null);
  const over = items.length > batchMax;

  const decide = async (act: 'approve' | 'reject') => {
    if (going.current || over) return;
    if (act === 'reject' && !comment.trim()) {
      setLacks(true);
      input.current?.focus();
      return;
    }
    going.current = true;
    setBusy(act);
    try {
      const { results } = await decideMany(act, items.map(({ id }) => id), comment.trim());
      const refused = new Map(results.filter(({ ok }) => !ok).map(({ id, problem }) => [
        id, problem?.problems?.[0]?.message ?? problem?.detail ?? problem?.title
          ?? t('task.failed')]));
      const count = results.length - refused.size;
      const text = refused.size
        ? t('todo.bulk.some', { done: count, count: refused.size })
        : t(`todo.bulk.done_${act}`, { count });
      toast(text, { bad: refused.size > 0 });
      announce(text);
      onRefused(refused);
    } catch (error) {
      toast(whyRefused(error, formats), { bad: true });
    } finally {
      going.current = false;
      setBusy(null);
      void client.invalidateQueries({ queryKey: flowKeys.tasks });
      void client.invalidateQueries({ queryKey: flowKeys.runs });
    }
  };
  return (
    <div className="bulk-tasks" role="toolbar" aria-label={t('todo.bulk.label')}>
      <div className="row">
        <span>{t('todo.bulk.chosen', { count: items.length })}</span>
        <span className="grow" />
        <Kbd>Esc</Kbd>
      </div>
      {over && <p className="nt"><Icon name="alert" size={12} />{t('todo.bulk.most', {
        count: batchMax })}</p>}
      {lacks && <p className="nt" role="alert" id="bulk-lacks"><Icon name="alert" size={12} />
        {t('task.reason_missing')}</p>}
      <input
        ref={input} value={comment} maxLength={commentMax} aria-label={t('todo.bulk.comment')}
        placeholder={t('todo.bulk.comment')} aria-invalid={lacks || undefined}
        aria-describedby={lacks ? 'bulk-lacks' : undefined}
        onChange={(event) => {
          setComment(event.target.value);
          setLacks(false);
        }}
      />
      <div className="row">
        {(['approve', 'reject'] as const).map((act) => (
          <button key={act} type="button" className="btn sm" disabled={over}
            aria-busy={busy === act || undefined} onClick={() => void decide(act)}>
            {busy === act ? <span className="spin" aria-hidden="true" />
              : <Icon name={act === 'approve' ? 'check' : 'x'} size={14} />}
            {t(`todo.bulk.${act}`, { count: items.length })}
          </button>
        ))}
        <span className="grow" />
        <button type="button" className="btn sm ghost" onClick={onClear}>
          {t('todo.bulk.clear')}
        </button>
      </div>
    </div>
  );
}
