import { useApplication } from '../api/application.tsx';
import type { Task } from '../api/flow_types.ts';
import { useT } from '../i18n/i18n.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { actIcons, offerOf, wordOf } from './acts.ts';
import { OpinionInput, OpinionFoot } from './opinion_input.tsx';
import { nameOf } from './person.tsx';
import { routeSteps, type Step } from './route_steps.ts';
import { Phrases } from './task_bar.tsx';
import type { Deciding } from './use_deciding.ts';

interface TaskSheetProps {
  task: Task;
  deciding: Deciding;
}

/** The foot of a task on a phone, within reach of one thumb. */
export function TaskSheet({ task, deciding }: TaskSheetProps) {
  const t = useT();
  const { main, reject, takeBack, asked } = offerOf(task.can);
  const { setComment, busy, press, ask } = deciding;
  const writes = main !== null || reject;
  const back = asked.includes('return');
  const rest = asked.filter((act) => act !== 'return');
  if (!writes && asked.length === 0 && !takeBack) return null;
  return (
    <section className="sheetb" aria-label={t('task.decide')}>
      <Chain steps={routeSteps(task.run)} />
      {writes && (
        <>
          <OpinionInput task={task} deciding={deciding} className="note" short />
          <OpinionFoot deciding={deciding} />
          <Phrases onPick={setComment} />
        </>
      )}
      <div className="acts">
        {rest.length > 0 && (
          <Menu
            label={t('task.more')} side="top-start"
            items={rest.map((act) => ({
              label: t(`task.act.${act}`), icon: actIcons[act], run: () => ask(act) }))}
            trigger={(props) => (
              <button type="button" className="btn icon" aria-label={t('task.more')} {...props}>
                <Icon name="more" size={20} />
              </button>
            )}
          />
        )}
        {reject && (
          <Button look="bad" busy={busy === 'reject'} onClick={() => void press('reject')}>
            {t('task.act.reject')}
          </Button>
        )}
        {back && <Button onClick={() => ask('return')}>{t('task.act.return')}</Button>}
        {takeBack && (
          <Button busy={busy === 'take_back'} onClick={() => void press('take_back')}>
            {t('task.act.take_back')}
          </Button>
        )}
        {main && (
          <Button look="primary" className="main" busy={busy === main} data-act="main"
            onClick={() => void press(main)}>
            {t(`task.act.${wordOf(main, task)}`)}
          </Button>
        )}
      </div>
    </section>
  );
}

const chainMax = 4;

/** Four stops around the one that is on. */
function Chain({ steps }: { steps: Step[] }) {
  const t = useT();
  const { me } = useApplication();
  const now = Math.max(0, steps.findIndex(({ state }) => state !== 'done'));
  const from = Math.max(0, Math.min(now - 1, steps.length - chainMax));
  return (
    <ol className="chain">
      {steps.slice(from, from + chainMax).map((step) => {
        const [only] = step.people;
        const name = step.people.length === 1 && only
          ? only.person.id === me.id ? t('person.you') : nameOf(only.person)
          : step.people.length ? t('route.people', { count: step.people.length }) : '';
        return (
          <li key={step.key} className={step.state}>
            <span className="faces">
              {step.people.length === 0 && <span className="face"><Icon name="flag" /></span>}
              {step.people.slice(0, 3).map((one) => (
                <Avatar key={one.key} name={nameOf(one.person)} size={28} />
              ))}
            </span>
            <span className="trunc">{name}</span>
            <small className="trunc">
              {step.kind === 'start' ? t('route.submitted') : step.label}
            </small>
          </li>
        );
      })}
    </ol>
  );
}
