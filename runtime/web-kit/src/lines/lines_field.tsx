import './lines.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import type { AppField } from '../api/types.ts';
import type { DraftNode } from '../form/draft_node.ts';
import type { Place } from '../form/form_lines.ts';
import type { FormStore } from '../form/form_store.ts';
import { useFieldState } from '../form/use_field_state.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { toast } from '../ui/toast_store.ts';
import { usePhone } from '../ui/use_phone.ts';
import type { GridLine } from './grid_rows.ts';
import { GridState } from './grid_state.ts';
import { LineSheet } from './line_sheet.tsx';
import { linesActs } from './lines_acts.ts';
import { LinesBar } from './lines_bar.tsx';
import { LinesCards } from './lines_cards.tsx';
import { LinesGrid } from './lines_grid.tsx';
import { LinesProblems } from './lines_problems.tsx';
import { CardTotals } from './lines_totals.tsx';
import { nameReferences } from './names_of_references.ts';
import { columnsOfLines, useLines } from './use_lines.ts';

export interface LinesFieldProps {
  form: FormStore;
  holder: DraftNode;
  field: AppField;
}

/** The lines of a record, or of a line: a sheet on a desk, cards on a phone. */
export default function LinesField({ form, holder, field }: LinesFieldProps) {
  const t = useT();
  const application = useApplication();
  const phone = usePhone();
  const slot = field.name;
  const object = application.object(field.children?.object ?? '');
  const columns = useMemo(() => (object ? columnsOfLines(application, object) : []),
    [application, object]);
  const shape = form.shapeOf(field.children?.object ?? '');
  const lines = useLines(form, holder, slot, shape.object);
  const grid = useMemo(() => new GridState(), [form, holder, slot]);
  const rows = useRef<GridLine[]>(lines.rows);
  rows.current = lines.rows;
  const acts = useMemo(() => linesActs({
    application, form, holder, slot, nest: lines.nest, columns, rows: () => rows.current,
  }), [application, form, holder, slot, lines.nest, columns]);
  const [sheet, setSheet] = useState<DraftNode | null>(null);
  const reveal = useRef<(place: Place) => void>(() => {});
  const { problem, required, locked, lock, warning } = useFieldState(form, holder, slot);
  const said = problem === null ? null : typeof problem === 'string' ? problem
    : t(problem.key, problem.values);
  const note = said ?? warning ?? (locked ? lock : null);

  useEffect(() => {
    void nameReferences(application, form, holder, slot);
  }, [application, form, holder, slot]);
  const show = (place: Place) => {
    // What a line holds that is no line of this table is shown with that line.
    let row = place.node;
    while (row.holder?.holder && row.object !== shape.object.name) row = row.holder;
    if (phone || row !== place.node) setSheet(row);
    else reveal.current(place);
  };
  useEffect(() => {
    if (holder.holder) return undefined;
    form.reveal.set(slot, show);
    return () => {
      form.reveal.delete(slot);
    };
  });

  const paste = async () => {
    const text = await navigator.clipboard.readText().catch(() => null);
    if (text) acts.paste(grid, text);
    else toast(t('lines.paste_by_key'));
  };
  const add = () => {
    const made = acts.add();
    if (!made) return;
    if (phone) setSheet(made);
    else reveal.current({ node: made, field: columns[0]?.name ?? '' });
  };
  const open = sheet && lines.rows.find(({ node }) => node === sheet);
  return (
    <div className="lines" role="group" aria-label={field.label}>
      <div className="lines-top">
        <h3>{field.label}</h3>
        <small className="dim">{t('record.rows', { count: lines.rows.length })}</small>
        {required && !locked && <small className="dim">{t('form.required')}</small>}
        <span className="grow" />
        {!phone && (
          <LinesBar
            form={form} grid={grid} lines={lines} acts={acts} locked={locked}
            onPaste={() => void paste()}
            onGo={(row) => {
              const line = rows.current[row];
              if (line) reveal.current({ node: line.node, field: '' });
            }}
          />
        )}
      </div>
      {phone
        ? (
          <>
            <LinesCards form={form} rows={lines.rows} columns={columns} label={field.label}
              onOpen={(line) => setSheet(line.node)} />
            {lines.rows.length > 0 && (
              <CardTotals form={form} holder={holder} slot={slot} columns={columns} />
            )}
          </>
        ) : (
          <LinesGrid
            form={form} holder={holder} slot={slot} label={field.label} columns={columns}
            lines={lines} acts={acts} grid={grid} onSheet={setSheet}
            onReveal={(way) => {
              reveal.current = way;
            }}
          />
        )}
      <div className="lines-end">
        {!locked && <Button size="sm" icon="plus" onClick={add}>{t('lines.add')}</Button>}
        <LinesProblems form={form} slot={slot} rows={lines.rows} onGo={show} />
        {note && (
          <p
            className={`help${said ? ' bad' : warning ? ' warn' : ''}`}
            role={said ? 'alert' : undefined}
          >
            {note}
          </p>
        )}
      </div>
      {open && (
        <LineSheet
          form={form} line={open} rows={lines.rows} acts={acts} label={field.label}
          onGo={(node) => {
            if (node === null && !phone && sheet) reveal.current({ node: sheet, field: '' });
            setSheet(node);
          }}
        />
      )}
    </div>
  );
}
