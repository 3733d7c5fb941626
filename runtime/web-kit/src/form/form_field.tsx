import { lazy, memo, Suspense } from 'react';
import { useApplication } from '../api/application.tsx';
import type { AppField } from '../api/types.ts';
import { cellOf, fieldTypeOf, isDerived } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';
import { LinesField } from '../lines/lines_field_lazy.tsx';
import { Icon } from '../ui/icon.tsx';
import type { DraftNode } from './draft_node.ts';
import type { FormStore } from './form_store.ts';
import { useAmong } from './use_among.ts';
import { useFieldState } from './use_field_state.ts';

const WhyButton = lazy(() => import('../explain/why_button.tsx'));
const HowButton = lazy(() => import('../lines/how_button.tsx'));

interface FormFieldProps {
  form: FormStore;
  name: string;
  id: string;
  /** Of a line; else of the record. */
  node?: DraftNode;
}

const wideTypes = new Set(['long_text', 'rich_text', 'json', 'address', 'signature', 'children']);

/** One field: its name, whether it is needed in words, its input, and what is wrong with it. */
export const FormField = memo(function FormField(props: FormFieldProps) {
  const { form, name, id, node = form.record } = props;
  const t = useT();
  const application = useApplication();
  const state = useFieldState(form, node, name);
  const among = useAmong(node, state.filter);
  const field = node.shape.fields.get(name);
  if (!field || state.hidden) return null;
  if (field.children) {
    return (
      <div className="field wide" id={id} tabIndex={-1}>
        <LinesField form={form} holder={node} field={field} />
      </div>
    );
  }
  const { problem, warning, value, required } = state;
  const text = problem === null ? null : typeof problem === 'string' ? problem
    : t(problem.key, problem.values);
  const helpId = `${id}-help`;
  const wide = wideTypes.has(field.type);
  const fixed = !field.writable || state.locked || isDerived(field)
    || field.type === 'auto_number';
  const length = field.type === 'long_text' && field.length_max
    ? t('form.length', {
      count: application.formats.integer([...String(value ?? '')].length),
      limit: application.formats.integer(field.length_max) }) : null;
  const said = text ?? warning ?? (state.locked ? state.lock : null) ?? field.help;
  return (
    <div
      className={`field${wide ? ' wide' : ''}`}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        form.touch(name, node);
        form.seal();
      }}
    >
      <label htmlFor={fixed ? undefined : id}>
        <span>{field.label}</span>
        {!fixed && <small>{t(required ? 'form.required' : 'form.optional')}</small>}
        {fixed && isDerived(field) && <small>{t('form.computed')}</small>}
        {field.type === 'auto_number' && <small>{t('form.numbered')}</small>}
        {length && !fixed && <small className="count">{length}</small>}
      </label>
      {fixed ? (
        <div className="in ro">
          <span className="grow trunc">
            {cellOf(value, { application, field })}
          </span>
          <Suspense fallback={<Icon name="lock" size={14} />}>
            <Why form={form} node={node} field={field} value={value} />
          </Suspense>
        </div>
      ) : fieldTypeOf(field).input({
        field: { ...field, required }, value, id, invalid: text !== null,
        only: state.options, among,
        onChange: (next) => form.set(name, next, node),
        ...(said ? { describedBy: helpId } : {}),
      })}
      {said && (
        <p className={`help${text ? ' bad' : warning ? ' warn' : ''}`} id={helpId}>
          {said}
        </p>
      )}
    </div>
  );
});

/** In the browser where it can be computed here, as it will be; else of the record as kept. */
function Why({ form, node, field, value }: {
  form: FormStore; node: DraftNode; field: AppField; value: unknown;
}) {
  if (isDerived(field) && field.formula) return <HowButton field={field} node={node} />;
  const { id } = form.record;
  if (!isDerived(field) || id === null || node !== form.record) {
    return <Icon name="lock" size={14} />;
  }
  return (
    <WhyButton
      className="glyph" object={form.object.name} id={id} field={field} value={value}
    />
  );
}
