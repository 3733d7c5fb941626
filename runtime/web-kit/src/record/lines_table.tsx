import { useMemo, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import type { AppField } from '../api/types.ts';
import { cellOf, fieldTypeOf, totalCell } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';
import { totalledOf, totalOf } from '../lines/totals.ts';
import { columnsOfLines } from '../lines/use_lines.ts';
import { Button } from '../ui/button.tsx';
import { useNamedLines } from './use_named_lines.ts';

interface LinesTableProps {
  field: AppField;
  value: unknown;
}

export interface ReadLine {
  raw: Record<string, unknown>;
  number: string;
  level: number;
}

const atOnce = 60;

/** Rows in order, those that a row holds below it. */
export function readLines(value: unknown, nest: string | null): ReadLine[] {
  const walk = (items: unknown, level: number, prefix: string): ReadLine[] =>
    (Array.isArray(items) ? items : []).flatMap((raw: Record<string, unknown>, index) => {
      const number = `${prefix}${index + 1}`;
      const below = nest ? walk(raw[nest], level + 1, `${number}.`) : [];
      return [{ raw, number, level }, ...below];
    });
  return walk(value, 1, '');
}

/** The lines of a record as they were saved, with the sums of what is computed. */
export default function LinesTable({ field, value }: LinesTableProps) {
  const t = useT();
  const application = useApplication();
  const object = application.object(field.children?.object ?? '');
  const columns = useMemo(() => (object ? columnsOfLines(application, object) : []),
    [application, object]);
  const widths = columns.map((one) => fieldTypeOf(one).width);
  const nest = object?.fields.find((one) => one.children?.object === object.name)?.name ?? null;
  const rows = useMemo(() => readLines(value, nest), [value, nest]);
  const edge = nest ? 112 : 64;
  const least = widths.reduce((sum, width) => sum + width, edge);
  const [shown, setShown] = useState(atOnce);
  const nameOf = useNamedLines(rows, columns);
  const computed = totalledOf(columns);
  const totalled = new Set(computed.length ? computed
    : columns.filter(({ type }) => type === 'money' || type === 'duration'));
  const total = (one: AppField) => totalOf(one, rows.filter(({ level }) => level === 1)
    .map(({ raw }) => raw[one.name]));
  if (rows.length === 0) return <p className="none">{t('lines.none')}</p>;
  const more = rows.length > shown && (
    <Button look="ghost" size="sm" icon="down" onClick={() => setShown(shown * 4)}>
      {t('lines.show_more', { count: rows.length - shown })}
    </Button>
  );
  return (
    <>
      <div className="tb-box" tabIndex={0} role="group" aria-label={field.label}>
        <table className="tb" style={{ minWidth: least }}>
          <colgroup>
            <col style={{ width: edge }} />
            {widths.map((width, index) => <col key={columns[index]?.name} style={{ width }} />)}
          </colgroup>
          <thead>
            <tr>
              <th scope="col" className="no">{t('lines.number')}</th>
              {columns.map((one) => (
                <th key={one.name} scope="col" className={fieldTypeOf(one).end ? 'num' : ''}>
                  {one.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map(({ raw, number, level }) => (
              <tr key={String(raw['id'])}>
                <td className="no dim" style={{ paddingInlineStart: (level - 1) * 14 }}>
                  {number}
                </td>
                {columns.map((one) => (
                  <td key={one.name} className={fieldTypeOf(one).end ? 'num' : ''}>
                    {cellOf(nameOf(one, raw[one.name]), { application, field: one })}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {totalled.size > 0 && (
            <tfoot>
              <tr>
                <th scope="row" className="no">{t('lines.total')}</th>
                {columns.map((one) => (
                  <td key={one.name} className="num">
                    {totalled.has(one)
                      && <b>{totalCell(total(one), { application, field: one })}</b>}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {more}
    </>
  );
}
