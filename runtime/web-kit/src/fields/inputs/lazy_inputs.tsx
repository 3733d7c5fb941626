import { type ComponentType, lazy, Suspense } from 'react';
import type { InputProps } from '../field_type.ts';

// Inputs that few forms have: fetched when the first of them is shown.

type All = typeof import('./seldom_inputs.tsx');
type Named = keyof All;

const waiting = <div className="in" aria-busy="true" />;

function later(name: Named): ComponentType<InputProps> {
  const Input = lazy(async () => {
    const all = await import('./seldom_inputs.tsx');
    return { default: all[name] as ComponentType<InputProps> };
  });
  return (props) => <Suspense fallback={waiting}><Input {...props} /></Suspense>;
}

export const AddressInput = later('AddressInput');
export const ColorInput = later('ColorInput');
export const DurationInput = later('DurationInput');
export const FileInput = later('FileInput');
export const FilesInput = later('FilesInput');
export const ImageInput = later('ImageInput');
export const JsonInput = later('JsonInput');
export const LocationInput = later('LocationInput');
export const MoneyInput = later('MoneyInput');
export const RatingInput = later('RatingInput');
export const ReferencesInput = later('ReferencesInput');
export const RichTextInput = later('RichTextInput');
export const SignatureInput = later('SignatureInput');
