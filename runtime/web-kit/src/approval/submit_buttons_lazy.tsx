import { lazy, Suspense } from 'react';
import type { SubmitButtonsProps } from './submit_buttons.tsx';

const Buttons = lazy(() => import('./submit_buttons.tsx'));

/** Nothing for objects that no flow takes. */
export function SubmitButtons(props: SubmitButtonsProps) {
  if (!props.object.flows?.length) return null;
  return <Suspense><Buttons {...props} /></Suspense>;
}
