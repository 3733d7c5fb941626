import { useT } from '../../i18n/i18n.ts';
import type { useUploads } from './use_uploads.ts';

type UploadProgressProps = Pick<ReturnType<typeof useUploads>, 'sent' | 'problem'>;

/** How far files have got, or why one did not. */
export function UploadProgress({ sent, problem }: UploadProgressProps) {
  const t = useT();
  return (
    <>
      {sent && (
        <p className="help" role="status">
          <progress value={sent.done - 1} max={sent.count} aria-hidden />{' '}
          {t('file.progress', sent)}
        </p>
      )}
      {problem && <p className="help bad" role="alert">{problem}</p>}
    </>
  );
}
