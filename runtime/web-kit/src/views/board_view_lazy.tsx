import { lazy, Suspense } from 'react';
import type { BoardViewProps } from './board_view.tsx';

const View = lazy(() => import('./board_view.tsx'));

/** Fetched where records are shown as cards; a list does without. */
export function BoardView(props: BoardViewProps) {
  return (
    <Suspense fallback={<div className="grow" aria-busy="true" />}>
      <View {...props} />
    </Suspense>
  );
}
