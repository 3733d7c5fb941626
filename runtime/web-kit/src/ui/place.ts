// Where a floating thing goes: beside its anchor, inside the window, flipped when there is no room.

export type Side = 'bottom-start' | 'bottom-end' | 'top-start' | 'right-start';

const gap = 6;
const edge = 8;

export function place(floating: HTMLElement, anchor: DOMRect, side: Side) {
  const { innerWidth: width, innerHeight: height } = window;
  floating.style.maxHeight = '';
  const natural = floating.getBoundingClientRect();
  const below = height - anchor.bottom - gap - edge;
  const above = anchor.top - gap - edge;
  let top: number;
  let left = anchor.left;
  let room: number;
  if (side === 'right-start') {
    left = anchor.right + gap;
    top = Math.min(anchor.top, height - edge - natural.height);
    room = height - 2 * edge;
  } else {
    const up = side === 'top-start' ? above >= natural.height || above > below
      : below < natural.height && above > below;
    room = up ? above : below;
    top = up ? Math.max(edge, anchor.top - gap - Math.min(natural.height, above))
      : anchor.bottom + gap;
    if (side === 'bottom-end') left = anchor.right - natural.width;
  }
  floating.style.left = `${Math.max(edge, Math.min(left, width - natural.width - edge))}px`;
  floating.style.top = `${Math.max(edge, top)}px`;
  floating.style.maxHeight = `${Math.max(120, room)}px`;
}
