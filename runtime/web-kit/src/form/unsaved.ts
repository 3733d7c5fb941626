import { useEffect, useSyncExternalStore } from 'react';

// Whether something typed is not yet saved: leaving asks first, the tab's title carries a dot.

let unsaved = false;
const listeners = new Set<() => void>();

export function setUnsaved(next: boolean) {
  if (next === unsaved) return;
  unsaved = next;
  listeners.forEach((listener) => listener());
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const isUnsaved = () => unsaved;
export const useUnsaved = () => useSyncExternalStore(subscribe, isUnsaved);

export function useReportUnsaved(dirty: boolean) {
  useEffect(() => {
    setUnsaved(dirty);
    return () => setUnsaved(false);
  }, [dirty]);
}
