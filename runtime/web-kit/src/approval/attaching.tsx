import { useRef } from 'react';
import { UploadProgress } from '../fields/inputs/upload_progress.tsx';
import { type SentFile, useUploads } from '../fields/inputs/use_uploads.ts';
import { useT } from '../i18n/i18n.ts';
import { IconButton } from '../ui/icon_button.tsx';

export const attachmentsMax = 20;

/** Files that go along with what is said. */
export interface Attaching {
  files: SentFile[];
  busy: boolean;
  uploads: ReturnType<typeof useUploads>;
  remove: (id: string) => void;
}

export function useAttaching(
  files: SentFile[], onChange: (files: SentFile[]) => void,
): Attaching {
  const uploads = useUploads((more) => onChange([...files, ...more].slice(0, attachmentsMax)));
  return {
    files, uploads, busy: uploads.sent !== null,
    remove: (id) => onChange(files.filter((one) => one.id !== id)),
  };
}

/** What goes into the body of an act. */
export const attachedIds = (files: SentFile[]) =>
  (files.length ? { attachments: files.map(({ id }) => id) } : {});

/** Opens the choice of files. */
export function AttachButton({ attaching }: { attaching: Attaching }) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input} type="file" hidden multiple tabIndex={-1} data-attach
        onChange={(event) => {
          void attaching.uploads.take([...event.target.files ?? []]);
          event.target.value = '';
        }}
      />
      <IconButton
        icon="clip" label={t('opinion.attach')} disabled={attaching.busy
          || attaching.files.length >= attachmentsMax}
        onClick={() => input.current?.click()}
      />
    </>
  );
}

/** What was chosen so far, how far it has got. */
export function AttachedFiles({ attaching }: { attaching: Attaching }) {
  const t = useT();
  const { files, uploads, remove } = attaching;
  return (
    <>
      {files.length > 0 && (
        <ul className="att" aria-label={t('opinion.attached')}>
          {files.map(({ id, name }) => (
            <li key={id}>
              <span className="trunc">{name}</span>
              <IconButton icon="x" size="sm" label={t('file.remove', { label: name })}
                onClick={() => remove(id)} />
            </li>
          ))}
        </ul>
      )}
      <UploadProgress {...uploads} />
    </>
  );
}
