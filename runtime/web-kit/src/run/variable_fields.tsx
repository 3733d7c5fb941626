import type { RunVariable } from '../api/flow_types.ts';
import type { AppField } from '../api/types.ts';
import { fieldTypeOf } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';

export type VariableValues = Record<string, unknown>;

interface VariableFieldsProps {
  variables: RunVariable[];
  /** Those that were changed. */
  values: VariableValues;
  onChange: (values: VariableValues) => void;
}

const fieldOf = (variable: RunVariable): AppField => ({
  id: variable.name, help: null, required: false, unique: false, writable: true, system: false,
  sortable: false, filterable: false, ...variable });

/** What crosses HTTP of a value: of what it refers to, the id. */
export function sentOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sentOf);
  return value !== null && typeof value === 'object' && 'id' in value ? value.id : value ?? null;
}

/** The variables of a run with their values, each as its type is written. */
export function VariableFields({ variables, values, onChange }: VariableFieldsProps) {
  const t = useT();
  if (variables.length === 0) return <p className="none">{t('run.no_variables')}</p>;
  return (
    <div className="variable-fields">
      {variables.map((variable) => {
        const id = `variable-${variable.name}`;
        const field = fieldOf(variable);
        const value = variable.name in values ? values[variable.name] : variable.value;
        return (
          <div className="field gap" key={variable.name}>
            <label htmlFor={id}>{variable.label}</label>
            {fieldTypeOf(field).input({ field, id, value,
              onChange: (next) => onChange({ ...values, [variable.name]: next }) })}
          </div>
        );
      })}
    </div>
  );
}
