import { type KeyboardEvent, useCallback, useRef } from 'react';

// Enter that ends an input method's composition is no command. Some browsers report it as
// composing, some as key code 229, some only right after `compositionend`.

let endedAt = 0;
const justEndedMs = 80;

if (typeof document !== 'undefined') {
  document.addEventListener('compositionend', () => {
    endedAt = performance.now();
  }, true);
}

interface KeyLike {
  key: string;
  nativeEvent?: { isComposing?: boolean; keyCode?: number };
  isComposing?: boolean;
  keyCode?: number;
}

/** True while a key belongs to the input method. */
export function isComposing(event: KeyLike): boolean {
  const native = event.nativeEvent ?? event;
  return Boolean(native.isComposing) || native.keyCode === 229
    || performance.now() - endedAt < justEndedMs;
}

export const isSubmitKey = (event: KeyLike) => event.key === 'Enter' && !isComposing(event);

/** A keydown handler that calls `submit` on a real Enter. */
export function useSubmitKey(submit: (event: KeyboardEvent) => void) {
  const latest = useRef(submit);
  latest.current = submit;
  return useCallback((event: KeyboardEvent) => {
    if (isSubmitKey(event)) latest.current(event);
  }, []);
}
