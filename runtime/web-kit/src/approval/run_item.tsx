import { useApplication } from '../api/application.tsx';
import type { RunItem as Item } from '../api/flow_types.ts';
import { useT } from '../i18n/i18n.ts';
import { Link } from '../ui/link.tsx';
import { Tag } from '../ui/tag.tsx';
import { momentText } from './moment.ts';
import { nameOf } from './person.tsx';
import { useNow } from './use_now.ts';

const looks: Record<string, 'ok' | 'bad' | 'warn' | 'brand' | 'grey'> = {
  approved: 'ok', completed: 'ok', rejected: 'bad', withdrawn: 'grey', voided: 'grey',
  running: 'brand', suspended: 'warn' };

/** How a run stands, in one word. */
export function RunTag({ state, result }: Pick<Item, 'state' | 'result'>) {
  const t = useT();
  const word = state === 'finished' ? result || 'completed' : state;
  return <Tag look={looks[word] ?? 'grey'}>{t(`run.is.${word}`)}</Tag>;
}

interface RunItemProps {
  item: Item;
  href: string;
  here: boolean;
}

/** A run that one started, or was sent a copy of: where it is, with whom. */
export function RunItem({ item, href, here }: RunItemProps) {
  const t = useT();
  const { formats } = useApplication();
  const now = useNow();
  const [place] = item.at;
  const people = (item.at.flatMap((one) => one.people)).map(nameOf);
  return (
    <li className={`it${here ? ' here' : ''}${item.is_read === false ? ' unread' : ''}`}
      data-key={item.run}>
      <Link href={href} aria-current={here || undefined} className="it-open">
        <span className="l">
          <RunTag state={item.state} result={item.result} />
          <b className="trunc">{item.record.title}</b>
          {item.is_read === false && <Tag look="brand">{t('todo.unread')}</Tag>}
        </span>
        <span className="l">
          <span className="trunc">
            {place ? t('todo.at', { label: place.label, people: formats.list(people) })
              : item.flow.label}
          </span>
          <span className="due">
            {momentText(item.finished_at ?? place?.since ?? item.started_at, formats, now)}
          </span>
        </span>
      </Link>
    </li>
  );
}
