import { lazy, Suspense } from 'react';
import type { ConflictDialogProps } from './conflict_dialog.tsx';

const Dialog = lazy(() => import('./conflict_dialog.tsx'));

/** Fetched when two have changed the same. */
export function ConflictDialog(props: ConflictDialogProps) {
  return <Suspense><Dialog {...props} /></Suspense>;
}
