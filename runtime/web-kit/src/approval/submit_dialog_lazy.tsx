import { lazy, Suspense } from 'react';
import type { SubmitDialogProps } from './submit_dialog.tsx';

const Dialog = lazy(() => import('./submit_dialog.tsx'));

/** Fetched when something is about to be submitted. */
export function SubmitDialog(props: SubmitDialogProps) {
  return <Suspense><Dialog {...props} /></Suspense>;
}
