import { useApplication } from '../api/application.tsx';
import { useT } from '../i18n/i18n.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Tag } from '../ui/tag.tsx';
import { momentText } from './moment.ts';
import { nameOf } from './person.tsx';
import type { Opinion } from './route_steps.ts';
import { Said } from './said.tsx';
import { useNow } from './use_now.ts';

const looks: Record<string, 'ok' | 'bad' | 'warn'> = {
  approved: 'ok', done: 'ok', rejected: 'bad', returned: 'warn' };

/** What was said on the way; what a return made void is struck through and says so. */
export function Opinions({ object, opinions }: { object: string; opinions: Opinion[] }) {
  const t = useT();
  const { formats } = useApplication();
  const now = useNow();
  if (opinions.length === 0) return <p className="none">{t('opinion.none')}</p>;
  return (
    <ul className="op">
      {opinions.map((one) => (
        <li key={one.n} className={one.superseded ? 'sup' : ''}>
          <Avatar name={nameOf(one.person)} size={24} />
          <div>
            <div className="l">
              <b>{nameOf(one.person)}</b>
              {one.behalf_of && (
                <small className="dim">{t('person.for', { name: nameOf(one.behalf_of) })}</small>
              )}
              <Tag look={one.superseded ? 'grey' : looks[one.what] ?? 'grey'}>
                {t(`opinion.${one.what}`)}
              </Tag>
              {one.superseded && <Tag>{t('opinion.superseded')}</Tag>}
              <time dateTime={one.at} title={formats.dateTime(one.at)}>
                {momentText(one.at, formats, now)}
              </time>
            </div>
            {one.other && (
              <p className="d dim">{t('opinion.to', { name: nameOf(one.other) })}</p>
            )}
            {one.comment && <p className="d prose">{one.comment}</p>}
            <Said object={object} said={one} />
          </div>
        </li>
      ))}
    </ul>
  );
}
