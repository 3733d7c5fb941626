import { useSyncExternalStore } from 'react';
import { useApplication } from '../api/application.tsx';
import type { Stop, Task } from '../api/flow_types.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { type Asked, actIcons, offerOf, wordOf } from './acts.ts';
import { OpinionInput, OpinionFoot } from './opinion_input.tsx';
import { nameOf } from './person.tsx';
import type { Deciding } from './use_deciding.ts';

interface TaskBarProps {
  task: Task;
  deciding: Deciding;
}

const phrases = ['fine', 'check', 'more'];
const query = '(min-width: 1240px)';
const subscribe = (listener: () => void) => {
  const media = matchMedia(query);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
};
const useRoom = () => useSyncExternalStore(subscribe, () => matchMedia(query).matches);

/** The foot of a task on a desk: words, and what can be done, the usual at the right. */
export function TaskBar({ task, deciding }: TaskBarProps) {
  const t = useT();
  const room = useRoom();
  const { main, reject, takeBack, asked } = offerOf(task.can);
  const { setComment, busy, press, ask } = deciding;
  const inSight: Asked[] = room ? ['add_sign', 'transfer', 'return'] : ['return'];
  const shown = inSight.filter((act) => asked.includes(act));
  const rest = asked.filter((act) => !shown.includes(act));
  const writes = main !== null || reject;
  if (!writes && asked.length === 0 && !takeBack) return null;
  return (
    <div className="act">
      {writes && (
        <Phrases onPick={setComment} next={main === 'approve' ? task.run.next[0] : null} />
      )}
      <div className="row">
        {writes ? (
          <OpinionInput
            task={task} deciding={deciding} className="grow"
            onSubmit={main ? () => void press(main) : undefined}
          />
        ) : <span className="grow" />}
        <MoreActs acts={rest} onAsk={ask} />
        {shown.map((act) => (
          <Button key={act} icon={actIcons[act]} onClick={() => ask(act)}>
            {t(`task.act.${act}`)}
          </Button>
        ))}
        {takeBack && (
          <Button icon={actIcons.take_back} busy={busy === 'take_back'}
            onClick={() => void press('take_back')}>
            {t('task.act.take_back')}
          </Button>
        )}
        {reject && (
          <Button look="bad" icon={actIcons.reject} busy={busy === 'reject'} data-act="reject"
            onClick={() => void press('reject')}>
            {t('task.act.reject')}
          </Button>
        )}
        {main && (
          <Button look="primary" icon={actIcons[main]} busy={busy === main} data-act="main"
            onClick={() => void press(main)}>
            {t(`task.act.${wordOf(main, task)}`)}
          </Button>
        )}
      </div>
      <OpinionFoot deciding={deciding} />
    </div>
  );
}

export function MoreActs({ acts, onAsk }: { acts: Asked[]; onAsk: (act: Asked) => void }) {
  const t = useT();
  if (acts.length === 0) return null;
  return (
    <Menu
      label={t('task.more')} side="top-start"
      items={acts.map((act) => ({
        label: t(`task.act.${act}`), icon: actIcons[act], run: () => onAsk(act) }))}
      trigger={(props) => (
        <button type="button" className="btn more" {...props}>
          <Icon name="more" /><span>{t('task.more')}</span>
        </button>
      )}
    />
  );
}

interface PhrasesProps {
  onPick: (text: string) => void;
  next?: Stop | null | undefined;
}

/** Words that are often said, and who comes after. */
export function Phrases({ onPick, next = null }: PhrasesProps) {
  const t = useT();
  const { formats } = useApplication();
  const people = next?.people.map(({ name }) => nameOf({ id: '', name })) ?? [];
  return (
    <div className="qk">
      <span className="qk-name">{t('task.phrases')}</span>
      {phrases.map((phrase) => (
        <button
          key={phrase} type="button" className="phrase"
          onClick={() => onPick(t(`task.phrase.${phrase}`))}
        >
          {t(`task.phrase.${phrase}`)}
        </button>
      ))}
      <span className="grow" />
      {people.length > 0 && (
        <span className="qk-next">
          {t('task.after', { label: next?.label, people: formats.list(people) })}
        </span>
      )}
    </div>
  );
}
