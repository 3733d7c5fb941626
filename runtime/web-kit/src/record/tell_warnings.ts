import { recordHref, type Navigation } from '../api/navigation.tsx';
import type { RecordData } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { toast } from '../ui/toast_store.ts';

/** What was saved all the same: said once it is, with the way to the record that is likely the
 * same. */
export function tellWarnings(saved: RecordData | undefined, { go }: Navigation) {
  for (const { message, record } of saved?.$warnings ?? []) {
    toast(message, {
      warn: true, ms: 8000,
      ...(record ? {
        action: { label: t('open'), run: () => go(recordHref(record.object, record.id)) },
      } : {}),
    });
  }
}
