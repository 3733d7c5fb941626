import { useEffect, useRef } from 'react';

/** In a cell the input takes the focus at once, with all of its text selected. */
export function useEdge<T extends HTMLInputElement | HTMLTextAreaElement = HTMLInputElement>(
  inCell: boolean | undefined,
) {
  const element = useRef<T>(null);
  useEffect(() => {
    if (!inCell) return;
    element.current?.focus({ preventScroll: true });
    element.current?.select();
  }, [inCell]);
  return element;
}
