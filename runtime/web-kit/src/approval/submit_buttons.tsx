import { useEffect } from 'react';
import type { RecordRuns } from '../api/flow_types.ts';
import type { AppObject } from '../api/types.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon_button.tsx';
import { Menu } from '../ui/menu.tsx';
import { usePhone } from '../ui/use_phone.ts';
import { SubmitDialog } from './submit_dialog_lazy.tsx';
import { submittable, wordOfFlow } from './use_record_runs.ts';

export interface SubmitButtonsProps {
  object: AppObject;
  record: string;
  title: string;
  runs: RecordRuns | null;
  /** The flow whose dialog is open. */
  open: string | undefined;
  onOpen: (flow: string | undefined) => void;
}

/** A button for each flow that a record can be submitted to; many share one. */
export default function SubmitButtons(props: SubmitButtonsProps) {
  const { object, record, title, runs, open, onOpen } = props;
  const t = useT();
  const phone = usePhone();
  const flows = submittable(object, runs);
  const asked = flows.find(({ name }) => name === open);
  useEffect(() => {
    if (open && runs && !asked) onOpen(undefined);
  }, [open, runs, asked]);
  const [only] = flows;
  return (
    <>
      {flows.length === 1 && only && (phone ? (
        <IconButton icon="send" label={wordOfFlow(only)} onClick={() => onOpen(only.name)} />
      ) : (
        <Button look="primary" icon="send" onClick={() => onOpen(only.name)}>
          {only.submit ? t('submit.to', { flow: only.label }) : wordOfFlow(only)}
        </Button>
      ))}
      {flows.length > 1 && (
        <Menu
          label={t('submit.go')} side="bottom-end"
          items={flows.map((flow) => ({
            label: wordOfFlow(flow), icon: 'send', run: () => onOpen(flow.name) }))}
          trigger={(trigger) => (phone
            ? <IconButton icon="send" label={t('submit.go')} {...trigger} />
            : <Button look="primary" icon="send" {...trigger}>{t('submit.go')}</Button>)}
        />
      )}
      {asked && (
        <SubmitDialog flow={asked} record={record} title={title}
          onClose={() => onOpen(undefined)} onSubmitted={() => onOpen(undefined)} />
      )}
    </>
  );
}
