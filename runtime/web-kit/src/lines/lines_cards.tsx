import { memo, useState, useSyncExternalStore } from 'react';
import { useApplication } from '../api/application.tsx';
import type { AppField } from '../api/types.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import { cellOf, fieldTypeOf, isDerived, textOf } from '../fields/field_types.tsx';
import type { FormStore } from '../form/form_store.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { GridLine } from './grid_rows.ts';

interface CardProps {
  form: FormStore;
  line: GridLine;
  columns: AppField[];
  onOpen: (line: GridLine) => void;
}

const LineCard = memo(function LineCard({ form, line, columns, onOpen }: CardProps) {
  const t = useT();
  const application = useApplication();
  const { node, number, level } = line;
  useSyncExternalStore(form.subscribe, () => columns.reduce(
    (text, { name }) => `${text}|${JSON.stringify(node.fields[name])}${
      form.state(name, node).problem ? '!' : ''}`, ''));
  const [title, ...rest] = columns;
  const filled = rest.filter(({ name }) => !isEmptyValue(node.fields[name])
    && !form.state(name, node).hidden);
  const figures = filled.filter((field) => fieldTypeOf(field).family === 'number');
  const sums = figures.filter(({ type, currency }) => type === 'money' || currency);
  const main = sums.findLast(isDerived) ?? sums.at(-1) ?? figures.findLast(isDerived);
  const wrong = columns.find(({ name }) => form.state(name, node).problem);
  const said = wrong && form.state(wrong.name, node).problem;
  return (
    <li style={{ marginInlineStart: (level - 1) * 12 }}>
      <button type="button" className={`lc${wrong ? ' err' : ''}`} onClick={() => onOpen(line)}>
        <span className="dim">{number}</span>
        <b className="trunc">
          {title && !isEmptyValue(node.fields[title.name])
            ? textOf(node.fields[title.name], { application, field: title }) : t('record.empty')}
        </b>
        <span className="num">
          {main && cellOf(node.fields[main.name], { application, field: main })}
        </span>
        <span className="more trunc">
          {filled.filter((field) => field !== main).slice(0, 3).map((field) =>
            `${field.label} ${textOf(node.fields[field.name], { application, field })}`)
            .join(' · ')}
        </span>
        {said && wrong && (
          <span className="help bad">
            <Icon name="alert" size={14} /> {wrong.label}{t('colon')}
            {typeof said === 'string' ? said : t(said.key, said.values)}
          </span>
        )}
      </button>
    </li>
  );
});

const atOnce = 60;

/** Lines on a phone: a card each, which opens as a sheet. */
export function LinesCards(props: {
  form: FormStore; rows: GridLine[]; columns: AppField[]; label: string;
  onOpen: (line: GridLine) => void;
}) {
  const { form, rows, columns, label, onOpen } = props;
  const t = useT();
  const [shown, setShown] = useState(atOnce);
  return (
    <>
      <ul className="lcs" aria-label={label}>
        {rows.slice(0, shown).map((line) => (
          <LineCard key={line.node.key} form={form} line={line} columns={columns}
            onOpen={onOpen} />
        ))}
      </ul>
      {rows.length > shown && (
        <Button look="ghost" icon="down" onClick={() => setShown(shown + atOnce)}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
