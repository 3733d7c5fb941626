import { type KeyboardEvent, useId } from 'react';
import { isSubmitKey } from '../a11y/submit_key.ts';
import { useApplication } from '../api/application.tsx';
import type { DraftNode } from '../form/draft_node.ts';
import { FormField } from '../form/form_field.tsx';
import type { FormStore } from '../form/form_store.ts';
import { useFieldState } from '../form/use_field_state.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { IconButton } from '../ui/icon_button.tsx';
import { Menu } from '../ui/menu.tsx';
import type { GridLine } from './grid_rows.ts';
import type { LinesActs } from './lines_acts.ts';
import { fieldsOfLines } from './use_lines.ts';

interface LineSheetProps {
  form: FormStore;
  line: GridLine;
  rows: GridLine[];
  acts: LinesActs;
  label: string;
  onGo: (node: DraftNode | null) => void;
}

/** One line with all of its fields, for a thumb, or for what a cell is too small for. */
export function LineSheet({ form, line, rows, acts, label, onGo }: LineSheetProps) {
  const t = useT();
  const base = useId();
  const { node, number } = line;
  const { locked } = useFieldState(form, node.holder ?? node, node.slot);
  const at = rows.indexOf(line);
  const before = rows[at - 1];
  const after = rows[at + 1];
  const fields = fieldsOfLines(useApplication(), node.shape.object);
  const close = () => {
    form.seal();
    onGo(null);
  };
  const key = (event: KeyboardEvent) => {
    event.stopPropagation();
    if ((event.ctrlKey || event.metaKey) && isSubmitKey(event)) {
      event.preventDefault();
      close();
    }
  };
  return (
    <Dialog
      kind="drawer" title={t('lines.line', { label, number })} onClose={close}
      header={(
        <>
          <span className="grow" />
          <IconButton icon="up" label={t('lines.before')} disabled={!before}
            onClick={() => before && onGo(before.node)} />
          <IconButton icon="down" label={t('lines.after')} disabled={!after}
            onClick={() => after && onGo(after.node)} />
          {!locked && (
            <Menu
              label={t('lines.more')} side="bottom-end"
              items={[
                { label: t('lines.duplicate'), icon: 'copy', run: () => acts.duplicate(node) },
                { label: t('lines.up'), icon: 'up', run: () => acts.move(node, -1) },
                { label: t('lines.down'), icon: 'down', run: () => acts.move(node, 1) },
                { label: t('lines.remove'), icon: 'trash', bad: true, line: true, run: () => {
                  close();
                  acts.remove([node]);
                } },
              ]}
              trigger={(props) => <IconButton icon="more" label={t('lines.more')} {...props} />}
            />
          )}
          <IconButton icon="x" label={t('close')} onClick={close} />
        </>
      )}
      footer={(
        <div className="row">
          {!locked && (
            <Button icon="plus" onClick={() => onGo(acts.add(node) ?? null)}>
              {t('lines.add')}
            </Button>
          )}
          <span className="grow" />
          <Button look="primary" onClick={close}>{t('lines.done')}</Button>
        </div>
      )}
    >
      <div className="form-body" onKeyDown={key} key={node.key}>
        <div className="fg">
          {fields.map(({ name }) => (
            <FormField key={name} form={form} node={node} name={name} id={`${base}-${name}`} />
          ))}
        </div>
      </div>
    </Dialog>
  );
}
