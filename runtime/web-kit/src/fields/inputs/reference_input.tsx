import { useApplication } from '../../api/application.tsx';
import { fetchRecord } from '../../api/records.ts';
import { useT } from '../../i18n/i18n.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Picker } from '../../ui/picker.tsx';
import { referenceOf, targetOf, titleOf, titleText } from '../columns.ts';
import type { InputProps } from '../field_type.ts';
import { useSearch } from './use_search.tsx';
import { useQuery } from '@tanstack/react-query';

/** Searches the other object; what is chosen is kept as `{id, name}` so that it can be shown. */
export function ReferenceInput(props: InputProps) {
  const { field, value, onChange, inCell } = props;
  const t = useT();
  const application = useApplication();
  const to = targetOf(field) ?? '';
  const title = titleOf(application, to);
  const round = to === 'user';
  const id = referenceOf(value, title)?.id ?? null;
  const named = typeof value === 'object' ? referenceOf(value, title) : null;
  const { data } = useQuery({
    queryKey: ['records', to, 'one', id, [title]],
    queryFn: ({ signal }) => fetchRecord(to, id ?? '', [title], signal),
    enabled: id !== null && !named?.name,
  });
  const name = named?.name || (data ? titleText(application, to, data) : '');

  const load = useSearch(to, props.among);

  const choose = async ([next]: string[]) => {
    if (!next) {
      onChange(null);
      return;
    }
    onChange({ id: next, name: '' });
    const record = await fetchRecord(to, next, [title]).catch(() => null);
    if (record) onChange({ id: next, name: titleText(application, to, record) });
  };

  return (
    <Picker
      id={props.id} label={field.label} value={id ? [id] : []} load={load}
      invalid={props.invalid} describedBy={props.describedBy} disabled={props.disabled}
      clearable={!field.required} openAtOnce={inCell} onDone={props.onDone}
      onChange={(next) => void choose(next)}
      shown={id
        ? <span className="who"><Avatar name={name} square={!round} />{name}</span>
        : <span className="dim">{t('pick.find', { object: application.object(to)?.label ?? '' })}
        </span>}
    />
  );
}
