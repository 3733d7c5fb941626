import { useApplication } from '@tenon/web-kit/api/application.tsx';
import { recordHref, useNavigation } from '@tenon/web-kit/api/navigation.tsx';
import { FormDrawer } from '@tenon/web-kit/form/form_drawer_lazy.tsx';
import type { ListState } from '@tenon/web-kit/views/list_state.ts';
import { ObjectPage } from '@tenon/web-kit/views/object_page.tsx';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { PageSearch } from '../router.tsx';
import { NoObject } from './no_object.tsx';
import { useTitle } from './use_title.ts';

/** The records of an object: the address says view, filter, order, words and the open form. */
export function ListPage() {
  const { object: name } = useParams({ from: '/session/shell/o/$object' });
  const search = useSearch({ from: '/session/shell/o/$object' });
  const navigate = useNavigate({ from: '/o/$object' });
  const { object: find } = useApplication();
  const { go } = useNavigation();
  const object = find(name);
  useTitle(object?.label_plural ?? name);

  const patch = useCallback((change: PageSearch, replace: boolean) => void navigate({
    search: (before) => ({ ...before, ...change }), replace,
  }), [navigate]);
  const onState = useCallback((change: ListState) => patch({ ...change }, 'q' in change), [patch]);

  if (!object) return <NoObject name={name} />;
  return (
    <ObjectPage
      key={name} object={object} state={search} onState={onState}
      onNew={() => patch({ form: 'new' }, false)}
    >
      {search.form === 'new' && object.may.create && (
        <FormDrawer
          object={object} id={null} onClose={() => patch({ form: undefined }, true)}
          onSaved={(record, another) => {
            if (!another) go(recordHref(name, record.id), { replace: true });
          }}
        />
      )}
    </ObjectPage>
  );
}
