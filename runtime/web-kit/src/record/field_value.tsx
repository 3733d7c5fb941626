import { useApplication } from '../api/application.tsx';
import { recordHref } from '../api/navigation.tsx';
import { type Column, targetOf } from '../fields/columns.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import { cellOf } from '../fields/field_types.tsx';
import { RichTextView } from '../fields/rich_text/rich_text_view.tsx';
import { useT } from '../i18n/i18n.ts';
import { Link } from '../ui/link.tsx';

/** A value on a page: references open their record, moments say the full time. */
export function FieldValue({ column, value }: { column: Column; value: unknown }) {
  const t = useT();
  const application = useApplication();
  const { field } = column;
  if (isEmptyValue(value)) return <span className="dim">{t('record.empty')}</span>;
  const to = targetOf(field);
  const known = to && !['user', 'department', 'file'].includes(to) && application.object(to);
  if (known && !Array.isArray(value)) {
    const { id, name } = value as { id: string; name: string };
    return <Link className="link" href={recordHref(to, id)}>{name || id}</Link>;
  }
  if (field.type === 'datetime') return application.formats.dateTime(String(value));
  if (field.type === 'boolean') return t(value ? 'yes' : 'no');
  if (field.type === 'long_text') return <span className="prose">{String(value)}</span>;
  if (field.type === 'rich_text') {
    return <RichTextView html={String(value)} />;
  }
  return cellOf(value, { application, field });
}
