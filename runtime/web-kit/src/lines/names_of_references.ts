import type { Application } from '../api/application.tsx';
import { fetchRecords } from '../api/records.ts';
import type { AppField } from '../api/types.ts';
import { bareValue, referenceOf, targetOf, titleOf, titleText } from '../fields/columns.ts';
import { Unread } from '../fields/unread.ts';
import { type DraftNode, withLines } from '../form/draft_node.ts';
import type { FormStore } from '../form/form_store.ts';
import { isReferring } from './read_cell.ts';

// References in lines come as ids and are pasted as names: both are looked up, many at once.

interface Named {
  id: string;
  name: string;
}

const atOnce = 60;
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** By `id` or by title, exactly. */
async function lookUp(
  application: Application, to: string, by: string, texts: string[],
): Promise<Map<string, Named[]>> {
  const title = titleOf(application, to);
  const found = new Map<string, Named[]>();
  for (let from = 0; from < texts.length; from += atOnce) {
    const some = texts.slice(from, from + atOnce);
    const { records } = await fetchRecords(to, {
      fields: [title], q: '', sort: [], filter: `IN(${by}, ${some.map(quoted).join(', ')})`,
    }, { limit: 200 });
    for (const record of records) {
      const name = titleText(application, to, record);
      const key = by === 'id' ? record.id : name;
      found.set(key, [...(found.get(key) ?? []), { id: record.id, name }]);
    }
  }
  return found;
}

interface Open {
  node: DraftNode;
  field: AppField;
  text: string;
}

const byTarget = (open: Open[]): Map<string, Open[]> => {
  const groups = new Map<string, Open[]>();
  for (const one of open) {
    const to = targetOf(one.field) ?? '';
    groups.set(to, [...(groups.get(to) ?? []), one]);
  }
  return groups;
};

/** Pasted names become references where exactly one record has that name. */
export async function resolveNames(application: Application, form: FormStore, open: Open[]) {
  for (const [to, wanted] of byTarget(open)) {
    const texts = [...new Set(wanted.map(({ text }) => text))];
    const found = await lookUp(application, to, titleOf(application, to), texts)
      .catch(() => new Map<string, Named[]>());
    form.transact(() => {
      for (const { node, field, text } of wanted) {
        const still = node.fields[field.name];
        const [one, other] = found.get(text) ?? [];
        if (!one || other || !(still instanceof Unread) || still.text !== text) continue;
        form.put(node, field.name, field.type.endsWith('s') ? [one] : one);
      }
    }, 'paste');
  }
}

const nameless = (value: unknown): string | null => {
  const one = referenceOf(value, 'name');
  return one && (one.name === one.id || one.name === '') ? one.id : null;
};

/** The names of all references in the lines of one field that came as bare ids. */
export async function nameReferences(
  application: Application, form: FormStore, holder: DraftNode, slot: string,
) {
  const open = holder.rows(slot).flatMap((line) => [...withLines(line)]).flatMap((node) =>
    [...node.shape.fields.values()].filter((field) => isReferring(field) && !field.system
      && nameless(bareValue(node.fields[field.name]) && node.fields[field.name]) !== null)
      .map((field) => ({ node, field, text: nameless(node.fields[field.name]) ?? '' })));
  for (const [to, wanted] of byTarget(open)) {
    const ids = [...new Set(wanted.map(({ text }) => text))];
    const found = await lookUp(application, to, 'id', ids).catch(() => null);
    form.nameReferences(wanted.flatMap(({ node, field, text }) =>
      (found?.get(text) ?? []).slice(0, 1).map((value) => ({ node, field: field.name, value }))));
  }
}
