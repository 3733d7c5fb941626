import type { ReactNode } from 'react';
import { ApiError } from '../api/api_error.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty_state.tsx';
import { Icon } from './icon.tsx';
import { toast } from './toast_store.ts';

interface ErrorStateProps {
  error: unknown;
  retry?: () => void;
  action?: ReactNode;
}

/** Says what happened, why, and what to do; the reference can be copied. */
export function ErrorState({ error, retry, action }: ErrorStateProps) {
  const t = useT();
  const api = error instanceof ApiError ? error : null;
  const kind = api?.code === 'not_found' ? 'gone' : api?.code === 'denied' ? 'denied'
    : api?.code === 'offline' ? 'offline' : 'fault';
  const detail = kind === 'fault' && api && api.status < 500 ? api.said : null;
  const again = retry && (kind === 'offline' || kind === 'fault');
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    toast(t('copied'));
  };
  return (
    <EmptyState
      art={kind === 'denied' ? 'pinned' : kind === 'gone' ? 'misfit' : 'broken'}
      title={t(`error.${kind}.title`)} text={detail ?? t(`error.${kind}.text`)}
      action={(
        <>
          {again && (
            <Button look="primary" icon="refresh" onClick={retry}>{t('error.retry')}</Button>
          )}
          {action}
        </>
      )}
      more={api?.requestId && (
        <button type="button" className="ref" onClick={() => copy(api.requestId ?? '')}>
          {t('error.reference', { id: api.requestId })} <Icon name="copy" size={12} />
        </button>
      )}
    />
  );
}
