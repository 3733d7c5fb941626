import './approval.css';
import { useApplication } from '../api/application.tsx';
import type { RecordRuns } from '../api/flow_types.ts';
import { runHref } from '../api/flows.ts';
import type { AppObject } from '../api/types.ts';
import { columnOf } from '../fields/columns.ts';
import { useT } from '../i18n/i18n.ts';
import { spanText } from '../format/span.ts';
import { Icon } from '../ui/icon.tsx';
import { Link } from '../ui/link.tsx';
import { nameOf } from './person.tsx';
import { useNow } from './use_now.ts';

export interface RunBandProps {
  object: AppObject;
  runs: RecordRuns;
}

/** The run that a record is in: where, with whom, since when, and what it keeps from others. */
export default function RunBand({ object, runs }: RunBandProps) {
  const t = useT();
  const application = useApplication();
  const { formats } = application;
  const now = useNow();
  const going = runs.runs.filter(({ state }) => state !== 'finished');
  const fields = runs.lock?.fields?.map((name) =>
    columnOf(application, object.name, name)?.label ?? name);
  return going.map((run) => {
    const holds = runs.lock?.run === run.id;
    const people = run.at.flatMap((place) => place.people).map(nameOf);
    const [place] = run.at;
    return (
      <div className={`band${run.state === 'suspended' ? ' warn' : ''}`} key={run.id}>
        <Icon name={holds ? 'lock' : 'branch'} />
        <div className="grow">
          <p>
            {run.state === 'suspended' ? t('band.suspended', { flow: run.flow.label })
              : place && people.length ? t('band.at', {
                flow: run.flow.label, label: place.label, people: formats.list(people),
                span: spanText(now - Date.parse(place.since ?? run.started_at)) })
                : t('band.runs', { flow: run.flow.label })}
          </p>
          {holds && (
            <p className="mid">
              {fields ? t('band.locks', { fields: formats.list(fields) })
                : t('band.locked', { object: object.label })}
            </p>
          )}
        </div>
        <Link className="link" href={runHref(run.id)}>{t('band.open')}</Link>
      </div>
    );
  });
}
