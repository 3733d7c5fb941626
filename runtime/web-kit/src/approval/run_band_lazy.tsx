import { lazy, Suspense } from 'react';
import type { RunBandProps } from './run_band.tsx';

const Band = lazy(() => import('./run_band.tsx'));

/** Fetched when a record is first seen that is in a run. */
export function RunBand({ object, runs }: Omit<RunBandProps, 'runs'> & {
  runs: RunBandProps['runs'] | null;
}) {
  if (!runs?.runs.some(({ state }) => state !== 'finished')) return null;
  return <Suspense><Band object={object} runs={runs} /></Suspense>;
}
