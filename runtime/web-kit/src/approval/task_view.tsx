import './approval.css';
import '../record/record.css';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Task } from '../api/flow_types.ts';
import { fetchTask, flowKeys, runHref } from '../api/flows.ts';
import type { AppObject, AppSection, RecordData } from '../api/types.ts';
import { useT } from '../i18n/i18n.ts';
import { ErrorState } from '../ui/error_state.tsx';
import { Link } from '../ui/link.tsx';
import { usePhone } from '../ui/use_phone.ts';
import { Opinions } from './opinions.tsx';
import { Route } from './route.tsx';
import { opinionsOf, routeSteps } from './route_steps.ts';
import { TaskBar } from './task_bar.tsx';
import { TaskFormView } from './task_form.tsx';
import { TaskCard, TaskHeader } from './task_header.tsx';
import { TaskSheet } from './task_sheet.tsx';
import { useDeciding } from './use_deciding.ts';
import { type TaskForm, useTaskForm, useTaskRecord } from './use_task_form.ts';

const ActDialog = lazy(() => import('./act_dialog.tsx'));

interface TaskViewProps {
  id: string;
  onDone: () => void;
  steps?: ReactNode;
  /** Above the card, on a phone. */
  top?: (task: Task | undefined) => ReactNode;
}

/** One task, whole: the record at its rights, the way it goes, what was said, what can be done. */
export function TaskView({ id, onDone, steps, top }: TaskViewProps) {
  const t = useT();
  const query = useQuery({
    queryKey: flowKeys.task(id), queryFn: ({ signal }) => fetchTask(id, signal),
    refetchOnWindowFocus: true,
  });
  const task = query.data;
  if (!task) {
    return (
      <div className="task-wait">
        {top?.(undefined)}
        {query.isError
          ? <ErrorState error={query.error} retry={() => void query.refetch()} />
          : <TaskSkeleton label={t('loading')} />}
      </div>
    );
  }
  return <TaskOfRecord key={id} task={task} onDone={onDone} steps={steps} top={top?.(task)} />;
}

interface PartProps {
  task: Task;
  onDone: () => void;
  steps: ReactNode;
  top: ReactNode;
}

function TaskOfRecord(props: PartProps) {
  const t = useT();
  const { object, sections, record, query } = useTaskRecord(props.task);
  if (object && sections.length > 0 && record) {
    return <TaskWithForm {...props} object={object} sections={sections} record={record} />;
  }
  const waits = object && sections.length > 0 && !query.isError;
  return (
    <TaskPanel {...props} handle={null}>
      {waits ? <TaskSkeleton label={t('loading')} />
        : <p className="none">{t('task.unseen')}</p>}
    </TaskPanel>
  );
}

function TaskWithForm({ object, sections, record, ...rest }: PartProps & {
  object: AppObject; sections: AppSection[]; record: RecordData;
}) {
  const handle = useTaskForm(rest.task, object, sections, record);
  return (
    <TaskPanel {...rest} handle={handle}>
      <TaskFormView handle={handle} record={record} />
    </TaskPanel>
  );
}

function TaskPanel({ task, handle, onDone, steps, top, children }: PartProps & {
  handle: TaskForm | null; children: ReactNode;
}) {
  const t = useT();
  const phone = usePhone();
  const deciding = useDeciding(task, handle, onDone);
  const opinions = opinionsOf(task.run);
  const [whole, setWhole] = useState(false);
  const route = <Route steps={routeSteps(task.run)} />;
  const said = <Opinions object={task.record.object} opinions={opinions} />;
  const dialog = deciding.asking && (
    <Suspense>
      <ActDialog
        task={task} act={deciding.asking} comment={deciding.comment}
        files={deciding.attaching.files} busy={deciding.busy !== null}
        onClose={() => deciding.ask(null)}
        onRun={(verb, body) => void deciding.run(verb, body)}
      />
    </Suspense>
  );
  if (phone) {
    return (
      <div className="task-phone">
        {top}
        <div className="scroll" tabIndex={0} role="region" aria-label={task.record.title}>
          <TaskCard task={task} />
          <div className="sh">
            <h3>{t('task.form.title')}</h3>
            <button type="button" className="link" aria-expanded={whole}
              onClick={() => setWhole(!whole)}>
              {t(whole ? 'task.form.less' : 'task.form.all')}
            </button>
          </div>
          <section className={`ls${whole ? '' : ' cut'}`}>{children}</section>
          <div className="sh">
            <h3>{t('route.title')}</h3>
            <Link className="link" href={runHref(task.run.id)}>{t('task.open_run')}</Link>
          </div>
          <section className="ls">{route}</section>
          <div className="sh"><h3>{t('opinion.title')}</h3></div>
          <section className="ls">{said}</section>
        </div>
        <TaskSheet task={task} deciding={deciding} />
        {dialog}
      </div>
    );
  }
  return (
    <section className="task" aria-label={task.record.title}>
      <TaskHeader task={task} steps={steps} />
      <div className="two">
        <div className="fm" tabIndex={0} role="region" aria-label={t('task.form.title')}>
          {children}
        </div>
        <aside className="sd" tabIndex={0} aria-label={t('route.title')}>
          <div className="sh"><h3>{t('route.title')}</h3>
            <Link className="link t12" href={runHref(task.run.id)}>{t('task.open_run')}</Link>
          </div>
          {route}
          <div className="sh line">
            <h3>{t('opinion.title')}</h3>
            <small className="dim">{t('opinion.count', { count: opinions.length })}</small>
            {task.can.includes('comment') && (
              <button type="button" className="link t12" onClick={() => deciding.ask('comment')}>
                {t('task.act.comment')}
              </button>
            )}
          </div>
          {said}
        </aside>
      </div>
      <TaskBar task={task} deciding={deciding} />
      {dialog}
    </section>
  );
}

function TaskSkeleton({ label }: { label: string }) {
  return (
    <div className="record-wait" role="status" aria-label={label}>
      {[320, 520, 240, 400, 360, 480].map((width) => (
        <span key={width} className="sk" style={{ width, maxWidth: '90%' }} />
      ))}
    </div>
  );
}
