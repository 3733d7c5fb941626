import { useApplication } from '@tenon/web-kit/api/application.tsx';
import { FormDrawer } from '@tenon/web-kit/form/form_drawer_lazy.tsx';
import { RecordView } from '@tenon/web-kit/record/record_view.tsx';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { NoObject } from './no_object.tsx';
import { useTitle } from './use_title.ts';

export function RecordPage() {
  const { object: name, id } = useParams({ from: '/session/shell/o/$object/$id' });
  const { form, submit } = useSearch({ from: '/session/shell/o/$object/$id' });
  const navigate = useNavigate({ from: '/o/$object/$id' });
  const { object: find } = useApplication();
  const object = find(name);
  const [title, setTitle] = useState('');
  useTitle(title || (object?.label ?? name));

  const open = (value: string | undefined) => void navigate({
    search: (before) => ({ ...before, form: value }), replace: value === undefined });
  const onSubmit = (flow: string | undefined) => void navigate({
    search: (before) => ({ ...before, submit: flow }), replace: true });
  if (!object) return <NoObject name={name} />;
  return (
    <>
      <RecordView
        key={id} object={object} id={id} onEdit={() => open('edit')} onTitle={setTitle}
        submit={submit} onSubmit={onSubmit}
      />
      {form === 'edit' && (
        <FormDrawer object={object} id={id} onClose={() => open(undefined)}
          onSaved={() => open(undefined)} />
      )}
    </>
  );
}
