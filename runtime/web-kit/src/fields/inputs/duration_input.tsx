import { useApplication } from '../../api/application.tsx';
import { useSubmitKey } from '../../a11y/submit_key.ts';
import { durationText } from '../../format/duration.ts';
import { parseDuration } from '../../format/spoken_duration.ts';
import { useT } from '../../i18n/i18n.ts';
import type { InputProps } from '../field_type.ts';
import { useEdge } from './use_edge.ts';
import { useTyped } from './use_typed.ts';

/** A span of time as people say it: 1h 30m, 1:30, 90. What cannot be read stays, as a problem. */
export function DurationInput(props: InputProps) {
  const { field, value, onChange, id, invalid, describedBy, disabled, inCell, onDone } = props;
  const t = useT();
  const { formats } = useApplication();
  const edge = useEdge(inCell);
  const shown = typeof value === 'string' ? durationText(value, formats.locale) : '';
  const { typed, setTyped, watched } = useTyped(shown);
  const enter = useSubmitKey(() => onDone?.());
  return (
    <div className={`in${invalid ? ' err' : ''}`}>
      <input
        ref={edge} id={id} autoComplete="off" value={typed} disabled={disabled}
        aria-invalid={invalid || undefined} aria-describedby={describedBy}
        aria-label={id ? undefined : field.label} placeholder={t('duration.placeholder')}
        {...watched}
        onChange={(event) => {
          const text = event.target.value;
          setTyped(text);
          onChange(text.trim() === '' ? null : parseDuration(text) ?? text);
        }}
        onKeyDown={inCell ? enter : undefined}
      />
    </div>
  );
}
