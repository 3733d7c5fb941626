import { useApplication } from '../api/application.tsx';
import type { Simulation } from '../api/flow_admin_types.ts';
import { nameOf } from '../approval/person.tsx';
import { columnOf } from '../fields/columns.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import { cellOf } from '../fields/field_types.tsx';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';

interface SimulationNotesProps {
  simulation: Simulation;
  part: 'warnings' | 'rest';
}

const known = new Set(['overdue', 'nobody', 'fallback', 'waits', 'not_asked', 'too_long']);

/** What to know of a simulation beside its steps. */
export function SimulationNotes({ simulation, part }: SimulationNotesProps) {
  if (part === 'warnings') return <Warnings simulation={simulation} />;
  return (
    <>
      <Dropped simulation={simulation} />
      <RecordAtEnd simulation={simulation} />
      <Ways simulation={simulation} />
    </>
  );
}

function Warnings({ simulation }: { simulation: Simulation }) {
  const t = useT();
  if (simulation.warnings.length === 0) {
    return <p className="sim-fine"><Icon name="check" size={14} />{t('sim.no_warnings')}</p>;
  }
  return (
    <ul className="sim-warnings" aria-label={t('sim.warnings')}>
      {simulation.warnings.map((warning, index) => (
        <li key={index}>
          <Icon name="alert" size={14} />
          <span>
            {warning.label && <b>{warning.label} </b>}
            {known.has(warning.rule) ? t(`sim.warn.${warning.rule}`) : warning.message}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Dropped({ simulation }: { simulation: Simulation }) {
  const t = useT();
  if (simulation.dropped.length === 0) return null;
  return (
    <section>
      <h3 className="sim-h">{t('sim.dropped')}</h3>
      <ul className="sim-list">
        {simulation.dropped.map((one, index) => (
          <li key={index}>
            <span className="grow">{nameOf(one.person)} <span className="dim">{one.label}</span>
            </span>
            <small className="mid">{t(`sim.drop_why.${one.reason}`)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The first fields as they are at the end: those that the form shows and that hold something. */
function RecordAtEnd({ simulation }: { simulation: Simulation }) {
  const t = useT();
  const application = useApplication();
  const { values, run } = simulation;
  const object = application.object(run.record.object);
  if (!values || !object) return null;
  const fields = object.fields.filter((field) => !field.system && !field.children
    && !isEmptyValue(values[field.name]));
  return (
    <details className="sim-more">
      <summary>{t('sim.at_end', { object: object.label })}</summary>
      <dl className="sim-values">
        {fields.map((field) => {
          const column = columnOf(application, object.name, field.name);
          return column && (
            <div key={field.name}>
              <dt>{field.label}</dt>
              <dd>{cellOf(column.read(values), { application, field: column.field })}</dd>
            </div>
          );
        })}
      </dl>
    </details>
  );
}

function Ways({ simulation }: { simulation: Simulation }) {
  const t = useT();
  const taken = simulation.ways.filter((way) => way.taken).length;
  return (
    <details className="sim-more">
      <summary>{t('sim.ways', { taken, count: simulation.ways.length })}</summary>
      <ul className="sim-list">
        {simulation.ways.map(({ node, label, way, taken: been }) => (
          <li key={`${node} ${way}`} className={been ? '' : 'dim'}>
            <Icon name={been ? 'check' : 'minus'} size={14} />
            <span className="grow">{label}</span>
            <small>{t(`sim.way.${way}`, { defaultValue: way })}</small>
            <span className="hidden-text">{t(been ? 'sim.taken' : 'sim.not_taken')}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
