import { useApplication } from '@tenon/web-kit/api/application.tsx';
import { isSubmitKey } from '@tenon/web-kit/a11y/submit_key.ts';
import { useNavigation } from '@tenon/web-kit/api/navigation.tsx';
import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { Dialog } from '@tenon/web-kit/ui/dialog.tsx';
import { Icon } from '@tenon/web-kit/ui/icon.tsx';
import { Kbd } from '@tenon/web-kit/ui/kbd.tsx';
import { Fragment, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { usePaletteRows } from './use_palette_rows.ts';

/** Goes anywhere: menu, new records, and records found by their words. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { app } = useApplication();
  const { go } = useNavigation();
  const [q, setQ] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const { rows, busy } = usePaletteRows(q);
  const at = Math.min(active, Math.max(0, rows.length - 1));

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const choose = (index: number) => {
    const row = rows[index];
    if (!row) return;
    onClose();
    go(row.href);
  };
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && rows.length) {
      event.preventDefault();
      setActive((at + step + rows.length) % rows.length);
    } else if (isSubmitKey(event)) {
      event.preventDefault();
      choose(at);
    }
  };

  return (
    <Dialog title={t('palette.title')} kind="palette" onClose={onClose}>
      <div className="palette-find">
        <Icon name="search" />
        <input
          data-first value={q} onKeyDown={key} role="combobox" aria-expanded
          aria-autocomplete="list" aria-controls="palette-rows" autoComplete="off"
          aria-label={t('palette.title')}
          aria-activedescendant={rows.length ? `palette-${at}` : undefined}
          placeholder={t('palette.placeholder', { app: app.label })}
          onChange={(event) => {
            setQ(event.target.value);
            setActive(0);
          }}
        />
        {busy && <span className="spin" aria-hidden="true" />}
        <Kbd>Esc</Kbd>
      </div>
      <div
        className="palette-rows" id="palette-rows" role="listbox" ref={list}
        aria-label={t('palette.title')}
      >
        {rows.map((row, index) => (
          <Fragment key={row.key}>
            {rows[index - 1]?.group !== row.group && (
              <p className="h" role="presentation">{row.group}</p>
            )}
            <div
              id={`palette-${index}`} role="option" aria-selected={index === at}
              className="palette-row" onMouseMove={() => setActive(index)}
              onClick={() => choose(index)}
            >
              <Icon name={row.icon} />
              <span className="grow trunc">{row.label}</span>
              <small>{row.hint}</small>
            </div>
          </Fragment>
        ))}
      </div>
      {rows.length === 0 && <p className="none">{t(busy ? 'pick.loading' : 'palette.none')}</p>}
    </Dialog>
  );
}
