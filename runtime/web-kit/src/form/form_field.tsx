import { useSyncExternalStore } from 'react';
import { useApplication } from '../api/application.tsx';
import { fieldOf } from '../fields/columns.ts';
import { cellOf, fieldTypeOf } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import type { FormStore } from './form_store.ts';

interface FormFieldProps {
  form: FormStore;
  name: string;
  id: string;
}

/** One field: its name, whether it is needed in words, its input, and what is wrong with it. */
export function FormField({ form, name, id }: FormFieldProps) {
  const t = useT();
  const application = useApplication();
  const state = useSyncExternalStore(form.subscribe, () => form.state(name));
  const field = fieldOf(form.object, name);
  if (!field || state.hidden) return null;
  const { problem, warning, value, required } = state;
  const text = problem === null ? null : typeof problem === 'string' ? problem
    : t(problem.key, problem.values);
  const helpId = `${id}-help`;
  const wide = field.type === 'long_text' || field.type === 'json';
  const fixed = !field.writable || field.type === 'formula';
  const length = field.type === 'long_text' && field.length_max
    ? t('form.length', {
      count: application.formats.integer([...String(value ?? '')].length),
      limit: application.formats.integer(field.length_max) }) : null;
  const said = text ?? warning ?? field.help;
  return (
    <div
      className={`field${wide ? ' wide' : ''}`}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) form.touch(name);
      }}
    >
      <label htmlFor={fixed ? undefined : id}>
        <span>{field.label}</span>
        {!fixed && <small>{t(required ? 'form.required' : 'form.optional')}</small>}
        {fixed && field.type === 'formula' && <small>{t('form.computed')}</small>}
        {length && <small className="count">{length}</small>}
      </label>
      {fixed ? (
        <div className="in ro">
          <span className="grow trunc">
            {cellOf(value, { application, field })}
          </span>
          <Icon name="lock" size={14} />
        </div>
      ) : fieldTypeOf(field).input({
        field: { ...field, required }, value, id, invalid: text !== null,
        onChange: (next) => form.set(name, next), ...(said ? { describedBy: helpId } : {}),
      })}
      {said && (
        <p className={`help${text ? ' bad' : warning ? ' warn' : ''}`} id={helpId}>
          {said}
        </p>
      )}
    </div>
  );
}
