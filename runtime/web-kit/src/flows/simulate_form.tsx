import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApplication } from '../api/application.tsx';
import type { FlowPage } from '../api/flow_admin_types.ts';
import { fetchRecord } from '../api/records.ts';
import type { AppField } from '../api/types.ts';
import { PeopleInput } from '../approval/people_input.tsx';
import { type Referred, titleOf } from '../fields/columns.ts';
import { ReferenceInput } from '../fields/inputs/reference_input.tsx';
import { FormDrawer } from '../form/form_drawer_lazy.tsx';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Icon } from '../ui/icon.tsx';
import { AnswerRows } from './answer_rows.tsx';
import type { Answer } from './script.ts';

export interface SimulationSetup {
  record: Referred | null;
  values: Record<string, unknown> | null;
  /** Null: who made the record. */
  who: Referred | null;
  /** As the input has it, without a zone; "": now. */
  at: string;
  answers: Answer[];
  othersWait: boolean;
}

interface SimulateFormProps {
  flow: FlowPage;
  setup: SimulationSetup;
  onSetup: (setup: SimulationSetup) => void;
  busy: boolean;
  lack: boolean;
  onGo: () => void;
}

const asField = (name: string, label: string, to: string): AppField => ({
  name, id: name, label, help: null, type: 'reference', to, required: true, unique: false,
  writable: true, system: false, sortable: false, filterable: false });

/** With which record, started by whom and when; what people answer. */
export function SimulateForm({ flow, setup, onSetup, busy, lack, onGo }: SimulateFormProps) {
  const t = useT();
  const application = useApplication();
  const [filling, setFilling] = useState(false);
  const object = application.object(flow.object);
  const set = (change: Partial<SimulationSetup>) => onSetup({ ...setup, ...change });
  const people = flow.graph.nodes.filter(({ kind }) => kind === 'approve' || kind === 'task');
  const label = object?.label ?? flow.object;
  const title = titleOf(application, flow.object);
  const filled = String(setup.values?.[title] ?? t('sim.filled', { object: label }));
  return (
    <div className="sim-form">
      {setup.values ? (
        <div className="field gap">
          <span className="label">{label}</span>
          <div className="row filled">
            <Icon name="edit" size={14} /><span className="grow trunc">{filled}</span>
            <Button size="sm" look="ghost" onClick={() => setFilling(true)}>
              {t('sim.change')}
            </Button>
            <Button size="sm" look="ghost" onClick={() => set({ values: null })}>
              {t('sim.choose_instead')}
            </Button>
          </div>
        </div>
      ) : (
        <div className="field gap">
          <label htmlFor="sim-record">{label}</label>
          <ReferenceInput
            id="sim-record" field={asField('sim-record', label, flow.object)} value={setup.record}
            invalid={lack} {...(lack ? { describedBy: 'sim-record-lack' } : {})}
            onChange={(record) => set({ record: record as Referred | null })}
          />
          {lack && <p className="help bad" id="sim-record-lack" role="alert">
            {t('sim.no_record', { object: label })}</p>}
          {object?.may.create && (
            <Button size="sm" look="ghost" icon="plus" onClick={() => setFilling(true)}>
              {t('sim.fill')}
            </Button>
          )}
        </div>
      )}
      <Starter setup={setup} object={flow.object} onWho={(who) => set({ who })} />
      <div className="field gap">
        <label htmlFor="sim-at">{t('sim.when')}</label>
        <div className="in">
          <input id="sim-at" type="datetime-local" value={setup.at} aria-describedby="sim-at-help"
            onChange={(event) => set({ at: event.target.value })} />
        </div>
        <p className="help" id="sim-at-help">{t('sim.when_help')}</p>
      </div>
      {people.length > 0 && (
        <fieldset className="sim-answers">
          <legend>{t('sim.answers')}</legend>
          <AnswerRows nodes={people} answers={setup.answers}
            onChange={(answers) => set({ answers })} />
          <Checkbox shown checked={setup.othersWait} label={t('sim.others_wait')}
            onChange={(othersWait) => set({ othersWait })} />
        </fieldset>
      )}
      <Button look="primary" icon="play" busy={busy} onClick={onGo}>{t('sim.go')}</Button>
      {filling && object && (
        <FormDrawer
          object={object} id={null} {...(setup.values ? { preset: setup.values } : {})}
          onClose={() => setFilling(false)} onSaved={() => undefined}
          onTake={(values) => {
            set({ values, record: null });
            setFilling(false);
          }}
        />
      )}
    </div>
  );
}

interface StarterProps {
  setup: SimulationSetup;
  object: string;
  onWho: (who: Referred | null) => void;
}

/** Who made the record would submit it, unless somebody else is named. */
function Starter({ setup, object, onWho }: StarterProps) {
  const t = useT();
  const { me } = useApplication();
  const id = setup.record?.id ?? null;
  const { data } = useQuery({
    queryKey: ['records', object, 'one', id, ['created_by']], enabled: id !== null && !setup.who,
    queryFn: ({ signal }) => fetchRecord(object, id ?? '', ['created_by'], signal), retry: false,
  });
  const maker = data?.['created_by'] as Referred | string | null | undefined;
  const made = typeof maker === 'string' ? { id: maker, name: '' } : maker ?? null;
  const shown = setup.who ?? made ?? { id: me.id, name: me.name };
  return (
    <PeopleInput id="sim-who" label={t('sim.starter')} value={[shown]}
      onChange={([person]) => onWho(person ?? null)} />
  );
}
