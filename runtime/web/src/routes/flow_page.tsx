import { type FlowState, FlowView } from '@tenon/web-kit/flows/flow_view.tsx';
import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTitle } from './use_title.ts';

/** One flow: the address says what is beside its graph, and which runs. */
export function FlowPage() {
  const t = useT();
  const { name } = useParams({ from: '/session/shell/flows/$name' });
  const search = useSearch({ from: '/session/shell/flows/$name' });
  const navigate = useNavigate({ from: '/flows/$name' });
  const [title, setTitle] = useState('');
  useTitle(title || t('flows.one'));
  return (
    <FlowView
      key={name} name={name} state={search as FlowState} onTitle={setTitle}
      onState={(change) => void navigate({
        search: (before) => ({ ...before, ...change }), replace: true })}
    />
  );
}
