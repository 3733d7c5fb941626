import { useEffect, useRef } from 'react';
import { useApplication } from '../api/application.tsx';
import type { SimulatedPerson, Simulation, SimulationStep } from '../api/flow_admin_types.ts';
import { momentText } from '../approval/moment.ts';
import { nameOf, Who } from '../approval/person.tsx';
import { useT } from '../i18n/i18n.ts';
import { startId } from '../run/layout.ts';
import { Icon } from '../ui/icon.tsx';
import { SimulationNotes } from './simulation_notes.tsx';

interface SimulationResultProps {
  simulation: Simulation;
  at: number;
  onAt: (at: number) => void;
}

const icons: Record<SimulationStep['what'], [string, string]> = {
  submit: ['send', 'brand'], approve: ['sign', 'ok'], complete: ['check', 'ok'],
  reject: ['x', 'bad'], return: ['reply', 'warn'], time: ['clock', ''], event: ['bolt', ''] };

/** What happened step by step, whom it asked and why; what there is to know. */
export function SimulationResult({ simulation, at, onAt }: SimulationResultProps) {
  const t = useT();
  return (
    <>
      <SimulationNotes simulation={simulation} part="warnings" />
      <h3 className="sim-h">{t('sim.trace')}</h3>
      <ol className="tl trace">
        {simulation.steps.map((step, index) => (
          <TraceItem
            key={index} step={step} simulation={simulation} here={index === at}
            later={index > at} onOpen={() => onAt(index)} index={index}
          />
        ))}
      </ol>
      <SimulationNotes simulation={simulation} part="rest" />
    </>
  );
}

interface TraceItemProps {
  step: SimulationStep;
  index: number;
  simulation: Simulation;
  here: boolean;
  later: boolean;
  onOpen: () => void;
}

function TraceItem({ step, index, simulation, here, later, onOpen }: TraceItemProps) {
  const t = useT();
  const { formats } = useApplication();
  const [icon, look] = icons[step.what];
  const mends = step.node === startId;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (here && index > 0) item.current?.scrollIntoView({ block: 'nearest' });
  }, [here]);
  const before = simulation.steps[index - 1];
  const fresh = step.open.filter(({ node }) => !before?.open.some((one) => one.node === node));
  const day = Date.parse(simulation.steps[0]?.at ?? step.at);
  return (
    <li ref={item} className={`${here ? 'here' : ''}${later ? ' later' : ''}`}>
      <span className={`k ${look}`}><Icon name={icon} /></span>
      <div>
        <button type="button" className="h" aria-current={here ? 'step' : undefined}
          onClick={onOpen}>
          <b>{step.person ? nameOf(step.person) : t(`sim.by.${step.what}`)}</b>
          <span className="mid">{t(`sim.did.${mends ? 'mend' : step.what}`, {
            to: step.to ?? '', event: step.event ?? '' })}</span>
          <time dateTime={step.at} title={formats.dateTime(step.at)}>
            {momentText(step.at, formats, day)}
          </time>
        </button>
        {step.label && !mends && <p className="d dim">{step.label}</p>}
        {fresh.map(({ node, label, people }) => (
          <div key={node} className="asks">
            <p className="d">{node === startId ? t('sim.asks_start') : t('sim.asks', { label })}</p>
            <ul>
              {people.map((person) => (
                <li key={person.id}>
                  <Asked person={person}
                    known={simulation.people.find((one) => one.node === node
                      && one.person.id === person.id)} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </li>
  );
}

function Asked({ person, known }: {
  person: SimulatedPerson['person'];
  known: SimulatedPerson | undefined;
}) {
  const t = useT();
  const why = known ? t(`sim.why.${known.why}`) : '';
  return (
    <>
      <Who person={person} behalf={known?.behalf_of ?? null} />
      {known && (
        <small className="dim">
          {known.source && known.why !== 'users'
            ? t('sim.why_named', { why, source: known.source }) : why}
        </small>
      )}
    </>
  );
}
