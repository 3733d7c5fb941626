import { useEffect, useState } from 'react';

/** What stands in an input: what is typed while one is in it, else the value as it is shown. */
export function useTyped(shown: string) {
  const [typed, setTyped] = useState(shown);
  const [focused, setFocused] = useState(false);
  useEffect(() => {
    if (!focused) setTyped(shown);
  }, [shown, focused]);
  const watched = { onFocus: () => setFocused(true), onBlur: () => setFocused(false) };
  return { typed, setTyped, watched };
}
