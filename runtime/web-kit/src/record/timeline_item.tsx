import { useApplication } from '../api/application.tsx';
import type { AppObject, HistoryEntry } from '../api/types.ts';
import { columnOf, fieldOf } from '../fields/columns.ts';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { Changes } from './changes.tsx';

const icons = { create: 'plus', update: 'edit', delete: 'trash' };

/** One entry: who did what, and each change as before → after. */
export function TimelineItem({ entry, object }: { entry: HistoryEntry; object: AppObject }) {
  const t = useT();
  const application = useApplication();
  const changes = entry.kind === 'update' ? entry.changes.filter(({ field }) =>
    fieldOf(object, field)) : [];
  const label = (name: string) => columnOf(application, object.name, name)?.label ?? name;
  const one = changes.length === 1 ? changes[0] : undefined;
  const did = entry.kind === 'create' ? t('timeline.created', { object: object.label })
    : entry.kind === 'delete' ? t('timeline.deleted', { object: object.label })
      : one ? t('timeline.changed', { label: label(one.field) })
        : t('timeline.changed_many', { count: changes.length });
  return (
    <li>
      <span className={`k${entry.kind === 'create' ? ' ok' : ''}`}>
        <Icon name={icons[entry.kind]} />
      </span>
      <div>
        <div className="h">
          <b>{entry.actor?.name ?? t('timeline.system')}</b>
          <span className="mid">{did}</span>
          <time dateTime={entry.at} title={application.formats.dateTime(entry.at)}>
            {application.formats.time(entry.at)}
          </time>
        </div>
        <Changes object={object} changes={changes} named={!one} />
      </div>
    </li>
  );
}
