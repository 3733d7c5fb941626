import { useApplication } from '../api/application.tsx';
import type { Run, RunSeat } from '../api/flow_types.ts';
import { momentText } from '../approval/moment.ts';
import { nameOf, Who } from '../approval/person.tsx';
import { spanText } from '../format/span.ts';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { Tag } from '../ui/tag.tsx';
import { type Box, endId, startId } from './layout.ts';
import { nodeIcons } from './node_icons.ts';
import type { NodeState } from './node_state.ts';
import { peopleMax } from './node_size.ts';
import { useNow } from '../approval/use_now.ts';

/** What took less took no time. */
const leastMs = 1000;

interface GraphNodeProps {
  run: Run;
  box: Box;
  label: string;
  kind: string;
  state: NodeState;
  /** The first of what is to come. */
  isNext: boolean;
}

/** A node of the graph: what it is, how it stands, who has it since when. */
export function GraphNode({ run, box, label, kind, state, isNext }: GraphNodeProps) {
  const t = useT();
  const { formats } = useApplication();
  const now = useNow();
  const place = { left: box.x, top: box.y, width: box.width, height: box.height };
  if (box.id === endId || kind === 'end') {
    const ended = run.state === 'finished' && (box.id === endId
      ? run.result !== 'withdrawn' && run.result !== 'suppressed' : state.state === 'done');
    return (
      <li className={`end${ended ? ' done' : ''}`} style={place}>
        <Icon name="flag" size={14} /><span className="trunc">{label}</span>
      </li>
    );
  }
  const look = { done: 'ok', now: 'now', incident: 'bad', later: '' }[state.state];
  const icon = box.id === startId ? 'send' : nodeIcons[kind] ?? 'box';
  return (
    <li className={`nd ${state.state}`} style={place}>
      <Flag state={state} />
      <div className="t">
        <span className={`k ${look}`}>
          <Icon name={state.state === 'done' && box.id === startId ? 'check' : icon} size={14} />
        </span>
        <span className="trunc">{label}</span>
        {isNext && <Tag>{t('route.next')}</Tag>}
        {(state.spent_ms ?? 0) >= leastMs && box.id !== startId && (
          <span className="spent">{spanText(state.spent_ms ?? 0)}</span>
        )}
        {box.id === startId && (
          <time className="spent dim" dateTime={run.started_at}>
            {momentText(run.started_at, formats, now)}
          </time>
        )}
      </div>
      {box.id === startId && state.seats.length === 0 && (
        <p><Who person={run.initiator} /></p>
      )}
      {state.seats.slice(0, peopleMax).map((seat) => <SeatLine key={seat.task} seat={seat} />)}
      {state.seats.length > peopleMax && (
        <p className="dim">{t('run.more_people', { count: state.seats.length - peopleMax })}</p>
      )}
      {state.seats.length === 0 && state.next.length > 0 && (
        <p>{state.next.length === 1 && state.next[0] ? <Who person={state.next[0]} />
          : <span className="trunc">{formats.list(state.next.map(nameOf))}</span>}</p>
      )}
      {state.before.length > 0 && (
        <p className="old">
          <s className="trunc">
            {t('run.before', { what: t(`seat.${state.before.at(-1)?.state ?? 'cancelled'}`),
              name: nameOf(state.before.at(-1)?.actor ?? state.before.at(-1)?.holder) })}
          </s>
        </p>
      )}
    </li>
  );
}

/** Above a node where the run is: since when, and whether it has stopped. */
function Flag({ state }: { state: NodeState }) {
  const t = useT();
  const { formats } = useApplication();
  const now = useNow();
  if (state.state !== 'now' && state.state !== 'incident') return null;
  const bad = state.state === 'incident';
  const at = state.since ? momentText(state.since, formats, now) : '';
  const [open, ...others] = state.seats.filter((seat) => seat.state === 'open');
  const text = bad ? t('run.stopped', { at })
    : open && others.length === 0
      ? t('run.has_since', { name: nameOf(open.helper ?? open.holder), at })
      : t('run.since', { at });
  return (
    <span className={`tok${bad ? ' bad' : ''}`}>
      <Icon name={bad ? 'alert' : 'clock'} size={12} />{text}
    </span>
  );
}

function SeatLine({ seat }: { seat: RunSeat }) {
  const t = useT();
  const { formats } = useApplication();
  const now = useNow();
  const decided = seat.state !== 'open' && seat.state !== 'waiting';
  const due = seat.due_at ? Date.parse(seat.due_at) - now : null;
  const text = decided ? t(`seat.${seat.state}`)
    : seat.state === 'waiting' ? t('seat.waiting')
      : due === null ? seat.opened_at && momentText(seat.opened_at, formats, now)
        : t(due < 0 ? 'due.over' : 'due.left', { span: spanText(due) });
  return (
    <p>
      <Who person={decided ? seat.actor ?? seat.holder : seat.helper ?? seat.holder}
        behalf={seat.behalf_of} />
      <small className={due !== null && due < 0 && !decided ? 'bad' : 'dim'}>{text}</small>
    </p>
  );
}
