import { useSyncExternalStore } from 'react';
import type { AppObject } from '../api/types.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { usePhone } from '../ui/use_phone.ts';
import type { Place } from './form_lines.ts';
import type { FormStore } from './form_store.ts';

interface FormFooterProps {
  form: FormStore;
  order: string[];
  making: boolean;
  busy: boolean;
  object: AppObject;
  onSave: (another: boolean) => void;
  /** Saves, and goes on to what it can be submitted to. */
  onSubmit: (flow: string) => void;
  onProblem: (place: Place | undefined) => void;
  /** The values are only taken by whoever asked for them. */
  taking?: boolean;
}

/** What is still to mend or fill, and the one way on. */
export function FormFooter(props: FormFooterProps) {
  const { form, order, making, busy, object, onSave, onSubmit, onProblem, taking = false } = props;
  const t = useT();
  const phone = usePhone();
  const [flow, ...others] = (object.flows ?? []).filter(({ submit }) => submit);
  const mend = useSyncExternalStore(form.subscribe, () => form.places(order, 'wrong').length);
  const fill = useSyncExternalStore(form.subscribe, () => form.places(order, 'lacking').length);
  const first = () => onProblem(
    [...form.places(order, 'wrong'), ...form.places(order, 'lacking')][0]);
  const words = [
    mend > 0 ? t('form.to_mend', { count: mend }) : null,
    fill > 0 ? t('form.to_fill', { count: fill }) : null,
  ].filter(Boolean).join(t('comma'));
  return (
    <>
      <div className="row">
        {words && (
          <button type="button" className={`todo${mend ? ' bad' : ''}`} onClick={first}>
            <Icon name={mend ? 'alert' : 'info'} size={14} /><span>{words}</span>
          </button>
        )}
        <span className="grow" />
        {making && !phone && !taking && (
          <Button disabled={busy} onClick={() => onSave(true)}>{t('form.another')}</Button>
        )}
        {flow && !others.length && !taking && (
          <Button disabled={busy} icon="send" onClick={() => onSubmit(flow.name)}>
            {t('form.submit')}
          </Button>
        )}
        <Button look="primary" busy={busy} onClick={() => onSave(false)}>
          {taking ? t('form.take')
            : making ? t('form.create', { object: object.label }) : t('form.save')}
        </Button>
      </div>
      {!phone && !taking && (
        <div className="keys">
          <span><Kbd>Tab</Kbd>{t('form.keys.next')}</span>
          <span><Kbd>F8</Kbd>{t('form.keys.problem')}</span>
          <span><Kbd>Ctrl Enter</Kbd>{t(making ? 'form.keys.create' : 'form.keys.save')}</span>
          {making && <span><Kbd>Ctrl Shift Enter</Kbd>{t('form.keys.another')}</span>}
          <span className="grow" />
          <span><Kbd>Esc</Kbd>{t('form.keys.close')}</span>
        </div>
      )}
    </>
  );
}
