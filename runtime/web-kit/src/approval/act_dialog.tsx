import { useState } from 'react';
import type { ActBody } from '../api/flows.ts';
import type { Task } from '../api/flow_types.ts';
import type { Referred } from '../fields/columns.ts';
import type { SentFile } from '../fields/inputs/use_uploads.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { addPositions, type Asked } from './acts.ts';
import { attachedIds, useAttaching } from './attaching.tsx';
import { Choices } from './choices.tsx';
import { CommentField } from './comment_field.tsx';
import { PeopleInput } from './people_input.tsx';
import { nameOf } from './person.tsx';

interface ActDialogProps {
  task: Task;
  act: Asked;
  comment: string;
  files: SentFile[];
  busy: boolean;
  onRun: (verb: string, body: ActBody) => void;
  onClose: () => void;
}

const forPeople = new Set<Asked>(['transfer', 'delegate', 'add_sign', 'cc']);
const forMany = new Set<Asked>(['add_sign', 'cc']);

/** What has to be said before it is done: to whom, where to, in which way, and why. */
export default function ActDialog(props: ActDialogProps) {
  const { task, act, busy, onRun, onClose } = props;
  const t = useT();
  const positions = addPositions(task.can);
  const [people, setPeople] = useState<Referred[]>([]);
  const [comment, setComment] = useState(props.comment);
  const [files, setFiles] = useState(props.files);
  const attaching = useAttaching(files, setFiles);
  const [node, setNode] = useState(task.return_targets[0]?.node ?? '');
  const [direct, setDirect] = useState(false);
  const [position, setPosition] = useState<string>(positions[0] ?? 'after');
  const [seat, setSeat] = useState(task.removable[0]?.seat ?? '');
  const [tried, setTried] = useState(false);
  const lacks = (forPeople.has(act) && people.length === 0)
    || (act === 'comment' && !comment.trim() && files.length === 0);

  const run = () => {
    setTried(true);
    if (lacks) return;
    const words = { comment: comment.trim(), ...attachedIds(files) };
    const ids = people.map(({ id }) => id);
    const bodies: Record<Asked, ActBody> = {
      'return': { node, direct, ...words },
      'transfer': { to: ids[0], ...words },
      'delegate': { to: ids[0], ...words },
      'add_sign': { position, people: ids, ...words },
      'remove_sign': { seat },
      'comment': words,
      'cc': { people: ids, ...words },
      'urge': words,
    };
    onRun(act, bodies[act]);
  };
  return (
    <Dialog
      title={t(`task.ask.${act}`)} onClose={onClose}
      footer={(
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" busy={busy || attaching.busy} onClick={run}>
            {t(`task.act.${act}`)}
          </Button>
        </>
      )}
    >
      <p className="mid">{t(`task.why.${act}`)}</p>
      {act === 'return' && (
        <>
          <Choices
            label={t('task.return_to')} value={node} onChange={setNode}
            options={task.return_targets.map((one) => ({
              value: one.node,
              label: one.node === '$start' ? t('task.to_start', {
                name: nameOf(task.initiator) }) : one.label }))}
          />
          <div className="field gap">
            <Checkbox checked={direct} shown label={t('task.direct')} onChange={setDirect} />
          </div>
        </>
      )}
      {forPeople.has(act) && (
        <PeopleInput
          id="act-people" label={t(act === 'add_sign' ? 'task.whom' : 'task.to_whom')}
          value={people} onChange={setPeople} multiple={forMany.has(act)}
          {...(tried && lacks ? { describedBy: 'act-lack' } : {})}
        />
      )}
      {tried && lacks && (
        <p className="help bad" id="act-lack" role="alert">
          {t(act === 'comment' ? 'task.comment_missing' : 'task.nobody')}
        </p>
      )}
      {act === 'add_sign' && (
        <Choices
          label={t('task.position')} value={position} onChange={setPosition}
          options={positions.map((one) => ({
            value: one, label: t(`task.add.${one}`), hint: t(`task.add_hint.${one}`) }))}
        />
      )}
      {act === 'remove_sign' && (
        <Choices
          label={t('task.removed')} value={seat} onChange={setSeat}
          options={task.removable.map((one) => ({
            value: one.seat, label: nameOf(one.person) }))}
        />
      )}
      {act !== 'remove_sign' && (
        <CommentField
          id="act-comment" value={comment} onChange={setComment} onSubmit={run}
          first={!forPeople.has(act)} attaching={attaching}
        />
      )}
    </Dialog>
  );
}
