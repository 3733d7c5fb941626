import { lazy, Suspense } from 'react';
import type { LinesFieldProps } from './lines_field.tsx';

const Field = lazy(() => import('./lines_field.tsx'));

/** Lines, fetched when a form first has some. */
export function LinesField(props: LinesFieldProps) {
  return <Suspense fallback={<div className="lines-wait" aria-busy="true" />}>
    <Field {...props} />
  </Suspense>;
}
