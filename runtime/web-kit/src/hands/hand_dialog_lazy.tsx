import { lazy, Suspense } from 'react';
import type { HandDialogProps } from './hand_dialog.tsx';

const Dialog = lazy(() => import('./hand_dialog.tsx'));

/** Fetched when somebody is about to say to whom, or why. */
export function HandDialog(props: HandDialogProps) {
  return <Suspense fallback={null}><Dialog {...props} /></Suspense>;
}
