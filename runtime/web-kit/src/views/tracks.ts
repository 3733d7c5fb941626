import type { Column } from '../fields/columns.ts';
import { fieldTypeOf } from '../fields/field_types.tsx';
import { columnWidth } from '../fields/widths.ts';

const title = 220;
const padding = 16;
const arrow = 16;
/** The last column keeps the margin of the page. */
const margin = 16;

export interface Tracks {
  /** As CSS grid tracks: the title takes what is left, the others their due. */
  tracks: string;
  /** What they need together, in pixels; narrower, the table scrolls. */
  width: number;
}

export function tracksOf(columns: Column[]): Tracks {
  const widths = columns.map(({ field, label }, index) => {
    const beside = padding + (field.sortable ? arrow : 0)
      + (index === columns.length - 1 ? margin : 0);
    return Math.max(columnWidth(field, label, beside), index === 0 ? title : 0);
  });
  const tracks = columns.map(({ field }, index) => {
    if (index === 0) return `minmax(${widths[index]}px, 1.6fr)`;
    return ['text', 'reference'].includes(fieldTypeOf(field).family)
      ? `minmax(${widths[index]}px, 1fr)` : `${widths[index]}px`;
  });
  return { tracks: tracks.join(' '), width: widths.reduce((sum, width) => sum + width, 0) };
}
