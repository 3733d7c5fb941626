import { lazy, Suspense } from 'react';
import type { BulkBarProps } from './bulk_bar.tsx';

const Bar = lazy(() => import('./bulk_bar.tsx'));

/** Fetched with the first row that is chosen. */
export function BulkBar(props: BulkBarProps) {
  return <Suspense><Bar {...props} /></Suspense>;
}
