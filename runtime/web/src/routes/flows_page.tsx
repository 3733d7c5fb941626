import { FlowsList } from '@tenon/web-kit/flows/flows_list.tsx';
import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { useTitle } from './use_title.ts';

export function FlowsPage() {
  const t = useT();
  useTitle(t('flows.title'));
  return <FlowsList />;
}
