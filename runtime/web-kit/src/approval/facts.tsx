import { useApplication } from '../api/application.tsx';
import type { TaskItem } from '../api/flow_types.ts';
import type { RecordData } from '../api/types.ts';
import { columnOf } from '../fields/columns.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import { cellOf } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';

type Fact = TaskItem['facts'][number];

interface FactValueProps {
  object: string;
  fact: Fact;
}

/** A value of the record as its type shows it; what this person knows no field of, as text. */
export function FactValue({ object, fact }: FactValueProps) {
  const t = useT();
  const application = useApplication();
  const column = columnOf(application, object, fact.field);
  if (isEmptyValue(fact.value)) return <span className="dim">{t('record.empty')}</span>;
  if (!column) return String(fact.value);
  const record = { [fact.field]: fact.value } as RecordData;
  const [first = fact.field] = fact.field.split('.');
  const held = first === fact.field ? column.read(record) : fact.value;
  return cellOf(held, { application, field: column.field });
}

export const isMoney = (
  application: ReturnType<typeof useApplication>, object: string, fact: Fact,
) => columnOf(application, object, fact.field)?.field.type === 'money';

/** The few facts of a record, by their names. */
export function Facts({ object, facts }: { object: string; facts: Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <dl className="task-facts">
      {facts.map((fact) => (
        <div key={fact.field}>
          <dt>{fact.label}</dt>
          <dd><FactValue object={object} fact={fact} /></dd>
        </div>
      ))}
    </dl>
  );
}
