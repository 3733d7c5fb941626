import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { addDays, addMonths, monthGrid } from '../format/dates.ts';
import type { Formats } from '../format/formats.ts';
import { t } from '../i18n/i18n.ts';
import { Button } from './button.tsx';
import { IconButton } from './icon_button.tsx';

interface CalendarProps {
  value: string | null;
  today: string;
  formats: Formats;
  onChoose: (date: string | null) => void;
  clearable?: boolean;
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A month to choose a day from; arrows walk days, Page Up and Page Down months. */
export function Calendar({ value, today, formats, onChoose, clearable = true }: CalendarProps) {
  const [at, setAt] = useState(value ?? today);
  const grid = useRef<HTMLTableElement>(null);
  const walked = useRef(false);

  useEffect(() => {
    if (walked.current) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [at]);

  const walk = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const to = step !== undefined ? addDays(at, step)
      : event.key === 'PageUp' ? addMonths(at, -1)
        : event.key === 'PageDown' ? addMonths(at, 1) : null;
    if (!to) return;
    event.preventDefault();
    walked.current = true;
    setAt(to);
  };
  const turn = (months: number) => {
    walked.current = false;
    setAt(addMonths(at, months));
  };
  const [year = 0, month = 1] = at.split('-').map(Number);

  return (
    <div className="cal">
      <div className="row">
        <b className="grow" aria-live="polite">{formats.month(year, month - 1)}</b>
        <IconButton icon="left" size="sm" label={t('calendar.before')} onClick={() => turn(-1)} />
        <IconButton icon="right" size="sm" label={t('calendar.after')} onClick={() => turn(1)} />
      </div>
      <table ref={grid} onKeyDown={walk}>
        <thead>
          <tr>{formats.weekdays().map((day) => <th key={day} scope="col">{day}</th>)}</tr>
        </thead>
        <tbody>
          {monthGrid(at).map((week, index) => (
            <tr key={index}>
              {week.map((date, day) => (
                <td key={date ?? day}>
                  {date && (
                    <button
                      type="button" tabIndex={date === at ? 0 : -1} aria-pressed={date === value}
                      aria-current={date === today ? 'date' : undefined}
                      data-first={date === at || undefined}
                      aria-label={formats.dateLong(date)} onClick={() => onChoose(date)}
                    >
                      {Number(date.slice(8))}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row">
        <Button look="ghost" size="sm" onClick={() => onChoose(today)}>
          {t('calendar.today')}
        </Button>
        <span className="grow" />
        {clearable && value && (
          <Button look="ghost" size="sm" onClick={() => onChoose(null)}>{t('pick.clear')}</Button>
        )}
      </div>
    </div>
  );
}
