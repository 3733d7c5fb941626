import { type PointerEvent as ReactPointerEvent, useRef, useState } from 'react';
import type { RecordData } from '../api/types.ts';

// Dragging a card with the mouse: the card itself follows the pointer, the column under it opens.
// Fingers scroll; on touch, and with the keyboard, cards move through their menu.

const startsAfter = 5;
const edge = 56;

export interface CardDrag {
  board: React.RefObject<HTMLDivElement | null>;
  held: RecordData | null;
  over: string | null;
  begin: (event: ReactPointerEvent<HTMLElement>, record: RecordData) => void;
}

export function useCardDrag(drop: (record: RecordData, to: string) => void): CardDrag {
  const board = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<RecordData | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const latest = useRef(drop);
  latest.current = drop;

  const begin = (event: ReactPointerEvent<HTMLElement>, record: RecordData) => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    if ((event.target as HTMLElement).closest('button')) return;
    const card = event.currentTarget;
    const box = card.getBoundingClientRect();
    const from = { x: event.clientX, y: event.clientY };
    let ghost: HTMLElement | null = null;
    let target: string | null = null;
    let scroll = 0;
    let frame = 0;

    const lift = () => {
      ghost = card.cloneNode(true) as HTMLElement;
      ghost.classList.add('drag');
      ghost.removeAttribute('id');
      ghost.setAttribute('aria-hidden', 'true');
      ghost.style.width = `${box.width}px`;
      document.body.append(ghost);
      document.body.classList.add('dragging');
      setHeld(record);
      const tick = () => {
        board.current?.scrollBy({ left: scroll });
        frame = requestAnimationFrame(tick);
      };
      frame = requestAnimationFrame(tick);
    };
    const go = (move: PointerEvent) => {
      const [dx, dy] = [move.clientX - from.x, move.clientY - from.y];
      if (!ghost && Math.hypot(dx, dy) < startsAfter) return;
      if (!ghost) lift();
      if (ghost) ghost.style.transform = `translate(${box.left + dx}px, ${box.top + dy}px)
        rotate(-1.6deg) scale(1.02)`;
      const under = document.elementFromPoint(move.clientX, move.clientY);
      const column = under?.closest<HTMLElement>('[data-option]')?.dataset['option'] ?? null;
      const area = board.current?.getBoundingClientRect();
      scroll = !area ? 0 : move.clientX > area.right - edge ? 12
        : move.clientX < area.left + edge ? -12 : 0;
      if (column !== target) {
        target = column;
        setOver(column);
      }
    };
    const end = (commit: boolean) => {
      cancelAnimationFrame(frame);
      document.removeEventListener('pointermove', go);
      document.removeEventListener('pointerup', up);
      document.removeEventListener('pointercancel', stop);
      document.removeEventListener('keydown', key, true);
      document.body.classList.remove('dragging');
      if (!ghost) return;
      ghost.remove();
      // The press that ends a drag is no click on the card's link.
      window.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => window.removeEventListener('click', swallow, true), 0);
      setHeld(null);
      setOver(null);
      if (commit && target) latest.current(record, target);
    };
    const up = () => end(true);
    const stop = () => end(false);
    const swallow = (click: Event) => {
      click.preventDefault();
      click.stopPropagation();
    };
    const key = (press: KeyboardEvent) => {
      if (press.key !== 'Escape' || !ghost) return;
      press.preventDefault();
      press.stopPropagation();
      end(false);
    };
    document.addEventListener('pointermove', go);
    document.addEventListener('pointerup', up);
    document.addEventListener('pointercancel', stop);
    document.addEventListener('keydown', key, true);
  };
  return { board, held, over, begin };
}
