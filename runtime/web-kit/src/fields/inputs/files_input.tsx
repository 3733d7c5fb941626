import { useRef } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon_button.tsx';
import { referenceOf } from '../columns.ts';
import type { InputProps } from '../field_type.ts';
import { UploadProgress } from './upload_progress.tsx';
import { useUploads } from './use_uploads.ts';

const isPicture = (name: string) => /\.(avif|gif|jpe?g|png|webp)$/i.test(name);

/** Several files, in the order in which they were added. */
export function FilesInput(props: InputProps) {
  const { field, value, onChange, id, disabled, describedBy } = props;
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const files = (Array.isArray(value) ? value : []).map((one) => referenceOf(one, 'name'))
    .filter((one) => one !== null);
  const uploads = useUploads((more) => onChange([...files, ...more]));

  const remove = (gone: string) => {
    const rest = files.filter((one) => one.id !== gone);
    onChange(rest.length ? rest : null);
    add.current?.focus(); // What had the focus is gone.
  };

  return (
    <div className="files">
      {files.length > 0 && (
        <ul aria-label={field.label}>
          {files.map((file) => (
            <li key={file.id} className="row">
              {isPicture(file.name) && (
                <img className="thumb" src={`/api/v1/files/${file.id}`} alt="" loading="lazy" />
              )}
              <a className="link trunc grow" href={`/api/v1/files/${file.id}`} download>
                {file.name}
              </a>
              <IconButton
                icon="x" size="sm" disabled={disabled}
                label={t('file.remove', { label: file.name })}
                onClick={() => remove(file.id)}
              />
            </li>
          ))}
        </ul>
      )}
      <input
        ref={input} type="file" hidden multiple tabIndex={-1}
        onChange={(event) => {
          void uploads.take([...event.target.files ?? []]);
          event.target.value = '';
        }}
      />
      <Button
        ref={add} id={id} icon="clip" busy={uploads.sent !== null} disabled={disabled}
        aria-describedby={describedBy} aria-label={`${t('file.add')} – ${field.label}`}
        onClick={() => input.current?.click()}
      >
        {t('file.add')}
      </Button>
      <UploadProgress {...uploads} />
    </div>
  );
}
