import { useEffect, useRef } from 'react';
import { useApplication } from '../api/application.tsx';
import type { ListParams } from '../api/records.ts';
import type { AppField, AppObject, AppOption, RecordData } from '../api/types.ts';
import type { Column } from '../fields/columns.ts';
import { totalCell } from '../fields/field_types.tsx';
import { optionLook } from '../fields/hues.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Tag } from '../ui/tag.tsx';
import { BoardCard } from './board_card.tsx';
import { BoardRefusal } from './board_refusal.tsx';
import type { CardDrag } from './use_card_drag.ts';
import type { Refusal } from './use_move.ts';
import { useRecords } from './use_records.ts';

interface BoardColumnProps {
  object: AppObject;
  group: AppField;
  option: AppOption;
  index: number;
  card: Column[];
  sum: AppField | undefined;
  count: number | null;
  total: unknown;
  params: ListParams;
  drag: CardDrag;
  refusal: Refusal | null;
  onMove: (record: RecordData, to: string) => Promise<void>;
  onDismiss: () => void;
  onMend: (record: RecordData) => void;
}

const cardsAtOnce = 25;

/** One column: how many, how much, 25 cards, the next when its end comes in sight. */
export function BoardColumn(props: BoardColumnProps) {
  const { object, group, option, index, card, sum, count, total, drag, refusal } = props;
  const t = useT();
  const application = useApplication();
  const { rows, query, more, loadMore } = useRecords(object.name, props.params, cardsAtOnce);
  const end = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!more || !end.current) return undefined;
    const watch = new IntersectionObserver((seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) loadMore();
    }, { root: scroller.current, rootMargin: '240px' });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [more, rows.length]);

  useEffect(() => {
    if (refusal) scroller.current?.scrollTo({ top: 0 });
  }, [refusal]);

  const left = count === null ? 0 : count - rows.length;
  const lands = drag.held !== null && drag.over === option.name
    && (drag.held[group.name] ?? '') !== option.name;
  const label = t('board.column', { label: option.label, count: count ?? rows.length });
  return (
    <section
      className={`col${refusal ? ' no' : ''}${lands ? ' lands' : ''}`} aria-label={label}
      data-option={option.name}
    >
      <header className="ch">
        <h2><Tag {...optionLook(option.color, index)}>{option.label}</Tag>
          <small>{count === null ? '' : application.formats.integer(count)}</small></h2>
        {sum && <span className="amt">{totalCell(total ?? '0', { application, field: sum })}</span>}
      </header>
      <div className="col-cards" ref={scroller} tabIndex={0} role="group" aria-label={label}>
        {refusal && (
          <BoardRefusal
            refusal={refusal} to={option.label} onDismiss={props.onDismiss}
            onMend={() => props.onMend(refusal.record)}
          />
        )}
        {lands && <div className="slot" aria-hidden="true" />}
        <ul>
          {rows.map((record) => (
            <BoardCard
              key={record.id} record={record} object={object} group={group} columns={card}
              sum={sum} drag={drag} onMove={props.onMove}
            />
          ))}
        </ul>
        {query.isPending && [0, 1, 2].map((row) => (
          <div className="kc" key={row} aria-hidden="true">
            <span className="sk" style={{ width: '70%' }} />
            <span className="sk" style={{ width: '45%' }} />
          </div>
        ))}
        {query.isError && (
          <p className="none">{t('board.failed')}{' '}
            <Button size="sm" icon="refresh" onClick={() => void query.refetch()}>
              {t('error.retry')}
            </Button>
          </p>
        )}
        {query.isSuccess && rows.length === 0 && !lands && (
          <p className="none">{t('board.empty')}</p>
        )}
        {more && (
          <div ref={end}>
            <Button look="ghost" size="sm" icon="down" onClick={loadMore}>
              {left > 0 ? t('board.more', { count: left }) : t('loading')}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}
