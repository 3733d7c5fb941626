import type { Application } from '../api/application.tsx';
import type { AppObject, AppSection } from '../api/types.ts';

/** The sections of an object's form; without one, everything that can be written. */
export function formSections(application: Application, object: AppObject): AppSection[] {
  const form = application.app.forms.find((one) => one.object === object.name);
  if (form) return form.sections;
  const fields = object.fields.filter((field) => field.writable && !field.system);
  return [{ label: null, columns: 2, fields: fields.map(({ name }) => name) }];
}
