import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { isComposing, isSubmitKey } from '../a11y/submit_key.ts';
import { useApplication } from '../api/application.tsx';
import { recordHref, useNavigation } from '../api/navigation.tsx';
import type { AppObject, RecordData } from '../api/types.ts';
import { useT } from '../i18n/i18n.ts';
import { tellWarnings } from '../record/tell_warnings.ts';
import { Banner } from '../ui/banner.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { IconButton } from '../ui/icon_button.tsx';
import { Tag } from '../ui/tag.tsx';
import { toast } from '../ui/toast_store.ts';
import { FormConflict } from './form_conflict.tsx';
import { FormField } from './form_field.tsx';
import { FormFooter } from './form_footer.tsx';
import { type Place, rootSlotOf } from './form_lines.ts';
import { formSections } from './form_sections.ts';
import { setUnsaved, useReportUnsaved } from './unsaved.ts';
import { useForm } from './use_form.ts';

interface FormBodyProps {
  object: AppObject;
  record: RecordData | null;
  preset: Record<string, unknown> | undefined;
  title: string;
  onClose: () => void;
  onSaved: (record: RecordData, another: boolean) => void;
  /** Instead of saving: what was filled in. */
  onTake?: ((values: Record<string, unknown>) => void) | undefined;
}

/** The form in its drawer: sections, problems at their fields, keys for everything. */
export function FormBody(props: FormBodyProps) {
  const { object, record, preset, title, onClose, onSaved, onTake } = props;
  const t = useT();
  const application = useApplication();
  const navigation = useNavigation();
  const { form, save, busy, clash, dirty, again, settle, giveUp } = useForm({
    object, record, preset });
  const [leaving, setLeaving] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const base = useId();
  const sections = formSections(application, object);
  const order = sections.flatMap((section) => section.fields);
  const idOf = (name: string) => `${base}-${name}`;
  useReportUnsaved(dirty);

  const close = () => (dirty ? setLeaving(true) : onClose());
  const last = useRef(0);
  const goTo = (place: Place | undefined) => {
    const slot = place && rootSlotOf(place.node);
    if (place && slot) form.reveal.get(slot)?.(place);
    else if (place) document.getElementById(idOf(place.field))?.focus();
  };
  const submit = async (another: boolean, flow?: string) => {
    if (busy) return;
    if (form.attempt(order).length) {
      goTo(form.places(order, 'wrong')[0]);
      return;
    }
    if (onTake) {
      setUnsaved(false);
      onTake(form.changed());
      return;
    }
    const saved = await save();
    if (!saved) {
      goTo(form.places(order, 'wrong')[0]);
      if (form.general.length) body.current?.scrollTo({ top: 0 });
      return;
    }
    toast(t(record ? 'form.saved' : 'form.made', { object: object.label }));
    tellWarnings(saved, navigation);
    setUnsaved(false);
    if (flow) {
      navigation.go(recordHref(object.name, saved.id, { submit: flow }), { replace: true });
      return;
    }
    onSaved(saved, another);
    if (another) again();
  };
  const key = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && isSubmitKey(event)) {
      event.preventDefault();
      void submit(event.shiftKey && !record);
    } else if (event.key === 'F8' && !isComposing(event)) {
      event.preventDefault();
      const hits = [...form.places(order, 'wrong'), ...form.places(order, 'lacking')];
      const now = hits.findIndex(({ node, field }) => node === form.record
        && document.activeElement?.id === idOf(field));
      last.current = (now >= 0 ? now : last.current) + 1;
      goTo(hits[last.current % hits.length]);
    }
  };
  useEffect(() => {
    last.current = -1;
    body.current?.querySelector<HTMLElement>('input,textarea,button')?.focus();
  }, [form]);

  return (
    <Dialog
      kind="drawer" title={title} onClose={close} wide={form.record.shape.children.length > 0}
      header={(
        <>
          {dirty && <Tag>{t('form.unsaved')}</Tag>}
          <span className="grow" />
          <IconButton icon="x" label={t('close')} onClick={close} />
        </>
      )}
      footer={(
        <FormFooter
          form={form} order={order} making={!record} busy={busy} object={object}
          taking={Boolean(onTake)}
          onSave={(another) => void submit(another)} onProblem={goTo}
          onSubmit={(flow) => void submit(false, flow)}
        />
      )}
    >
      <div className="form-body" ref={body} onKeyDown={key}>
        {form.general.length > 0 && (
          <Banner look="bad" title={t('form.refused')}>{form.general.join(' ')}</Banner>
        )}
        {sections.map((section, index) => (
          <fieldset key={section.label ?? index}>
            {section.label && <legend>{section.label}</legend>}
            <div className={`fg${section.columns === 1 ? ' one' : ''}`}>
              {section.fields.map((name) => (
                <FormField key={name} form={form} name={name} id={idOf(name)} />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
      {leaving && (
        <Confirm
          title={t('unsaved.title')} text={t('unsaved.text')} yes={t('unsaved.leave')}
          no={t('unsaved.stay')} bad onNo={() => setLeaving(false)}
          onYes={() => {
            setUnsaved(false);
            onClose();
          }}
        />
      )}
      {clash && (
        <FormConflict
          object={object} clash={clash} form={form} onCancel={giveUp} onSettle={settle}
        />
      )}
    </Dialog>
  );
}
