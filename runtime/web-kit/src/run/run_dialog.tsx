import { useState } from 'react';
import type { ActBody } from '../api/flows.ts';
import type { Run } from '../api/flow_types.ts';
import { attachedIds, useAttaching } from '../approval/attaching.tsx';
import { Choices } from '../approval/choices.tsx';
import { CommentField } from '../approval/comment_field.tsx';
import { PeopleInput } from '../approval/people_input.tsx';
import { nameOf } from '../approval/person.tsx';
import type { Referred } from '../fields/columns.ts';
import type { SentFile } from '../fields/inputs/use_uploads.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Picker } from '../ui/picker.tsx';
import { MigrateRunDialog } from './migrate_run_dialog.tsx';
import { liveTokens } from './node_state.ts';
import type { Asking } from './run_view.tsx';
import { sentOf, VariableFields, type VariableValues } from './variable_fields.tsx';
import { VariableRows } from './variable_rows.tsx';
import { readVariables, type VariableRow } from './variables.ts';

interface RunDialogProps {
  run: Run;
  asking: Asking;
  busy: boolean;
  onRun: (verb: string, body: ActBody) => void;
  onClose: () => void;
}

const human = new Set(['approve', 'task']);

/** What has to be said before an act on a run. */
export default function RunDialog(props: RunDialogProps) {
  return props.asking.act === 'migrate' ? <MigrateRunDialog {...props} />
    : <ActDialog {...props} />;
}

/** Where to, to whom, which values, why. */
function ActDialog({ run, asking: { act, token }, busy, onRun, onClose }: RunDialogProps) {
  const t = useT();
  const live = liveTokens(run);
  const open = run.seats.filter(({ state }) => state === 'open' || state === 'waiting');
  const here = run.graph.nodes.find(({ id }) => id === token?.node);
  const nodes = run.graph.nodes.filter(({ kind }) => act !== 'change_approvers' || human.has(kind));
  const [comment, setComment] = useState('');
  const [files, setFiles] = useState<SentFile[]>([]);
  const attaching = useAttaching(files, setFiles);
  const [from, setFrom] = useState(String((token ?? live[0])?.id ?? ''));
  const [node, setNode] = useState('');
  const [port, setPort] = useState(here?.next[0]?.port ?? 'next');
  const [people, setPeople] = useState<Referred[]>([]);
  const [seats, setSeats] = useState<string[]>(open.map(({ task }) => task));
  const [rows, setRows] = useState<VariableRow[]>([{ name: '', value: '' }]);
  const [values, setValues] = useState<VariableValues>({});
  const [tried, setTried] = useState(false);
  const label = (id: string) => run.graph.nodes.find((one) => one.id === id)?.label ?? id;

  const needsNode = act === 'jump' || act === 'change_approvers';
  const needsPeople = act === 'reassign' || act === 'change_approvers' || act === 'cc';
  const set = run.variables ? Object.fromEntries(Object.entries(values)
    .map(([name, value]) => [name, sentOf(value)])) : readVariables(rows);
  const isSilent = !comment.trim() && files.length === 0;
  const lack = needsNode && !node ? 'run.lack.node'
    : needsPeople && people.length === 0 ? 'run.lack.people'
      : act === 'reassign' && seats.length === 0 ? 'run.lack.seats'
        : act === 'variables' && Object.keys(set).length === 0 ? 'run.lack.variables'
          : act === 'comment' && isSilent ? 'task.comment_missing' : null;
  const go = () => {
    setTried(true);
    if (lack) return;
    const words = { comment: comment.trim(), ...attachedIds(files) };
    const ids = people.map(({ id }) => id);
    const bodies: Record<string, [string, ActBody]> = {
      jump: ['jump', { token: Number(from), node, ...words }],
      skip: ['skip', { token: Number(from), port }],
      variables: ['variables', { set }],
      reassign: ['reassign', { seats, to: ids[0] }],
      cc: ['cc', { people: ids, ...words }],
      change_approvers: ['approvers', { node, people: ids }],
    };
    const [verb, body] = bodies[act] ?? [act, words];
    onRun(verb, body);
  };
  const says = !['skip', 'variables', 'reassign', 'change_approvers'].includes(act);
  return (
    <Dialog
      title={t(`run.act.${act}`)} onClose={onClose} alert={act === 'void'}
      footer={(
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look={act === 'void' ? 'bad' : 'primary'} busy={busy || attaching.busy}
            onClick={go}>
            {t(`run.act.${act}`)}
          </Button>
        </>
      )}
    >
      <p className="mid">{t(`run.why.${act}`)}</p>
      {act === 'jump' && !token && live.length > 1 && (
        <Choices label={t('run.from')} value={from} onChange={setFrom}
          options={live.map((one) => ({ value: String(one.id), label: label(one.node) }))} />
      )}
      {needsNode && (
        <div className="field gap">
          <label htmlFor="run-node">{t('run.node')}</label>
          <Picker
            id="run-node" label={t('run.node')} value={node ? [node] : []}
            options={nodes.map((one) => ({ value: one.id, label: one.label }))}
            shown={node ? label(node) : <span className="dim">{t('pick.choose')}</span>}
            onChange={([next = '']) => setNode(next)}
          />
        </div>
      )}
      {act === 'skip' && here && here.next.length > 1 && (
        <Choices label={t('run.port')} value={port} onChange={setPort}
          options={here.next.map((one) => ({ value: one.port,
            label: one.label || (one.to ? label(one.to) : t('run.end')) }))} />
      )}
      {act === 'reassign' && (
        <fieldset className="choices plain">
          <legend>{t('run.seats')}</legend>
          {open.map((seat) => (
            <Checkbox
              key={seat.task} shown checked={seats.includes(seat.task)}
              label={t('run.seat', { name: nameOf(seat.holder), label: label(seat.node) })}
              onChange={(on) => setSeats(on ? [...seats, seat.task]
                : seats.filter((one) => one !== seat.task))}
            />
          ))}
        </fieldset>
      )}
      {needsPeople && (
        <PeopleInput id="run-people" value={people} onChange={setPeople}
          multiple={act !== 'reassign'}
          label={t(act === 'change_approvers' ? 'task.whom' : 'task.to_whom')} />
      )}
      {act === 'variables' && (run.variables
        ? <VariableFields variables={run.variables} values={values} onChange={setValues} />
        : <VariableRows rows={rows} onChange={setRows} />)}
      {says && <CommentField id="run-comment" value={comment} onChange={setComment} onSubmit={go}
        first={!needsNode} attaching={attaching} />}
      {tried && lack && <p className="help bad" role="alert">{t(lack)}</p>}
    </Dialog>
  );
}
