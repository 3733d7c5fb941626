import { useState } from 'react';
import { useApplication } from '../api/application.tsx';
import type { Run } from '../api/flow_types.ts';
import { momentText } from '../approval/moment.ts';
import { nameOf } from '../approval/person.tsx';
import { Said } from '../approval/said.tsx';
import { useT } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Tag } from '../ui/tag.tsx';
import { countEntries, type HistoryFilter, type RoundEntry, roundsOf } from './rounds.ts';
import { useNow } from '../approval/use_now.ts';

const icons: Record<string, [string, string]> = {
  began: ['send', 'brand'], approved: ['sign', 'ok'], done: ['check', 'ok'],
  rejected: ['x', 'bad'], returned: ['reply', 'warn'], commented: ['comment', ''],
  answered: ['comment', ''], transferred: ['swap', ''], lent: ['help', ''],
  added: ['useradd', ''], removed: ['minus', ''], urged: ['bell', ''], reminded: ['bell', ''],
  escalated: ['alert', 'warn'], overdue: ['clock', 'bad'], copied: ['mail', ''],
  incident: ['alert', 'bad'], retried: ['refresh', ''], suspended: ['lock', 'warn'],
  resumed: ['play', ''], finished: ['flag', 'ok'], taken_back: ['undo', ''],
  moved: ['arrow', ''], due: ['clock', ''], migrated: ['branch', ''],
  variables: ['edit', ''], approvers: ['users', ''] };

/** Everything that happened, the newest first; rounds apart, what was made void struck through. */
export function RunHistory({ run }: { run: Run }) {
  const t = useT();
  const { formats } = useApplication();
  const now = useNow();
  const [filter, setFilter] = useState<HistoryFilter>('all');
  const rounds = roundsOf(run, filter);
  const options = (['all', 'decisions', 'engine'] as const).map((value) => ({
    value, label: value === 'all'
      ? t('run.filter.all', { count: countEntries(roundsOf(run, 'all')) })
      : t(`run.filter.${value}`) }));
  return (
    <>
      <div className="hh">
        <h2>{t('run.history')}</h2><span className="grow" />
        <Segmented label={t('run.shown')} value={filter} options={options} onChange={setFilter} />
      </div>
      {rounds.length === 0 && <p className="none">{t('run.nothing')}</p>}
      {rounds.map((round, index) => (
        <section key={round.number}>
          {(rounds.length > 1 || round.number > 1) && (
            <h3 className="rd">
              <b>{t('run.round_number', { number: round.number })}</b>
              <span>{index === 0 ? t('run.round_since', {
                at: momentText(round.since, formats, now) }) : t('run.round_void')}</span>
            </h3>
          )}
          <ol className="tl">
            {round.entries.map((entry) => (
              <HistoryItem key={entry.n} run={run} entry={entry} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

/** Whose seat was opened, or given up, by no act of theirs. */
function askedOf(run: Run, { what, other, seat }: RoundEntry) {
  if (what === 'opened' && other) return other;
  if (what !== 'opened' && what !== 'cancelled') return null;
  return run.seats.find(({ task }) => task === seat)?.holder ?? null;
}

function HistoryItem({ run, entry }: { run: Run; entry: RoundEntry }) {
  const t = useT();
  const { formats } = useApplication();
  const now = useNow();
  const [icon, look] = icons[entry.what] ?? ['history', ''];
  const asked = askedOf(run, entry);
  const who = asked || entry.actor ? nameOf(asked ?? entry.actor)
    : entry.node_label || t('person.engine');
  const node = asked || entry.actor ? entry.node_label : null;
  return (
    <li className={entry.superseded ? 'sup' : ''}>
      <span className={`k ${entry.superseded ? '' : look}`}><Icon name={icon} /></span>
      <div>
        <div className="h">
          <b>{who}</b>
          <span className="mid">
            {t(`history.${asked && entry.what === 'opened' ? 'opened_for' : entry.what}`)}
          </span>
          <time dateTime={entry.at} title={formats.dateTime(entry.at)}>
            {momentText(entry.at, formats, now)}
          </time>
        </div>
        {entry.behalf_of && (
          <p className="d dim">{t('person.for', { name: nameOf(entry.behalf_of) })}</p>
        )}
        {(node || (entry.other && !asked)) && (
          <p className="d dim">
            {node && <span>{node}</span>}
            {entry.other && !asked && <span>{t('opinion.to', { name: nameOf(entry.other) })}</span>}
          </p>
        )}
        {entry.due_at && (
          <p className="d dim">{t('route.due', { at: formats.dateTime(entry.due_at) })}</p>
        )}
        {entry.from_version && entry.to_version && (
          <p className="d dim">{t('run.by_version', {
            from: entry.from_version, to: entry.to_version })}</p>
        )}
        {entry.comment && <p className="d prose words">{entry.comment}</p>}
        <Said object={run.record.object} said={entry} />
        {entry.reason && <p className="d dim">{entry.reason}</p>}
        {entry.superseded && <Tag>{t('opinion.superseded')}</Tag>}
      </div>
    </li>
  );
}
