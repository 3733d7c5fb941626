import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useMemo, useRef } from 'react';
import { ApiError } from '../api/api_error.ts';
import { useApplication } from '../api/application.tsx';
import type { Task } from '../api/flow_types.ts';
import { fetchRecord } from '../api/records.ts';
import type { AppObject, AppSection, RecordData } from '../api/types.ts';
import { askFor, columnsOf } from '../fields/columns.ts';
import type { FormStore } from '../form/form_store.ts';
import { formSections } from '../form/form_sections.ts';
import { setUnsaved, useReportUnsaved } from '../form/unsaved.ts';
import { useForm } from '../form/use_form.ts';
import { objectAt, sectionsAt } from './object_at.ts';

/** The record's form at the rights of the task's node, as the page and its acts share it. */
export interface TaskForm {
  form: FormStore;
  object: AppObject;
  sections: AppSection[];
  idOf: (name: string) => string;
  dirty: boolean;
  writable: number;
  /** What goes along with a decision; null: something is wrong, and the place has the focus. */
  take: () => { form: Record<string, unknown>; version: number } | null;
  /** The server's refusal at the fields it names; false: it named none. */
  refuse: (error: unknown) => boolean;
  settled: () => void;
}

/** The record that the task is about, with what its form shows. */
export function useTaskRecord(task: Task) {
  const application = useApplication();
  const object = application.object(task.record.object);
  const rights = JSON.stringify(task.fields);
  const sections = useMemo(
    () => (object ? sectionsAt(formSections(application, object), task.fields) : []),
    [application, object, rights]);
  const fields = useMemo(() => (object ? askFor(application, object.name, columnsOf(
    application, object.name, sections.flatMap((section) => section.fields))) : []),
  [application, object, sections]);
  const query = useQuery({
    queryKey: ['records', task.record.object, 'one', task.record.id, fields],
    queryFn: ({ signal }) => fetchRecord(task.record.object, task.record.id, fields, signal),
    enabled: object !== undefined && fields.length > 0,
  });
  return { object, sections, record: query.data, query };
}

const acts = new Set(['approve', 'complete']);

export function useTaskForm(
  task: Task, object: AppObject, sections: AppSection[], record: RecordData,
): TaskForm {
  const mayAct = task.can.some((act) => acts.has(act));
  const rights = JSON.stringify(task.fields);
  const bounded = useMemo(() => objectAt(object, task.fields, mayAct),
    [object, rights, mayAct]);
  const { form, dirty } = useForm({ object: bounded, record, preset: undefined });
  const base = useId();
  const idOf = (name: string) => `${base}-${name}`;
  const order = sections.flatMap((section) => section.fields).filter((name) =>
    bounded.fields.some((field) => field.name === name && field.writable));
  const seen = useRef(record.version);
  useReportUnsaved(dirty);
  useEffect(() => {
    // Saved meanwhile by somebody else: what was typed here stays.
    if (record.version === seen.current) return;
    seen.current = record.version;
    form.rebaseOn(record, []);
  }, [form, record]);

  const focus = (name: string | undefined) => {
    if (name) document.getElementById(idOf(name))?.focus();
  };
  return {
    form, object: bounded, sections, idOf, dirty, writable: order.length,
    take: () => {
      const [wrong] = form.attempt(order);
      if (wrong) {
        focus(wrong);
        return null;
      }
      return { form: form.changed(), version: seen.current };
    },
    refuse: (error) => {
      const api = error instanceof ApiError ? error : null;
      if (!api || api.problems.length === 0) return false;
      form.refuse(api.problems, api.said);
      focus(form.problems(order)[0]);
      return form.general.length === 0;
    },
    settled: () => setUnsaved(false),
  };
}
