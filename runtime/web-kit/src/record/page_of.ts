import type { Application } from '../api/application.tsx';
import type { AppObject, AppPage } from '../api/types.ts';

/** The page of an object; where there is none, all its fields in two columns. */
export function pageOf(application: Application, object: AppObject): AppPage {
  const page = application.app.pages.find((one) => one.object === object.name);
  if (page) return page;
  const names = object.fields.filter(({ system }) => !system).map(({ name }) => name);
  return {
    name: object.name, object: object.name, generated: true, facts: [], related: [],
    sections: [{ label: null, columns: 2, fields: names }],
  };
}
