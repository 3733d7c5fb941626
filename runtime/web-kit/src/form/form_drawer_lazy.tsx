import { lazy, Suspense } from 'react';
import type { FormDrawerProps } from './form_drawer.tsx';

const Drawer = lazy(() => import('./form_drawer.tsx'));

/** The form, fetched when first opened. */
export function FormDrawer(props: FormDrawerProps) {
  return <Suspense><Drawer {...props} /></Suspense>;
}
