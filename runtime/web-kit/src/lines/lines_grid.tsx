import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type ClipboardEvent, useCallback, useEffect, useId, useMemo, useRef, useState,
} from 'react';
import type { AppField } from '../api/types.ts';
import { columnWidth } from '../fields/widths.ts';
import type { DraftNode } from '../form/draft_node.ts';
import type { Place } from '../form/form_lines.ts';
import type { FormStore } from '../form/form_store.ts';
import { useT } from '../i18n/i18n.ts';
import type { GridCell } from './grid_rows.ts';
import { GridState, type Mode } from './grid_state.ts';
import { LineRow } from './line_row.tsx';
import type { LinesActs } from './lines_acts.ts';
import { LinesHead } from './lines_head.tsx';
import { LinesTotals } from './lines_totals.tsx';
import type { Lines } from './use_lines.ts';
import { useLinesKeys } from './use_lines_keys.ts';

interface LinesGridProps {
  form: FormStore;
  holder: DraftNode;
  slot: string;
  label: string;
  columns: AppField[];
  lines: Lines;
  acts: LinesActs;
  grid: GridState;
  onSheet: (node: DraftNode) => void;
  /** Told how to show a place in the lines. */
  onReveal: (reveal: (place: Place) => void) => void;
}

const rowHeight = 32;
const headHeight = 32;
const overscan = 8;

/** Lines as a sheet: only rows near the window are in the page; one cell takes the keys. */
export function LinesGrid(props: LinesGridProps) {
  const { form, holder, slot, label, columns, lines, acts, grid, onSheet, onReveal } = props;
  const t = useT();
  const hintId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [, draw] = useState(0);
  const { rows, tree, toggle } = lines;

  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight,
    overscan, scrollPaddingStart: headHeight, scrollPaddingEnd: footHeight(scroller.current) + 4,
    getItemKey: (index) => rows[index]?.node.key ?? index,
    // The cell that has the focus stays in the page.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range),
      ...(grid.active.row < rows.length ? [grid.active.row] : [])])].sort((a, b) => a - b),
  });

  const goTo = useCallback((cell: GridCell, extend = false) => {
    const next = {
      row: Math.max(0, Math.min(cell.row, rows.length - 1)),
      column: Math.max(0, Math.min(cell.column, columns.length - 1)),
    };
    if (next.row >= 0 && rows.length) virtual.scrollToIndex(next.row, { align: 'auto' });
    grid.move(next, extend);
    draw((count) => count + 1);
    showColumn(scroller.current, next.column);
  }, [rows.length, columns.length, grid]);

  // Where a line is to be found after lines were added or moved.
  const wanted = useRef<{ node: DraftNode; column: number } | null>(null);
  const goToLine = (node: DraftNode | undefined, column = 0) => {
    if (!node) return;
    wanted.current = { node, column };
    draw((count) => count + 1);
  };
  useEffect(() => {
    const { current } = wanted;
    const row = current ? rows.findIndex((line) => line.node === current.node) : -1;
    if (current && row >= 0) {
      wanted.current = null;
      grid.focus(true);
      goTo({ row, column: current.column });
    } else if (grid.active.row >= rows.length && rows.length > 0) {
      goTo({ row: rows.length - 1, column: grid.active.column });
    }
  });
  useEffect(() => onReveal((place) => {
    for (let at = place.node.holder; at?.holder; at = at.holder) toggle(at.key, true);
    const column = Math.max(0, columns.findIndex(({ name }) => name === place.field));
    goToLine(place.node, column);
  }), [columns, toggle]);

  const { onKey, remember } = useLinesKeys({
    form, grid, lines, columns, acts, goTo, goToLine,
    page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 320) / rowHeight) - 3),
  });
  const latest = useRef({ goTo, onSheet, remember });
  latest.current = { goTo, onSheet, remember };
  const calls = useMemo(() => ({
    onPress: (row: number, column: number, extend: boolean) => {
      grid.focus(true);
      latest.current.goTo({ row, column }, extend);
    },
    onMode: (mode: Mode) => {
      if (grid.mode === 'ready') latest.current.remember();
      grid.edit(mode);
    },
    onSheet: (node: DraftNode) => {
      grid.edit('ready');
      latest.current.onSheet(node);
    },
  }), [grid]);

  const copy = (event: ClipboardEvent) => {
    if (grid.mode !== 'ready' || rows.length === 0) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', acts.copy(grid));
    if (event.type === 'cut') acts.clear(grid);
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain');
    if (grid.mode !== 'ready' && !/[\t\n]./.test(text)) return;
    event.preventDefault();
    grid.edit('ready');
    acts.paste(grid, text);
  };

  const tracks = columns.map((field) => (field.required
    ? columnWidth(field, `${field.label}${t('form.required')}`, 24)
    : columnWidth(field, field.label, 20)));
  const style = {
    '--track': `${tree ? 104 : 44}px ${tracks.map((width, index) => (index === 0
      ? `minmax(${Math.max(width, 160)}px, 2fr)` : `minmax(${width}px, 1fr)`)).join(' ')}`,
    '--width': `${tracks.reduce((sum, width) => sum + width, 120)}px`,
  } as React.CSSProperties;
  return (
    <>
      <p className="hidden-text" id={hintId}>{t('lines.keys')}</p>
      <div
        className="lg" ref={scroller} role={tree ? 'treegrid' : 'grid'} aria-label={label}
        aria-rowcount={rows.length + 2} aria-colcount={columns.length + 1} aria-describedby={hintId}
        aria-multiselectable="true" style={style} tabIndex={rows.length ? undefined : 0}
        onKeyDown={onKey} onCopy={copy} onCut={copy}
        onPaste={paste} onFocus={() => grid.focus(true)}
        onBlur={(event) => {
          if (event.currentTarget.contains(event.relatedTarget)) return;
          const box = event.currentTarget;
          setTimeout(() => {
            if (!box.contains(document.activeElement)) {
              grid.focus(false);
              if (grid.mode === 'typing') grid.edit('ready');
            }
          }, 0);
        }}
      >
        <LinesHead columns={columns} />
        <div className="lg-rows" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const line = rows[index];
            return line && (
              <LineRow
                key={String(key)} form={form} grid={grid} line={line} index={index} top={start}
                columns={columns} tree={tree} onToggle={toggle} {...calls}
              />
            );
          })}
        </div>
        <LinesTotals form={form} holder={holder} slot={slot} columns={columns} />
      </div>
    </>
  );
}

/** The totals at the bottom: of several currencies they take more than a row. */
const footHeight = (box: HTMLElement | null) =>
  box?.querySelector<HTMLElement>('.lg-foot')?.offsetHeight ?? rowHeight;

/** Sideways, so far that the column is not under the row numbers. */
function showColumn(box: HTMLElement | null, column: number) {
  const cell = box?.querySelector<HTMLElement>(`[data-head="${column}"]`);
  if (!box || !cell) return;
  const left = cell.offsetLeft - 96;
  const right = cell.offsetLeft + cell.offsetWidth;
  if (left < box.scrollLeft) box.scrollLeft = Math.max(0, left);
  else if (right > box.scrollLeft + box.clientWidth) box.scrollLeft = right - box.clientWidth;
}
