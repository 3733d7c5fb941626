import { useQueries } from '@tanstack/react-query';
import { useApplication } from '../../api/application.tsx';
import { fetchRecord } from '../../api/records.ts';
import { useT } from '../../i18n/i18n.ts';
import { Picker } from '../../ui/picker.tsx';
import { Tag } from '../../ui/tag.tsx';
import { referenceOf, targetOf, titleOf, titleText } from '../columns.ts';
import type { InputProps } from '../field_type.ts';
import { useSearch } from './use_search.tsx';

/** Several records of another object, or several people; kept as ids with their names. */
export function ReferencesInput(props: InputProps) {
  const { field, value, onChange, inCell } = props;
  const t = useT();
  const application = useApplication();
  const to = targetOf(field) ?? '';
  const title = titleOf(application, to);
  const given = (Array.isArray(value) ? value : []).map((one) => referenceOf(one, title))
    .filter((one) => one !== null);
  const found = useQueries({
    queries: given.map(({ id, name }) => ({
      queryKey: ['records', to, 'one', id, [title]],
      queryFn: () => fetchRecord(to, id, [title]), enabled: !name || name === id,
      staleTime: 300_000,
    })),
  });
  const chosen = given.map(({ id, name }, index) => {
    const record = found[index]?.data;
    return { id, name: name && name !== id ? name
      : record ? titleText(application, to, record) : '' };
  });

  const load = useSearch(to, props.among);

  const choose = async (ids: string[]) => {
    const known = new Map(chosen.map((one) => [one.id, one]));
    const next = ids.map((id) => known.get(id) ?? { id, name: '' });
    onChange(next.length ? next : null);
    const named = await Promise.all(next.map(async (one) => {
      if (one.name) return one;
      const record = await fetchRecord(to, one.id, [title]).catch(() => null);
      return record ? { id: one.id, name: titleText(application, to, record) } : one;
    }));
    if (named.length) onChange(named);
  };

  return (
    <Picker
      id={props.id} label={field.label} value={chosen.map(({ id }) => id)} load={load} multiple
      invalid={props.invalid} describedBy={props.describedBy} disabled={props.disabled} clearable
      openAtOnce={inCell} onDone={props.onDone} onChange={(ids) => void choose(ids)}
      shown={chosen.length
        ? <span className="tags">{chosen.map(({ id, name }) => <Tag key={id}>{name}</Tag>)}</span>
        : <span className="dim">{t('pick.find', { object: application.object(to)?.label ?? '' })}
        </span>}
    />
  );
}
