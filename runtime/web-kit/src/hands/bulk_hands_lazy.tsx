import { lazy, Suspense } from 'react';
import type { BulkHandsProps } from './bulk_hands.tsx';

const Bulk = lazy(() => import('./bulk_hands.tsx'));

/** Fetched when the first rows are chosen of what has pools. */
export function BulkHands(props: BulkHandsProps) {
  if (!props.object.pools?.length) return null;
  return <Suspense fallback={null}><Bulk {...props} /></Suspense>;
}
