import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { Button } from '@tenon/web-kit/ui/button.tsx';
import { Dialog } from '@tenon/web-kit/ui/dialog.tsx';
import { Kbd } from '@tenon/web-kit/ui/kbd.tsx';

const rows: [string[], string][] = [
  [['Ctrl K'], 'keys.palette'], [['/'], 'keys.search'], [['N'], 'keys.new'],
  [['↑', '↓', '←', '→'], 'keys.walk'], [['Enter', 'F2'], 'keys.edit'], [['Space'], 'keys.select'],
  [['O'], 'keys.open'], [['Esc'], 'keys.back'], [['M'], 'keys.move'],
  [['Ctrl Enter'], 'keys.save'], [['F8'], 'keys.problem'], [['?'], 'keys.title'],
  [['J', 'K'], 'keys.task_walk'], [['X'], 'keys.task_choose'],
  [['A', 'Enter'], 'keys.task_approve'],
  [['R', 'Enter'], 'keys.task_reject'], [['C'], 'keys.task_comment'],
];

export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  return (
    <Dialog
      title={t('keys.title')} onClose={onClose}
      footer={<Button onClick={onClose} data-first>{t('close')}</Button>}
    >
      <dl className="keys-list">
        {rows.map(([keys, text]) => (
          <div key={text}>
            <dt>{t(text)}</dt>
            <dd>{keys.map((key) => <Kbd key={key}>{key}</Kbd>)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
