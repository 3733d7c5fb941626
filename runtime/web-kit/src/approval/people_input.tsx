import type { AppField } from '../api/types.ts';
import type { Referred } from '../fields/columns.ts';
import { ReferenceInput } from '../fields/inputs/reference_input.tsx';
import { ReferencesInput } from '../fields/inputs/references_input.tsx';

interface PeopleInputProps {
  id: string;
  label: string;
  value: Referred[];
  onChange: (people: Referred[]) => void;
  multiple?: boolean;
  describedBy?: string;
}

/** One person, or several, found by their names. */
export function PeopleInput(props: PeopleInputProps) {
  const { id, label, value, onChange, multiple = false, describedBy } = props;
  const field: AppField = {
    name: id, id, label, help: null, type: multiple ? 'users' : 'user', to: 'user', required: true,
    unique: false, writable: true, system: false, sortable: false, filterable: false };
  const Input = multiple ? ReferencesInput : ReferenceInput;
  const take = (next: unknown) => onChange((Array.isArray(next) ? next : [next])
    .filter((one): one is Referred => Boolean(one)));
  return (
    <div className="field gap">
      <label htmlFor={id}>{label}</label>
      <Input
        field={field} id={id} value={multiple ? value : value[0] ?? null} onChange={take}
        {...(describedBy ? { describedBy } : {})}
      />
    </div>
  );
}
