import { useApplication } from '../api/application.tsx';
import type { AppObject, HistoryChange } from '../api/types.ts';
import { columnOf, fieldOf, referredBy, targetOf } from '../fields/columns.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import { textOf } from '../fields/field_types.tsx';
import { t, useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';

const kinds = ['create', 'update', 'delete'] as const;

/** "2 rows added, 1 changed" */
const linesText = (lines: NonNullable<HistoryChange['lines']>): string => kinds
  .map((kind) => [kind, lines.filter((line) => line.kind === kind).length] as const)
  .filter(([, count]) => count > 0)
  .map(([kind, count]) => t(`timeline.rows.${kind}`, { count })).join(t('comma'));

interface ChangesProps {
  object: AppObject;
  changes: HistoryChange[];
  /** Whether each says which field it is. */
  named: boolean;
}

/** Each change as before → after; of fields that this person knows. */
export function Changes({ object, changes, named }: ChangesProps) {
  useT();
  const application = useApplication();
  const label = (name: string) => columnOf(application, object.name, name)?.label ?? name;
  const show = (name: string, value: unknown) => {
    const field = fieldOf(object, name);
    if (!field || isEmptyValue(value)) return t('record.empty');
    const shown = targetOf(field) ? referredBy(field, value, 'name') : value;
    return textOf(shown, { application, field });
  };
  return changes.filter(({ field }) => fieldOf(object, field))
    .map(({ field, old, new: now, lines }) => (
      <p className="d chg" key={field}>
        {named && <span className="dim">{label(field)}</span>}
        {lines ? <span>{linesText(lines)}</span> : (
          <>
            <s>{show(field, old)}</s>
            <Icon name="arrow" size={14} />
            <span>{show(field, now)}</span>
          </>
        )}
      </p>
    ));
}
