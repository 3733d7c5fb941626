import { useCallback, useSyncExternalStore } from 'react';
import type { DraftNode } from './draft_node.ts';
import type { FormStore } from './form_store.ts';

/** What is to be shown of one field; the component draws again for it alone. */
export function useFieldState(form: FormStore, node: DraftNode, name: string) {
  const subscribe = useCallback(
    (listener: () => void) => form.subscribeTo(node, name, listener), [form, node, name]);
  return useSyncExternalStore(subscribe, () => form.state(name, node));
}
