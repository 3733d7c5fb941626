import { createContext, useContext, useSyncExternalStore } from 'react';

// One clock for what says how long something has lasted: it ticks twice a minute.

const tickMs = 30_000;
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick() {
  now = Date.now();
  listeners.forEach((listener) => listener());
}

const subscribe = (listener: () => void) => {
  if (listeners.size === 0) {
    if (Date.now() - now > tickMs) tick();
    timer = setInterval(tick, tickMs);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
};

/** Another moment than now, for what lies within: that of a simulation. */
export const NowContext = createContext<number | null>(null);

export function useNow(): number {
  const told = useContext(NowContext);
  const real = useSyncExternalStore(subscribe, () => now);
  return told ?? real;
}
