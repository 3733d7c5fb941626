import { useApplication } from '../../api/application.tsx';
import { useSubmitKey } from '../../a11y/submit_key.ts';
import type { InputProps } from '../field_type.ts';
import { useEdge } from './use_edge.ts';

/** A moment, typed as the wall clock of the workspace shows it. */
export function DateTimeInput(props: InputProps) {
  const { field, value, onChange, id, invalid, describedBy, disabled, inCell, onDone } = props;
  const { formats } = useApplication();
  const edge = useEdge(inCell);
  const enter = useSubmitKey(() => onDone?.());
  const moment = typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : null;
  return (
    <div className={`in${invalid ? ' err' : ''}`}>
      <input
        ref={edge} id={id} type="datetime-local" disabled={disabled}
        aria-invalid={invalid || undefined} aria-describedby={describedBy}
        aria-label={id ? undefined : field.label} value={moment ? formats.localOf(moment) : ''}
        onChange={(event) => onChange(
          event.target.value ? formats.momentOf(event.target.value.slice(0, 16)) : null)}
        onKeyDown={inCell ? enter : undefined}
      />
    </div>
  );
}
