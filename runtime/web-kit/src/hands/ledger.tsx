import { useApplication } from '../api/application.tsx';
import type { LedgerEntry } from '../api/types.ts';
import { useT } from '../i18n/i18n.ts';

/** Who had the record when, the newest first, and how it came to that. */
export function Ledger({ entries }: { entries: LedgerEntry[] }) {
  const t = useT();
  const { formats } = useApplication();
  if (entries.length === 0) return null;
  const name = (one: LedgerEntry['by']) => one?.name || t('hands.somebody');
  const said = (entry: LedgerEntry) => {
    const names = { previous: name(entry.previous), chosen: name(entry.chosen),
      by: entry.by ? name(entry.by) : t('timeline.system') };
    if (entry.kind === 'assign') {
      return t(entry.chosen ? 'hands.entry.assign' : 'hands.entry.nobody', names);
    }
    return t(`hands.entry.${entry.kind}`, names);
  };
  const why = (entry: LedgerEntry) => [
    entry.row_label || entry.reason, entry.team,
    ...entry.skipped.map(({ user, name: unknown, reason }) => t('hands.skipped', {
      name: unknown ?? name(user), why: t(`hands.skip.${reason}`) })),
  ].filter(Boolean).join(t('comma'));
  return (
    <details className="ledger">
      <summary>{t('hands.ledger', { count: entries.length })}</summary>
      <ol>
        {entries.map((entry, index) => (
          <li key={`${entry.at} ${index}`}>
            <span>{said(entry)}</span>
            {why(entry) && <span className="dim">{why(entry)}</span>}
            <time dateTime={entry.at} className="dim">{formats.dateTime(entry.at)}</time>
          </li>
        ))}
      </ol>
    </details>
  );
}
