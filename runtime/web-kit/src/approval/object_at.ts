import type { FieldRight } from '../api/flow_types.ts';
import type { AppObject, AppSection } from '../api/types.ts';

// A form at the rights of a node: what it hides is left out, what it only shows cannot be typed
// into. Where the node says nothing at all, everything is as usual.

export type Rights = Record<string, FieldRight> | undefined;

export const rightOf = (rights: Rights, field: string): FieldRight =>
  (rights ? rights[field] ?? 'read' : 'write');

export function objectAt(object: AppObject, rights: Rights, mayAct: boolean): AppObject {
  return {
    ...object,
    fields: object.fields.map((field) => ({
      ...field,
      writable: field.writable && mayAct && rightOf(rights, field.name) === 'write',
    })),
  };
}

export function sectionsAt(sections: AppSection[], rights: Rights): AppSection[] {
  return sections.map((section) => ({
    ...section, fields: section.fields.filter((name) => rightOf(rights, name) !== 'none'),
  })).filter(({ fields }) => fields.length > 0);
}
