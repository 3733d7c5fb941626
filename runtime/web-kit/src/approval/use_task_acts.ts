import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiError } from '../api/api_error.ts';
import { useApplication } from '../api/application.tsx';
import { type ActBody, actOnRun, actOnTask, flowKeys } from '../api/flows.ts';
import type { Task } from '../api/flow_types.ts';
import { recordKeys } from '../api/records.ts';
import type { Formats } from '../format/formats.ts';
import { t } from '../i18n/i18n.ts';
import { toast } from '../ui/toast_store.ts';
import { OneWish } from './one_wish.ts';
import { nameOf } from './person.tsx';

/** What to say of a refusal: of a decision that came too late, who was first and when. */
export function whyRefused(error: unknown, formats: Formats): string {
  const api = error instanceof ApiError ? error : null;
  if (api?.decided) {
    return t('task.too_late', {
      name: api.decided.by ?? nameOf(null), at: formats.dateTime(api.decided.at) });
  }
  return api?.said ?? t('task.failed');
}

/** Carries out what somebody does with a task: once, however often it is pressed. */
export function useTaskActs(task: Task) {
  const client = useQueryClient();
  const { formats } = useApplication();
  const [busy, setBusy] = useState<string | null>(null);
  const wish = useRef(new OneWish());

  const readAgain = async () => {
    const { object, id } = task.record;
    await Promise.all([
      client.invalidateQueries({ queryKey: flowKeys.tasks }),
      client.invalidateQueries({ queryKey: flowKeys.runs }),
      client.invalidateQueries({ queryKey: ['records', object, 'one', id] }),
      client.invalidateQueries({ queryKey: recordKeys.history(object, id) }),
    ]);
  };

  /** Answers the task as it is now; null: refused, and said so unless `onRefused` has. */
  const act = async (
    verb: string, body: ActBody, onRefused?: (error: unknown) => boolean,
  ): Promise<Task | null> => {
    const key = wish.current.begin(verb, body);
    if (!key) return null;
    setBusy(verb);
    try {
      const sent = { ...body, request_id: key };
      // What is said belongs to the run.
      const now = verb === 'comment'
        ? { ...task, run: await actOnRun(task.run.id, verb, sent) }
        : await actOnTask(task.id, verb, sent);
      wish.current.done();
      client.setQueryData(flowKeys.task(task.id), now);
      void readAgain();
      return now;
    } catch (error) {
      wish.current.failed();
      if (!onRefused?.(error)) toast(whyRefused(error, formats), { bad: true });
      if (error instanceof ApiError && error.status === 409) await readAgain();
      return null;
    } finally {
      setBusy(null);
    }
  };
  return { act, busy };
}
