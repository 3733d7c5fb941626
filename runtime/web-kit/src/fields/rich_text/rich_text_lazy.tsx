import { lazy, Suspense } from 'react';
import type { InputProps } from '../field_type.ts';
import { plainText } from './plain_text.ts';

// What shows and edits marks: fetched when the first of them is shown.

const Input = lazy(() => import('./rich_text_input.tsx'));
const View = lazy(() => import('./rich_text_view.tsx'));

export const RichTextInput = (props: InputProps) => (
  <Suspense fallback={<div className="in area" aria-busy="true" />}><Input {...props} /></Suspense>
);

export const RichText = ({ html }: { html: string }) => (
  <Suspense fallback={<span className="prose">{plainText(html)}</span>}>
    <View html={html} />
  </Suspense>
);
