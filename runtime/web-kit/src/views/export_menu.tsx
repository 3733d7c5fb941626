import { useState } from 'react';
import { ApiError } from '../api/api_error.ts';
import { exportRecords, type ListParams } from '../api/records.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { toast } from '../ui/toast_store.ts';

interface ExportMenuProps {
  object: string;
  params: ListParams;
  count: number | null;
}

function save({ name, bytes }: { name: string; bytes: Blob }) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** What the list shows, whole, as a file: its columns, filter and order. */
export function ExportMenu({ object, params, count }: ExportMenuProps) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const run = async (format: 'csv' | 'xlsx') => {
    setBusy(true);
    try {
      const file = await exportRecords(object, params, format);
      save(file);
      toast(t('export.done', { name: file.name }));
    } catch (cause) {
      const said = cause instanceof ApiError ? cause.said : null;
      toast(said ? t('export.refused', { reason: said }) : t('export.failed'), { bad: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu
      label={t('export.title')} side="bottom-end"
      items={[
        { label: t('export.xlsx'), icon: 'table', run: () => void run('xlsx') },
        { label: t('export.csv'), icon: 'file', run: () => void run('csv') },
      ]}
      trigger={(props) => (
        <Button
          look="ghost" size="sm" icon="download" busy={busy}
          disabled={busy || count === 0} {...props}
        >
          {t('export.title')}
        </Button>
      )}
    />
  );
}
