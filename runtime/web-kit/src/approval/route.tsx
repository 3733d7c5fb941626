import { useApplication } from '../api/application.tsx';
import { useT } from '../i18n/i18n.ts';
import { spanText } from '../format/span.ts';
import { Icon } from '../ui/icon.tsx';
import { Tag } from '../ui/tag.tsx';
import { momentText } from './moment.ts';
import { Who } from './person.tsx';
import type { Step } from './route_steps.ts';
import { useNow } from './use_now.ts';

const icons: Record<string, string> = {
  cc: 'mail', notify: 'bell', record: 'edit', assign: 'sum', decide: 'table', wait: 'clock',
  subflow: 'branch', end: 'flag', task: 'edit', incident: 'alert' };

const glyphOf = ({ state, kind }: Step) => (state === 'done' ? 'check'
  : state === 'stopped' ? 'alert' : icons[kind] ?? '');

const labelOf = (step: Step, t: ReturnType<typeof useT>) => (step.kind !== 'start' ? step.label
  : t(step.key === '$began' ? 'route.submit' : step.state === 'now' ? 'route.sent_back'
    : 'route.again'));

/** The stops of a way, from the top down; the first that is still to come is named so. */
export function Route({ steps }: { steps: Step[] }) {
  const t = useT();
  const { formats } = useApplication();
  const now = useNow();
  const next = steps.findIndex(({ state }) => state === 'later');
  // The submission itself has no number.
  const from = steps[0]?.kind === 'start' ? 0 : 1;
  const going = steps.some(({ state }) => state === 'now');
  return (
    <ol className="route">
      {steps.map((step, index) => (
        <li key={step.key} className={step.state}>
          <span className={`n ${step.state}`}>
            {glyphOf(step) ? <Icon name={glyphOf(step)} size={14} /> : from + index}
          </span>
          <div>
            <div className="l">
              <b>{labelOf(step, t)}</b>
              <span className="grow" />
              {going && index === next && <Tag look="brand">{t('route.next')}</Tag>}
              {step.state === 'done' && step.at && (
                <time className="dim t12" dateTime={step.at} title={formats.dateTime(step.at)}>
                  {momentText(step.at, formats, now)}
                </time>
              )}
              {step.state === 'now' && step.at && (
                <span className="dim t12">
                  {t('route.for', { span: spanText(now - Date.parse(step.at)) })}
                </span>
              )}
            </div>
            {step.people.length > 0 && (
              <ul className="pp">
                {step.people.map((one) => (
                  <li key={one.key}>
                    <Who person={one.person} behalf={one.behalf_of} />
                    {step.people.length > 1 && one.state && one.state !== 'open' && (
                      <small className={one.state === 'rejected' ? 'bad' : 'dim'}>
                        {t(`seat.${one.state}`)}
                      </small>
                    )}
                    {one.added && <small className="dim">{t('route.added')}</small>}
                  </li>
                ))}
              </ul>
            )}
            <RouteNote step={step} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function RouteNote({ step }: { step: Step }) {
  const t = useT();
  const { formats } = useApplication();
  const notes: string[] = [];
  if (step.message) notes.push(step.message);
  if (step.mode && step.people.length > 1) {
    notes.push(t(`route.mode.${step.mode}`, { need: step.need ?? step.people.length }));
  }
  if (step.due_at) notes.push(t('route.due', { at: formats.dateTime(step.due_at) }));
  if (step.people.length === 0 && ['approve', 'task'].includes(step.kind) && !step.message) {
    notes.push(t('route.nobody'));
  }
  return notes.map((note) => (
    <p key={note} className={note === step.message ? 'bad' : ''}>{note}</p>
  ));
}
