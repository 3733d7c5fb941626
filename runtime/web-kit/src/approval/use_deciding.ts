import { useRef, useState } from 'react';
import type { ActBody } from '../api/flows.ts';
import type { Task } from '../api/flow_types.ts';
import { useT } from '../i18n/i18n.ts';
import { toast } from '../ui/toast_store.ts';
import type { SentFile } from '../fields/inputs/use_uploads.ts';
import { type Asked, type Direct, offerOf, wordOf } from './acts.ts';
import { type Attaching, attachedIds, useAttaching } from './attaching.tsx';
import type { TaskForm } from './use_task_form.ts';
import { useTaskActs } from './use_task_acts.ts';

export interface Deciding {
  busy: string | null;
  comment: string;
  attaching: Attaching;
  /** A reject without a reason was tried. */
  lacksComment: boolean;
  asking: Asked | null;
  setComment: (comment: string) => void;
  press: (act: Direct) => Promise<void>;
  ask: (act: Asked | null) => void;
  run: (verb: string, body: ActBody) => Promise<void>;
}

/** What somebody is about to do, and what becomes of it. `onDone`: the task is not theirs now. */
export function useDeciding(task: Task, handle: TaskForm | null, onDone: () => void): Deciding {
  const t = useT();
  const { act, busy } = useTaskActs(task);
  const [comment, setComment] = useState('');
  const [files, setFiles] = useState<SentFile[]>([]);
  const attaching = useAttaching(files, setFiles);
  const [lacksComment, setLacks] = useState(false);
  const [asking, setAsking] = useState<Asked | null>(null);
  const mine = useRef(task.id);
  mine.current = task.id;

  const tell = (verb: string) => toast(t(`task.done.${
    verb === 'complete' ? wordOf(verb, task) : verb}`, { title: task.record.title }));
  const finish = (verb: string, now: Task | null) => {
    if (!now) return;
    handle?.settled();
    setAsking(null);
    setComment('');
    setFiles([]);
    tell(verb);
    // Not theirs to decide any more: on to the next.
    const over = offerOf(task.can).main !== null && offerOf(now.can).main === null;
    if (mine.current === task.id && over) onDone();
  };

  const press = async (what: Direct) => {
    if (attaching.busy) return;
    const words = comment.trim();
    if (what === 'reject' && task.comment_required && !words) {
      setLacks(true);
      document.getElementById('task-comment')?.focus();
      return;
    }
    const takes = what === 'approve' || what === 'complete';
    const along = takes && handle ? handle.take() : null;
    if (takes && handle && !along) return;
    const body: ActBody = what === 'take_back' ? {}
      : { comment: words, ...attachedIds(files), ...along };
    finish(what, await act(what, body, handle?.refuse));
  };
  return {
    busy, comment, attaching, lacksComment, asking, press, ask: setAsking,
    setComment: (next) => {
      setComment(next);
      setLacks(false);
    },
    run: async (verb, body) => finish(verb, await act(verb, body)),
  };
}
