import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import type { RecordData } from '../api/types.ts';
import { useT } from '../i18n/i18n.ts';
import { GridHead } from './grid_head.tsx';
import { GridRow } from './grid_row.tsx';
import type { ListBodyProps } from './list_body.tsx';
import { tracksOf } from './tracks.ts';
import { useGridKeys } from './use_grid_keys.ts';

export interface GridCell {
  row: number;
  column: number;
}

const rowHeight = 36;
const overscan = 12;

/** The table of a desk: only rows near the window are in the page; one tab stop, arrows inside. */
export function RecordGrid(props: ListBodyProps) {
  const { object, columns, rows, more, loadMore, chosen, onChosen } = props;
  const t = useT();
  const application = useApplication();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<GridCell>({ row: 0, column: 0 });
  const [editing, setEditing] = useState(false);
  const lastPick = useRef(0);

  const virtual = useVirtualizer({
    count: rows.length + (more ? 4 : 0), getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight, overscan, scrollPaddingStart: 33, scrollPaddingEnd: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - 20) loadMore();
  }, [more, last, rows.length, loadMore]);

  useEffect(() => {
    if (active.row >= rows.length) {
      setActive((cell) => ({ ...cell, row: Math.max(0, rows.length - 1) }));
    }
  }, [rows.length, active.row]);

  const move = (cell: GridCell) => {
    const next = {
      row: Math.max(0, Math.min(cell.row, rows.length - 1)),
      column: Math.max(0, Math.min(cell.column, columns.length - 1)),
    };
    setActive(next);
    virtual.scrollToIndex(next.row, { align: 'auto' });
    scroller.current?.querySelector(`[data-column="${next.column}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const done = (step: GridCell | null) => {
    setEditing(false);
    scroller.current?.focus({ preventScroll: true });
    if (step) move({ row: active.row + step.row, column: active.column + step.column });
  };
  const pick = (row: number, on: boolean, range: boolean) => {
    const next = new Set(chosen);
    const [from, to] = range ? [Math.min(lastPick.current, row), Math.max(lastPick.current, row)]
      : [row, row];
    for (const record of rows.slice(from, to + 1)) {
      if (on) next.add(record.id);
      else next.delete(record.id);
    }
    lastPick.current = row;
    onChosen(next);
  };
  const may = (cell: GridCell) => {
    const column = columns[cell.column];
    return Boolean(column?.own && column.field.writable && !column.field.system
      && rows[cell.row]?.may?.update !== false && object.may.update);
  };
  const edit = (cell: GridCell) => {
    setActive(cell);
    if (may(cell)) setEditing(true);
  };
  const keys = useGridKeys({
    props, active, editing, move, edit, pick,
    page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2),
  });

  // Rows are drawn again only for their own sake: what they call never changes.
  const latest = useRef({ pick, edit, done, open: props.onOpen, save: props.onSave });
  latest.current = { pick, edit, done, open: props.onOpen, save: props.onSave };
  const calls = useMemo(() => ({
    onPick: (row: number, on: boolean, range: boolean) => latest.current.pick(row, on, range),
    onEdit: (cell: GridCell) => latest.current.edit(cell),
    onDone: (step: GridCell | null) => latest.current.done(step),
    onOpen: () => latest.current.open(),
    onSave: (record: RecordData, field: string, value: unknown) =>
      latest.current.save(record, field, value),
  }), []);

  const picked = rows.filter(({ id }) => chosen.has(id)).length;
  const { tracks, width } = tracksOf(columns);
  return (
    <>
      <p id="grid-keys" className="hidden-text">{t('list.keys')}</p>
      <div
        className={`grid-box${editing ? ' editing' : ''}`} ref={scroller} role="grid" tabIndex={0}
        aria-label={object.label_plural} aria-rowcount={more ? -1 : rows.length + 1}
        aria-colcount={columns.length + 1} aria-multiselectable="true"
        aria-activedescendant={rows.length && items.some(({ index }) => index === active.row)
          ? `cell-${active.row}-${active.column}` : undefined}
        aria-describedby="grid-keys" onKeyDown={keys}
        style={{ '--track': `52px ${tracks}`, '--width': `${width + 52}px` } as React.CSSProperties}
      >
        <GridHead
          columns={columns} sort={props.sort} onSort={props.onSort}
          all={picked === 0 ? false : picked === rows.length ? true : 'some'}
          onAll={(on) => onChosen(on ? new Set(rows.map(({ id }) => id)) : new Set())}
        />
        <div className="grid-rows" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => (
            <GridRow
              key={rows[item.index]?.id ?? `more ${item.index}`} index={item.index} top={item.start}
              record={rows[item.index]} columns={columns} object={object} application={application}
              chosen={chosen.has(rows[item.index]?.id ?? '')} onActive={setActive} {...calls}
              active={item.index === active.row ? active.column : null}
              editing={editing && item.index === active.row}
            />
          ))}
        </div>
      </div>
    </>
  );
}
