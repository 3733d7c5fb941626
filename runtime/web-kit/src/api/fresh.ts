import { useSyncExternalStore } from 'react';

// Which records another window has just changed: their rows and cards light up for a moment.

const until = new Map<string, number>();
const listeners = new Set<() => void>();
const lightMs = 2400;
const tell = () => listeners.forEach((listener) => listener());

export function markFresh(id: string) {
  until.set(id, Date.now() + lightMs);
  tell();
  setTimeout(() => {
    if ((until.get(id) ?? 0) <= Date.now()) until.delete(id);
    tell();
  }, lightMs + 50);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useFresh = (id: string) => useSyncExternalStore(subscribe, () => until.has(id));
