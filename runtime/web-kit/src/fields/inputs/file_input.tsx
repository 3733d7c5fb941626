import { useRef, useState } from 'react';
import { ApiError } from '../../api/api_error.ts';
import { uploadFile } from '../../api/records.ts';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon_button.tsx';
import { referenceOf } from '../columns.ts';
import type { InputProps } from '../field_type.ts';

type FileInputProps = InputProps & { accept?: string };

export function FileInput(props: FileInputProps) {
  const { field, value, onChange, id, disabled, describedBy, accept } = props;
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const file = referenceOf(value, 'name');
  const words = file ? file.name || t('file.replace') : t('file.choose');

  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    setBusy(true);
    setProblem(null);
    try {
      const kept = await uploadFile(chosen);
      onChange({ id: kept.id, name: kept.name });
    } catch (error) {
      setProblem((error instanceof ApiError && error.said) || t('file.failed'));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="row">
      <input
        ref={input} type="file" hidden accept={accept} tabIndex={-1}
        onChange={(event) => void take(event.target.files?.[0])}
      />
      <Button
        id={id} icon="clip" busy={busy} disabled={disabled} aria-describedby={describedBy}
        aria-label={`${words} – ${field.label}`}
        onClick={() => input.current?.click()}
      >
        {words}
      </Button>
      {file && <IconButton icon="x" label={t('file.remove', { label: field.label })}
        onClick={() => onChange(null)} />}
      {problem && <span className="help bad" role="alert">{problem}</span>}
    </div>
  );
}
