import { useRef, useState } from 'react';
import { ApiError } from '../../api/api_error.ts';
import { uploadFile } from '../../api/records.ts';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon_button.tsx';
import { referenceOf } from '../columns.ts';
import type { InputProps } from '../field_type.ts';

/** Several files, in the order in which they were added. */
export function FilesInput(props: InputProps) {
  const { field, value, onChange, id, disabled, describedBy } = props;
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const files = (Array.isArray(value) ? value : []).map((one) => referenceOf(one, 'name'))
    .filter((one) => one !== null);

  const take = async (chosen: File[]) => {
    setBusy(true);
    setProblem(null);
    const kept = [...files];
    try {
      for (const file of chosen) {
        const { id: made, name } = await uploadFile(file);
        kept.push({ id: made, name });
      }
    } catch (error) {
      setProblem((error instanceof ApiError && error.said) || t('file.failed'));
    } finally {
      if (kept.length > files.length) onChange(kept);
      setBusy(false);
    }
  };

  return (
    <div className="files">
      {files.length > 0 && (
        <ul aria-label={field.label}>
          {files.map((file) => (
            <li key={file.id} className="row">
              <a className="link trunc grow" href={`/api/v1/files/${file.id}`} download>
                {file.name}
              </a>
              <IconButton
                icon="x" size="sm" disabled={disabled}
                label={t('file.remove', { label: file.name })}
                onClick={() => {
                  const rest = files.filter((one) => one.id !== file.id);
                  onChange(rest.length ? rest : null);
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <input
        ref={input} type="file" hidden multiple tabIndex={-1}
        onChange={(event) => {
          void take([...event.target.files ?? []]);
          event.target.value = '';
        }}
      />
      <Button
        id={id} icon="clip" busy={busy} disabled={disabled} aria-describedby={describedBy}
        onClick={() => input.current?.click()}
      >
        {t('file.add')}
      </Button>
      {problem && <p className="help bad" role="alert">{problem}</p>}
    </div>
  );
}
