import '../form/form.css';
import { lazy, Suspense } from 'react';
import type { AppSection, RecordData } from '../api/types.ts';
import { fieldOf } from '../fields/columns.ts';
import { FormField } from '../form/form_field.tsx';
import { useT } from '../i18n/i18n.ts';
import { Banner } from '../ui/banner.tsx';
import type { TaskForm } from './use_task_form.ts';

const LinesTable = lazy(() => import('../record/lines_table.tsx'));

interface TaskFormProps {
  handle: TaskForm;
  record: RecordData;
}

/** The record as its form, each field at the right that the node gives. */
export function TaskFormView({ handle, record }: TaskFormProps) {
  const t = useT();
  const { form, object, sections, idOf, writable } = handle;
  const isTable = (name: string) => {
    const field = fieldOf(object, name);
    return field?.children !== undefined && !field.writable;
  };
  const plain = (section: AppSection) => section.fields.filter((name) => !isTable(name));
  return (
    <>
      {form.general.length > 0 && (
        <Banner look="bad" title={t('form.refused')}>{form.general.join(' ')}</Banner>
      )}
      <div className="sec form-rights">
        <h3>{t('task.form.title')}</h3>
        <small>{writable ? t('task.form.some', { count: writable }) : t('task.form.none')}</small>
      </div>
      {sections.map((section, index) => (
        <section key={section.label ?? index} aria-labelledby={`section-${index}`}>
          <h4 id={`section-${index}`}>{section.label ?? t('record.details')}</h4>
          {plain(section).length > 0 && (
            <div className="fg">
              {plain(section).map((name) => (
                <FormField key={name} form={form} name={name} id={idOf(name)} />
              ))}
            </div>
          )}
          {section.fields.filter(isTable).map((name) => {
            const field = fieldOf(object, name);
            return field && (
              <Suspense key={name}><LinesTable field={field} value={record[name]} /></Suspense>
            );
          })}
        </section>
      ))}
    </>
  );
}
