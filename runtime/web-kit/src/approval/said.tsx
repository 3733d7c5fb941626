import { useApplication } from '../api/application.tsx';
import type { RunEntry } from '../api/flow_types.ts';
import { useT } from '../i18n/i18n.ts';
import { Changes } from '../record/changes.tsx';
import { Icon } from '../ui/icon.tsx';

interface SaidProps {
  /** Of the run's record. */
  object: string;
  said: Pick<RunEntry, 'attachments' | 'changes'>;
}

/** What came with a decision: its files, and what its form changed. */
export function Said({ object: name, said: { attachments, changes } }: SaidProps) {
  const t = useT();
  const object = useApplication().object(name);
  return (
    <>
      {object && <Changes object={object} changes={changes} named />}
      {attachments.length > 0 && (
        <ul className="att" aria-label={t('opinion.attached')}>
          {attachments.map((file) => (
            <li key={file.id}>
              <Icon name="clip" size={14} />
              {file.name === null ? <span className="dim">{t('opinion.file_gone')}</span> : (
                <a className="link trunc" href={`/api/v1/files/${file.id}`} download>{file.name}</a>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
