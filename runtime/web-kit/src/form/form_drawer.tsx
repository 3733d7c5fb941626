import './form.css';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApplication } from '../api/application.tsx';
import { fetchRecord } from '../api/records.ts';
import type { AppObject, RecordData } from '../api/types.ts';
import { askFor, columnsOf } from '../fields/columns.ts';
import { useT } from '../i18n/i18n.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorState } from '../ui/error_state.tsx';
import { IconButton } from '../ui/icon_button.tsx';
import { FormBody } from './form_body.tsx';
import { formSections } from './form_sections.ts';

export interface FormDrawerProps {
  object: AppObject;
  id: string | null;
  preset?: Record<string, unknown>;
  onClose: () => void;
  onSaved: (record: RecordData, another: boolean) => void;
  onTake?: (values: Record<string, unknown>) => void;
}

/** Makes a record, or changes one: fetches what is there, then shows the form. */
export default function FormDrawer(props: FormDrawerProps) {
  const { object, id, preset, onClose, onSaved, onTake } = props;
  const t = useT();
  const application = useApplication();
  const fields = useMemo(() => {
    const names = formSections(application, object).flatMap((section) => section.fields);
    return askFor(application, object.name, columnsOf(application, object.name, names));
  }, [application, object]);
  const record = useQuery({
    queryKey: ['records', object.name, 'form', id, fields], enabled: id !== null,
    queryFn: ({ signal }) => fetchRecord(object.name, id ?? '', fields, signal),
    staleTime: 0, gcTime: 0, refetchOnReconnect: false,
  });
  const title = t(id ? 'form.edit' : 'form.new', { object: object.label });

  if (id && !record.data) {
    return (
      <Dialog
        kind="drawer" title={title} onClose={onClose}
        header={<><span className="grow" />
          <IconButton icon="x" label={t('close')} onClick={onClose} data-first /></>}
      >
        {record.isError ? <ErrorState error={record.error} retry={() => void record.refetch()} />
          : <p className="form-wait" role="status">{t('loading')}</p>}
      </Dialog>
    );
  }
  return (
    <FormBody
      object={object} record={record.data ?? null} preset={preset} title={title}
      onClose={onClose} onSaved={onSaved} onTake={onTake}
    />
  );
}
