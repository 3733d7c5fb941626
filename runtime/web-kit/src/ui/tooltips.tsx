import { useEffect, useRef, useState } from 'react';
import { place } from './place.ts';

/** Shows `data-tip` of what the pointer or the focus is on. One for the whole page. */
export function Tooltips() {
  const [tip, setTip] = useState<{ text: string; rect: DOMRect; side: boolean } | null>(null);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (wait: number) => (event: Event) => {
      const element = (event.target as Element).closest?.<HTMLElement>('[data-tip]');
      clearTimeout(timer);
      const focused = event.type === 'focusin';
      if (!element || (focused && !element.matches(':focus-visible'))) {
        setTip(null);
        return;
      }
      timer = setTimeout(() => setTip({
        text: element.dataset['tip'] ?? '', rect: element.getBoundingClientRect(),
        side: element.dataset['tipSide'] === 'right',
      }), wait);
    };
    const over = show(350);
    const focus = show(100);
    const hide = () => {
      clearTimeout(timer);
      setTip(null);
    };
    document.addEventListener('pointerover', over);
    document.addEventListener('focusin', focus);
    for (const name of ['pointerdown', 'keydown', 'scroll']) {
      document.addEventListener(name, hide, true);
    }
    return () => {
      document.removeEventListener('pointerover', over);
      document.removeEventListener('focusin', focus);
      for (const name of ['pointerdown', 'keydown', 'scroll']) {
        document.removeEventListener(name, hide, true);
      }
    };
  }, []);

  useEffect(() => {
    if (!tip || !box.current) return;
    box.current.showPopover();
    place(box.current, tip.rect, tip.side ? 'right-start' : 'bottom-start');
  }, [tip]);

  return tip && <div ref={box} className="tip" popover="manual" aria-hidden="true">{tip.text}</div>;
}
