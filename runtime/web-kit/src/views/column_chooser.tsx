import { useRef, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import type { AppObject } from '../api/types.ts';
import { columnOf } from '../fields/columns.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { IconButton } from '../ui/icon_button.tsx';
import { Popover } from '../ui/popover.tsx';

interface ColumnChooserProps {
  object: AppObject;
  names: string[];
  changed: boolean;
  onNames: (names: string[] | null) => void;
}

/** Which columns, and in what order; kept on this device for this view. */
export function ColumnChooser({ object, names, changed, onNames }: ColumnChooserProps) {
  const t = useT();
  const application = useApplication();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const label = (path: string) => columnOf(application, object.name, path)?.label ?? path;
  const rest = object.fields.filter(({ children }) => !children).map(({ name }) => name)
    .filter((name) => !names.includes(name) && name !== 'id' && name !== 'version');
  const move = (index: number, by: number) => {
    const next = [...names];
    const [one] = next.splice(index, 1);
    if (one) next.splice(index + by, 0, one);
    onNames(next);
  };
  return (
    <>
      <Button
        ref={anchor} look="ghost" size="sm" icon="cols" aria-haspopup="dialog" aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {t('columns.title')}
      </Button>
      {open && (
        <Popover anchor={anchor} onClose={() => setOpen(false)} side="bottom-end"
          label={t('columns.title')} className="columns">
          <ul>
            {names.map((name, index) => (
              <li key={name}>
                <Checkbox
                  checked shown label={label(name)} disabled={index === 0}
                  onChange={() => onNames(names.filter((one) => one !== name))}
                />
                <span className="grow" />
                {index > 1 && (
                  <IconButton
                    icon="up" size="sm" label={t('columns.up', { label: label(name) })}
                    onClick={() => move(index, -1)}
                  />
                )}
                {index > 0 && index < names.length - 1 && (
                  <IconButton
                    icon="down" size="sm" label={t('columns.down', { label: label(name) })}
                    onClick={() => move(index, 1)}
                  />
                )}
              </li>
            ))}
          </ul>
          {rest.length > 0 && (
            <ul className="more">
              {rest.map((name) => (
                <li key={name}>
                  <Checkbox
                    checked={false} shown label={label(name)}
                    onChange={() => onNames([...names, name])}
                  />
                </li>
              ))}
            </ul>
          )}
          <div className="row">
            <Button look="ghost" size="sm" icon="undo" disabled={!changed}
              onClick={() => onNames(null)}>
              {t('columns.reset')}
            </Button>
          </div>
        </Popover>
      )}
    </>
  );
}
