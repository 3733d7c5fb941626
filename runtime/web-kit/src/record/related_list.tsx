import { useMemo, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import { recordHref } from '../api/navigation.tsx';
import type { AppObject, AppRelated, RecordData } from '../api/types.ts';
import {
  askFor, columnsOf, fieldOf, refersToSeveral, titleText,
} from '../fields/columns.ts';
import { cellOf, fieldTypeOf } from '../fields/field_types.tsx';
import { FormDrawer } from '../form/form_drawer_lazy.tsx';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Link } from '../ui/link.tsx';
import { useRecords } from '../views/use_records.ts';

interface RelatedListProps {
  related: AppRelated;
  parent: RecordData;
  parentObject: AppObject;
}

const atOnce = 8;

/** Records of another object that point here. */
export function RelatedList({ related, parent, parentObject }: RelatedListProps) {
  const t = useT();
  const application = useApplication();
  const [making, setMaking] = useState(false);
  const object = application.object(related.object);
  const field = fieldOf(object, related.field);
  const inList = Boolean(field && refersToSeveral(field));
  const columns = useMemo(() => columnsOf(application, related.object, related.columns),
    [application, related]);
  const { rows, query, more, loadMore } = useRecords(related.object, {
    fields: askFor(application, related.object, columns), q: '', sort: related.sort,
    filter: inList ? `HAS(${related.field}, "${parent.id}")` : `${related.field} = "${parent.id}"`,
  }, atOnce);
  if (!object) return null;
  const label = related.label || object.label_plural;
  const here = { id: parent.id, name: titleText(application, parentObject.name, parent) };
  return (
    <section className="related">
      <div className="sec">
        <h2>{label}</h2>
        {query.isSuccess && (
          <small>{t('record.rows', { count: rows.length })}{more ? '+' : ''}</small>
        )}
        <span className="grow" />
        {object.may.create && (
          <button type="button" className="link" onClick={() => setMaking(true)}>
            {t('form.new', { object: object.label })}
          </button>
        )}
      </div>
      {query.isError && <p className="none">{t('record.related_failed')}{' '}
        <button type="button" className="link" onClick={() => void query.refetch()}>
          {t('error.retry')}
        </button></p>}
      {query.isSuccess && rows.length === 0 && (
        <p className="none">{t('empty.related', { objects: label })}</p>
      )}
      {rows.length > 0 && (
        <div className="tb-box" tabIndex={0} role="group" aria-label={label}>
          <table className="tb">
            <thead>
              <tr>{columns.map((column) => (
                <th key={column.path} scope="col"
                  className={fieldTypeOf(column.field).end ? 'num' : ''}>{column.label}</th>
              ))}</tr>
            </thead>
            <tbody>
              {rows.map((record) => (
                <tr key={record.id}>
                  {columns.map((column, index) => (
                    <td key={column.path} className={fieldTypeOf(column.field).end ? 'num' : ''}>
                      {index === 0 ? (
                        <Link className="link" href={recordHref(object.name, record.id)}>
                          {titleText(application, object.name, record)}
                        </Link>
                      ) : cellOf(column.read(record), { application, field: column.field })}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more && <Button look="ghost" size="sm" icon="down" onClick={loadMore}>{t('more')}</Button>}
      {making && (
        <FormDrawer
          object={object} id={null} preset={{ [related.field]: inList ? [here] : here }}
          onClose={() => setMaking(false)}
          onSaved={(_, another) => !another && setMaking(false)}
        />
      )}
    </section>
  );
}
