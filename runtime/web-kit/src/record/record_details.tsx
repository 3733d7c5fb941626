import { lazy, Suspense } from 'react';
import type { AppObject, AppSection, RecordData } from '../api/types.ts';
import { useApplication } from '../api/application.tsx';
import { columnOf, fieldOf } from '../fields/columns.ts';
import { useT } from '../i18n/i18n.ts';
import { DetailLine } from './detail_line.tsx';

const LinesTable = lazy(() => import('./lines_table.tsx'));

interface RecordDetailsProps {
  object: AppObject;
  record: RecordData;
  sections: AppSection[];
  /** What the rules hide on this record. */
  hidden: ReadonlySet<string>;
  /** What a run keeps from being written. */
  isLocked: (field: string) => boolean;
  onSave: (record: RecordData, field: string, value: unknown) => Promise<boolean>;
}

/** The sections of the page: names and values, each editable where it stands. */
export function RecordDetails(props: RecordDetailsProps) {
  const { object, record, sections, hidden, isLocked, onSave } = props;
  const t = useT();
  const application = useApplication();
  const mayUpdate = object.may.update && record.may?.update !== false;
  const isLines = (path: string) => fieldOf(object, path)?.children !== undefined;
  return sections.map((section, index) => (
    <section key={section.label ?? index}>
      <div className="sec">
        <h2>{section.label ?? t('record.details')}</h2>
      </div>
      <div className={`dl${section.columns === 1 ? ' one' : ''}`}>
        {section.fields.filter((path) => !hidden.has(path) && !isLines(path)).map((path) => {
          const column = columnOf(application, object.name, path);
          return column && (
            <DetailLine
              key={path} object={object} column={column} record={record} onSave={onSave}
              editable={mayUpdate && column.own && column.field.writable && !column.field.system
                && column.field.type !== 'auto_number' && !isLocked(path)}
            />
          );
        })}
      </div>
      {section.fields.filter((path) => !hidden.has(path) && isLines(path)).map((path) => {
        const field = fieldOf(object, path);
        return field && (
          <div className="related" key={path}>
            {section.fields.length > 1 && <div className="sec"><h2>{field.label}</h2></div>}
            <Suspense><LinesTable field={field} value={record[path]} /></Suspense>
          </div>
        );
      })}
    </section>
  ));
}
