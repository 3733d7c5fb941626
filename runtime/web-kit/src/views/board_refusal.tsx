import { useEffect, useRef } from 'react';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon_button.tsx';
import type { Refusal } from './use_move.ts';

interface BoardRefusalProps {
  refusal: Refusal;
  to: string;
  onDismiss: () => void;
  onMend: () => void;
}

/** Why a card may not come here, at the place where it was let go. */
export function BoardRefusal({ refusal, to, onDismiss, onMend }: BoardRefusalProps) {
  const t = useT();
  const { problems, said } = refusal;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which is no way to clean up.
    box.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, []);
  return (
    <div className="blk" ref={box}>
      <h3><Icon name="lock" /><span className="grow">{t('board.not_ready', { to })}</span>
        <IconButton icon="x" size="sm" label={t('close')} onClick={onDismiss} /></h3>
      <ul>
        {(problems.length ? problems.map(({ message }) => message) : [said]).map((message) => (
          <li key={message}><Icon name="alert" size={14} />{message}</li>
        ))}
      </ul>
      <Button size="sm" onClick={onMend}>{t('board.mend')}</Button>
    </div>
  );
}
