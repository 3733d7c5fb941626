import { useRef } from 'react';
import { useApplication } from '../api/application.tsx';
import { useFresh } from '../api/fresh.ts';
import { recordHref } from '../api/navigation.tsx';
import type { AppField, AppObject, RecordData } from '../api/types.ts';
import { type Column, targetOf, titleText } from '../fields/columns.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import { cellOf, fieldTypeOf, textOf } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { Link } from '../ui/link.tsx';
import { Menu } from '../ui/menu.tsx';
import type { CardDrag } from './use_card_drag.ts';

interface BoardCardProps {
  record: RecordData;
  object: AppObject;
  group: AppField;
  columns: Column[];
  sum: AppField | undefined;
  drag: CardDrag;
  onMove: (record: RecordData, to: string) => Promise<void>;
}

/** A record on the board. M, or its menu, moves it without a mouse. */
export function BoardCard({ record, object, group, columns, sum, drag, onMove }: BoardCardProps) {
  const t = useT();
  const application = useApplication();
  const fresh = useFresh(record.id);
  const card = useRef<HTMLLIElement>(null);
  const may = object.may.update && group.writable && record.may?.update !== false;
  const filled = columns.filter((column) => !isEmptyValue(column.read(record))
    && column.path !== sum?.name && column.path !== group.name);
  const family = (column: Column) => fieldTypeOf(column.field).family;
  const person = filled.find((column) => targetOf(column.field) === 'user');
  const under = filled.find((column) => column !== person
    && ['reference', 'text'].includes(family(column)));
  const tags = filled.filter((column) => ['choice', 'choices'].includes(family(column)));
  const rest = filled.filter((column) => column !== person && column !== under
    && !tags.includes(column));
  const show = (column: Column) => cellOf(column.read(record), {
    application, field: column.field });
  const plain = (column: Column) => textOf(column.read(record), {
    application, field: column.field });
  const title = titleText(application, object.name, record);
  const amount = sum && !isEmptyValue(record[sum.name]) ? record[sum.name] : null;

  return (
    <li
      className={`kc${fresh ? ' fresh' : ''}${drag.held?.id === record.id ? ' away' : ''}`}
      ref={card} onPointerDown={may ? (event) => drag.begin(event, record) : undefined}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() !== 'm' || event.ctrlKey || event.metaKey) return;
        card.current?.querySelector<HTMLElement>('button.move')?.click();
      }}
    >
      <Link className="t" href={recordHref(object.name, record.id)} draggable={false}>
        {title}
      </Link>
      {may && (
        <Menu
          label={t('board.move', { title })} side="bottom-end"
          items={(group.options ?? []).map((option) => ({
            label: option.label, checked: option.name === record[group.name],
            run: () => void onMove(record, option.name),
          }))}
          trigger={(props) => (
            <button
              type="button" className="move" aria-label={t('board.move', { title })}
              data-tip={t('board.move_tip')} {...props}
            >
              <Icon name="swap" size={14} />
            </button>
          )}
        />
      )}
      {under && <div className="un trunc">{plain(under)}</div>}
      {tags.length > 0 && <div className="fl">{tags.map((column) => (
        <span key={column.path}>{show(column)}</span>))}</div>}
      {(amount !== null || rest.length > 0 || person) && (
        <div className="ft">
          {amount !== null && sum && (
            <span className="amt">{cellOf(amount, { application, field: sum })}</span>
          )}
          <span className="grow" />
          {rest.slice(0, 2).map((column) => (column.field.type === 'reference'
            ? <span key={column.path} className="rest trunc">{plain(column)}</span>
            : <span key={column.path}>{show(column)}</span>))}
          {person && (
            <span data-tip={plain(person)}>
              <Avatar name={plain(person)} /><span className="hidden-text">{plain(person)}</span>
            </span>
          )}
        </div>
      )}
    </li>
  );
}
