import { useEffect, useSyncExternalStore } from 'react';
import { Icon } from './icon.tsx';
import { dismissToast, listToasts, subscribeToasts, type Toast } from './toast_store.ts';

function ToastLine({ toast }: { toast: Toast }) {
  useEffect(() => {
    const timer = setTimeout(() => dismissToast(toast.id), toast.ms);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <div className={`toast${toast.bad ? ' bad' : ''}`} role={toast.bad ? 'alert' : undefined}>
      <Icon name={toast.bad || toast.warn ? 'alert' : 'check'} />
      <span className="grow">{toast.text}</span>
      {toast.action && (
        <button
          type="button" className="btn sm" onClick={() => {
            toast.action?.run();
            dismissToast(toast.id);
          }}
        >
          {toast.action.label}
        </button>
      )}
    </div>
  );
}

/** Answers to the user's own actions, at the foot of the window; one region, read politely. */
export function Toasts({ label }: { label: string }) {
  const toasts = useSyncExternalStore(subscribeToasts, listToasts);
  return (
    <section className="toasts" aria-label={label} aria-live="polite">
      {toasts.map((toast) => <ToastLine key={toast.id} toast={toast} />)}
    </section>
  );
}
