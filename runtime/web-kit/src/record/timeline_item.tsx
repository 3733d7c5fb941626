import { useApplication } from '../api/application.tsx';
import type { AppObject, HistoryChange, HistoryEntry } from '../api/types.ts';
import { columnOf, fieldOf, referredBy, targetOf } from '../fields/columns.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import { textOf } from '../fields/field_types.tsx';
import { t, useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';

const icons = { create: 'plus', update: 'edit', delete: 'trash' };

const kinds = ['create', 'update', 'delete'] as const;

/** "2 rows added, 1 changed" */
const linesText = (lines: NonNullable<HistoryChange['lines']>): string => kinds
  .map((kind) => [kind, lines.filter((line) => line.kind === kind).length] as const)
  .filter(([, count]) => count > 0)
  .map(([kind, count]) => t(`timeline.rows.${kind}`, { count })).join(t('comma'));

/** One entry: who did what, and each change as before → after. */
export function TimelineItem({ entry, object }: { entry: HistoryEntry; object: AppObject }) {
  useT();
  const application = useApplication();
  const changes = entry.kind === 'update' ? entry.changes.filter(({ field }) =>
    fieldOf(object, field)) : [];
  const label = (name: string) => columnOf(application, object.name, name)?.label ?? name;
  const show = (name: string, value: unknown) => {
    const field = fieldOf(object, name);
    if (!field || isEmptyValue(value)) return t('record.empty');
    const shown = targetOf(field) ? referredBy(field, value, 'name') : value;
    return textOf(shown, { application, field });
  };
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
        {changes.map(({ field, old, new: now, lines }) => (
          <p className="d chg" key={field}>
            {!one && <span className="dim">{label(field)}</span>}
            {lines ? <span>{linesText(lines)}</span> : (
              <>
                <s>{show(field, old)}</s>
                <Icon name="arrow" size={14} />
                <span>{show(field, now)}</span>
              </>
            )}
          </p>
        ))}
      </div>
    </li>
  );
}
