import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

interface ConfirmProps {
  title: string;
  text: string;
  yes: string;
  no: string;
  bad?: boolean;
  onYes: () => void;
  onNo: () => void;
}

export function Confirm({ title, text, yes, no, bad = false, onYes, onNo }: ConfirmProps) {
  return (
    <Dialog
      title={title} onClose={onNo} alert
      footer={(
        <>
          <Button onClick={onNo} data-first>{no}</Button>
          <Button look={bad ? 'bad' : 'primary'} onClick={onYes}>{yes}</Button>
        </>
      )}
    >
      <p className="mid">{text}</p>
    </Dialog>
  );
}
