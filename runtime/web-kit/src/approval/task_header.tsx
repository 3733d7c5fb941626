import type { ReactNode } from 'react';
import { useApplication } from '../api/application.tsx';
import type { Task, TaskItem } from '../api/flow_types.ts';
import { runHref } from '../api/flows.ts';
import { recordHref } from '../api/navigation.tsx';
import { useT } from '../i18n/i18n.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { Link } from '../ui/link.tsx';
import { Tag } from '../ui/tag.tsx';
import { dueLook, dueText } from './due.ts';
import { Facts, FactValue, isMoney } from './facts.tsx';
import { momentText } from './moment.ts';
import { nameOf } from './person.tsx';
import { useNow } from './use_now.ts';

const seatLooks: Record<string, 'ok' | 'bad' | 'warn' | 'grey'> = {
  approved: 'ok', done: 'ok', rejected: 'bad', returned: 'warn' };

/** How a task stands: when it is due, or what became of it. */
export function DueTag({ item }: { item: Pick<TaskItem, 'due_at' | 'is_overdue' | 'state'> }) {
  const t = useT();
  const { formats } = useApplication();
  const now = useNow();
  if (item.state !== 'open') {
    return <Tag look={seatLooks[item.state] ?? 'grey'}>{t(`seat.${item.state}`)}</Tag>;
  }
  const text = dueText(item, now, formats, t);
  const look = dueLook(item, now);
  return text && (
    <Tag look={look} icon={look === 'bad' ? 'alert' : 'clock'}>{text}</Tag>
  );
}

interface TaskHeaderProps {
  task: Task;
  /** One before, one after. */
  steps?: ReactNode;
}

/** What is to be decided, for whom, until when; with the facts of the record. */
export function TaskHeader({ task, steps }: TaskHeaderProps) {
  const t = useT();
  const now = useNow();
  const { formats, object: find } = useApplication();
  const object = find(task.record.object);
  return (
    <header className="th">
      <div className="row">
        <h2 className="trunc">{task.record.title}</h2>
        <Tag>{task.node.kind === 'start' ? t('task.sent_back') : task.node.label}</Tag>
        <DueTag item={task} />
        <span className="grow" />
        {object && (
          <Link className="btn sm ghost" href={recordHref(task.record.object, task.record.id)}>
            <Icon name={object.icon ?? 'page'} size={14} />
            {t('task.open_record', { object: object.label })}
          </Link>
        )}
        <Link className="btn sm ghost" href={runHref(task.run.id)}>
          <Icon name="branch" size={14} />{t('task.open_run')}
        </Link>
        {steps}
      </div>
      <p className="dim th-sub">
        {t('task.submitted', {
          flow: task.flow.label, name: nameOf(task.initiator),
          at: momentText(task.run.started_at, formats, now) })}
      </p>
      <AskedFor task={task} />
      <Facts object={task.record.object} facts={task.facts} />
    </header>
  );
}

/** The same on a phone: a card, the sum large. */
export function TaskCard({ task }: { task: Task }) {
  const t = useT();
  const application = useApplication();
  const now = useNow();
  const { formats } = application;
  const { object } = task.record;
  const sum = task.facts.find((fact) => isMoney(application, object, fact));
  const rest = task.facts.filter((fact) => fact !== sum);
  return (
    <section className="sumc">
      <div className="row">
        <Avatar name={nameOf(task.initiator)} size={24} />
        <span className="grow trunc">
          {t('task.submitted_short', { name: nameOf(task.initiator),
            at: momentText(task.run.started_at, formats, now) })}
        </span>
        <DueTag item={task} />
      </div>
      <h2 className={sum ? 'mid' : ''}>{task.record.title}</h2>
      {sum && <p className="amt-big"><FactValue object={object} fact={sum} /></p>}
      <AskedFor task={task} />
      <Facts object={object} facts={rest} />
    </section>
  );
}

/** Who lent it, or for whom it is decided. */
function AskedFor({ task }: { task: Task }) {
  const t = useT();
  if (task.state !== 'open') return null;
  const text = task.helper ? t('task.lent', { name: nameOf(task.holder) })
    : task.behalf_of ? t('task.behalf', { name: nameOf(task.behalf_of) }) : null;
  return text && <p className="th-note"><Icon name="info" size={14} />{text}</p>;
}
