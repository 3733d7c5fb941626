import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { ApiError } from '../api/api_error.ts';
import { forgetRow } from '../api/live.ts';
import { batch } from '../api/records.ts';
import { t } from '../i18n/i18n.ts';
import { toast } from '../ui/toast_store.ts';

// A delete waits a moment in which it can be taken back. Its rows are hidden meanwhile; leaving
// the window carries it out.

let hidden: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();
const batchMax = 200;
const waitMs = 7000;

function hide(change: (ids: Set<string>) => void) {
  const next = new Set(hidden);
  change(next);
  hidden = next;
  listeners.forEach((listener) => listener());
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useHidden = () => useSyncExternalStore(subscribe, () => hidden);

async function carryOut(client: QueryClient, object: string, ids: string[], leaving: boolean) {
  let refused: string | null = null;
  let failed = 0;
  for (let from = 0; from < ids.length; from += batchMax) {
    const part = ids.slice(from, from + batchMax);
    try {
      const { results } = await batch(object, part.map((id) => ({ delete: id })), leaving);
      results.forEach(({ status, error }, index) => {
        if (status < 300) forgetRow(client, object, part[index] ?? '');
        else {
          failed += 1;
          refused ??= error?.problems?.[0]?.message ?? error?.detail ?? null;
        }
      });
    } catch (error) {
      failed += part.length;
      refused ??= error instanceof ApiError ? error.said : null;
    }
  }
  hide((set) => ids.forEach((id) => set.delete(id)));
  if (failed) toast(t('delete.refused', { count: failed, why: refused ?? '' }), { bad: true });
}

export function deleteSoon(client: QueryClient, object: string, ids: string[], what: string) {
  hide((set) => ids.forEach((id) => set.add(id)));
  const leave = () => {
    clearTimeout(timer);
    void carryOut(client, object, ids, true);
  };
  const timer = setTimeout(() => {
    window.removeEventListener('pagehide', leave);
    void carryOut(client, object, ids, false);
  }, waitMs);
  window.addEventListener('pagehide', leave, { once: true });
  toast(t('delete.done', { what }), {
    ms: waitMs - 200,
    action: {
      label: t('undo'),
      run: () => {
        clearTimeout(timer);
        window.removeEventListener('pagehide', leave);
        hide((set) => ids.forEach((id) => set.delete(id)));
      },
    },
  });
}
