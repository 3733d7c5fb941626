import { useSyncExternalStore } from 'react';
import type { Place } from '../form/form_lines.ts';
import type { FormStore } from '../form/form_store.ts';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import type { GridLine } from './grid_rows.ts';

/** What is wrong in the lines, in words, with a way there: the row may be far out of sight. */
export function LinesProblems({ form, slot, rows, onGo }: {
  form: FormStore; slot: string; rows: GridLine[]; onGo: (place: Place) => void;
}) {
  const t = useT();
  const said = useSyncExternalStore(form.subscribe, () => {
    const [first, ...more] = form.places([slot], 'wrong').filter(({ node }) => node.holder);
    if (!first) return '';
    const { problem } = form.state(first.field, first.node);
    const row = rows.find(({ node }) => node === first.node);
    const text = problem === null ? '' : typeof problem === 'string' ? problem
      : t(problem.key, problem.values);
    const label = first.node.shape.fields.get(first.field)?.label ?? '';
    return `${t('lines.problem', { number: row?.number ?? '', label, text })}${
      more.length ? ` ${t('lines.problems_more', { count: more.length })}` : ''}`;
  });
  if (!said) return null;
  return (
    <button
      type="button" className="help bad lines-say"
      onClick={() => {
        const first = form.places([slot], 'wrong').find(({ node }) => node.holder);
        if (first) onGo(first);
      }}
    >
      <Icon name="alert" size={14} /> <span>{said}</span>
    </button>
  );
}
