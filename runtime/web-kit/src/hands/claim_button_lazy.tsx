import { lazy, Suspense } from 'react';
import type { ClaimButtonProps } from './claim_button.tsx';

const Button = lazy(() => import('./claim_button.tsx'));

/** Fetched with the first row that lies in a pool; nothing for all others. */
export function ClaimButton(props: ClaimButtonProps) {
  if (!props.record.may?.actions?.claim) return null;
  return <Suspense fallback={null}><Button {...props} /></Suspense>;
}
