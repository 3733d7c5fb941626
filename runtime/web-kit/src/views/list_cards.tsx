import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useApplication } from '../api/application.tsx';
import { recordHref } from '../api/navigation.tsx';
import { titleText } from '../fields/columns.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import { cellOf, fieldTypeOf } from '../fields/field_types.tsx';
import { ClaimButton } from '../hands/claim_button_lazy.tsx';
import { useT } from '../i18n/i18n.ts';
import { Link } from '../ui/link.tsx';
import type { ListBodyProps } from './list_body.tsx';

/** The list of a phone: a card a row, its amount at the right, its state below. */
export function ListCards({ object, columns, rows, more, loadMore, onOpen }: ListBodyProps) {
  const t = useT();
  const application = useApplication();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => 92,
    overscan: 8, getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - 15) loadMore();
  }, [more, last, rows.length, loadMore]);

  const rest = columns.slice(1);
  const of = (...families: string[]) => rest.filter((column) =>
    families.includes(fieldTypeOf(column.field).family));
  const amount = of('number')[0];
  const under = of('reference', 'text')[0];
  const date = of('date', 'datetime')[0];
  const tags = of('choice', 'choices').slice(0, 2);
  const person = of('reference').find((column) => column !== under);

  return (
    <div className="cards" ref={scroller}>
      <ul style={{ height: virtual.getTotalSize() }} aria-label={object.label_plural}>
        {items.map((item) => {
          const record = rows[item.index];
          if (!record) return null;
          const show = (column: (typeof rest)[number] | undefined) => column
            && !isEmptyValue(column.read(record))
            && cellOf(column.read(record), { application, field: column.field });
          return (
            <li
              key={record.id} ref={virtual.measureElement} data-index={item.index}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <Link className="it" href={recordHref(object.name, record.id)} onClick={onOpen}>
                <b className="trunc">{titleText(application, object.name, record)}</b>
                <span className="a">{show(amount)}</span>
                <span className="s trunc">{show(under)}</span>
                <span className="s r">{show(date)}</span>
                {(tags.length > 0 || person) && (
                  <span className="l3">
                    {tags.map((column) => <span key={column.path}>{show(column)}</span>)}
                    <span className="grow" />
                    {show(person)}
                  </span>
                )}
              </Link>
              <ClaimButton
                object={object} record={record} title={titleText(application, object.name, record)}
              />
            </li>
          );
        })}
      </ul>
      {more && <p className="none" role="status">{t('loading')}</p>}
    </div>
  );
}
