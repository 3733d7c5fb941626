import { useApplication } from '../api/application.tsx';
import type { TaskItem } from '../api/flow_types.ts';
import { useT } from '../i18n/i18n.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { Icon } from '../ui/icon.tsx';
import { Link } from '../ui/link.tsx';
import { Tag } from '../ui/tag.tsx';
import { isBatchable } from './acts.ts';
import { dueLook, dueText } from './due.ts';
import { FactValue, isMoney } from './facts.tsx';
import { momentText } from './moment.ts';
import { nameOf } from './person.tsx';
import { useNow } from './use_now.ts';

interface TodoItemProps {
  item: TaskItem;
  href: string;
  here: boolean;
  /** Null: nothing is chosen in this box. */
  chosen: boolean | null;
  refused: string | undefined;
  onChoose: (on: boolean) => void;
}

/** A task in the list: what, whose, how much, until when. */
export function TodoItem({ item, href, here, chosen, refused, onChoose }: TodoItemProps) {
  const t = useT();
  const application = useApplication();
  const now = useNow();
  const { object, title } = item.record;
  const sum = item.facts.find((fact) => isMoney(application, object, fact));
  const kind = item.helper ? 'opinion' : item.node.kind;
  return (
    <li className={`it${here ? ' here' : ''}${chosen ? ' sel' : ''}`} data-key={item.id}>
      {chosen !== null && (
        <Checkbox
          checked={chosen} disabled={!isBatchable(item)} label={t('todo.choose', { title })}
          onChange={onChoose}
        />
      )}
      <Link href={href} aria-current={here || undefined} className="it-open">
        <span className="l">
          <Tag look={kind === 'approve' ? 'brand' : 'grey'}>{t(`todo.kind.${kind}`)}</Tag>
          <b className="trunc">{title}</b>
          {sum && <span className="amt"><FactValue object={object} fact={sum} /></span>}
        </span>
        <span className="l">
          <span className="trunc">
            {t('todo.by', { flow: item.flow.label, name: nameOf(item.initiator) })}
          </span>
          {item.state === 'open' ? <DueWords item={item} now={now} /> : (
            <span className={`due${item.state === 'rejected' ? ' bad' : ''}`}>
              {t('todo.decided', { what: t(`seat.${item.state}`),
                at: momentText(item.decided_at ?? item.opened_at, application.formats, now) })}
            </span>
          )}
        </span>
        {refused && (
          <span className="l bad"><Icon name="alert" size={12} /><span>{refused}</span></span>
        )}
      </Link>
    </li>
  );
}

function DueWords({ item, now }: { item: TaskItem; now: number }) {
  const t = useT();
  const { formats } = useApplication();
  const text = dueText(item, now, formats, t);
  if (!text) return <span className="due">{momentText(item.opened_at, formats, now)}</span>;
  const look = dueLook(item, now);
  return (
    <span className={`due ${look}`}>
      {look !== 'grey' && <Icon name={look === 'bad' ? 'alert' : 'clock'} size={12} />}{text}
    </span>
  );
}
