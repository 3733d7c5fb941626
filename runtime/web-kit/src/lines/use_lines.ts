import { useMemo, useState, useSyncExternalStore } from 'react';
import type { Application } from '../api/application.tsx';
import type { AppField, AppObject } from '../api/types.ts';
import type { DraftNode } from '../form/draft_node.ts';
import { nestOf } from '../form/form_lines.ts';
import type { FormStore } from '../form/form_store.ts';
import { type GridLine, gridLines } from './grid_rows.ts';

// What a grid or its cards show: the lines in order, the columns, and what lines hold.

/** What a line has for the record or line that holds it: a place, not a value. */
function holderFields(application: Application, object: AppObject): Set<string | undefined> {
  return new Set(application.app.objects.flatMap(({ fields }) => fields)
    .filter(({ children }) => children?.object === object.name)
    .map(({ children }) => children?.parent));
}

/** The fields of a line that are shown, its own lines among them. */
export function fieldsOfLines(application: Application, object: AppObject): AppField[] {
  const holders = holderFields(application, object);
  return object.fields.filter((field) => !field.system
    && !(holders.has(field.name) && !field.writable));
}

/** In the order of the line object's form, else of the object; lists in lines have no column. */
export function columnsOfLines(application: Application, object: AppObject): AppField[] {
  const form = application.app.forms.find((one) => one.object === object.name);
  const usable = fieldsOfLines(application, object).filter(({ children }) => !children);
  if (!form || form.generated) return usable;
  const named = form.sections.flatMap(({ fields }) => fields);
  return named.map((name) => usable.find((field) => field.name === name))
    .filter((field): field is AppField => field !== undefined);
}

export interface Lines {
  rows: GridLine[];
  /** Lines hold lines of their own kind. */
  tree: boolean;
  nest: string | null;
  toggle: (key: string, open?: boolean) => void;
}

export function useLines(form: FormStore, holder: DraftNode, slot: string, object: AppObject) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const structure = useSyncExternalStore(form.subscribe, () => form.structure);
  const rows = useMemo(() => gridLines(holder, slot, closed), [holder, slot, closed, structure]);
  const nest = nestOf(object.fields, object.name);
  return useMemo((): Lines => ({
    rows, nest, tree: nest !== null,
    toggle: (key, open) => setClosed((before) => {
      const next = new Set(before);
      if (open ?? before.has(key)) next.delete(key);
      else next.add(key);
      return next;
    }),
  }), [rows, nest]);
}
