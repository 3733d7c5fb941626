import { lazy, Suspense } from 'react';
import type { InputProps } from '../field_type.ts';

// Inputs that few forms have: fetched when the first of them is shown.

const Address = lazy(() => import('./address_input.tsx'));
const Signature = lazy(() => import('./signature_input.tsx'));

const waiting = <div className="in" aria-busy="true" />;

export const AddressInput = (props: InputProps) =>
  <Suspense fallback={waiting}><Address {...props} /></Suspense>;

export const SignatureInput = (props: InputProps) =>
  <Suspense fallback={waiting}><Signature {...props} /></Suspense>;
