import { useApplication } from '../api/application.tsx';
import type { RecordData } from '../api/types.ts';
import type { Column } from '../fields/columns.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import { FieldValue } from './field_value.tsx';

interface FactProps {
  column: Column;
  record: RecordData;
  big: boolean;
}

/** A key fact of the header: small name, large value. */
export function Fact({ column, record, big }: FactProps) {
  const application = useApplication();
  const value = column.read(record);
  const long = column.field.type === 'date' && !isEmptyValue(value);
  return (
    <div>
      <dt>{column.label}</dt>
      <dd className={big ? 'big-fact' : ''}>
        {long ? application.formats.dateLong(String(value))
          : <FieldValue column={column} value={value} />}
      </dd>
    </div>
  );
}
