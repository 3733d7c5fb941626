import './hands.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApplication } from '../api/application.tsx';
import { fetchHands, handsKey } from '../api/hands.ts';
import type { AppObject, HandAction, Ownership, RecordData } from '../api/types.ts';
import { useT } from '../i18n/i18n.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { HandDialog } from './hand_dialog_lazy.tsx';
import { Ledger } from './ledger.tsx';
import { useHands } from './use_hands.ts';
import { whyNot } from './why.ts';

interface HandsPanelProps {
  object: AppObject;
  record: RecordData;
}

const actions: HandAction[] = ['claim', 'extend', 'release', 'return', 'assign'];
const asked = new Set<HandAction>(['release', 'return', 'assign']);

/** In whose hands the record is, what may be done about it, and who had it when. */
export function HandsPanel({ object, record }: HandsPanelProps) {
  const t = useT();
  const { formats } = useApplication();
  const [asking, setAsking] = useState<HandAction | null>(null);
  const { run, busy } = useHands(object);
  const { data } = useQuery({
    queryKey: [...handsKey(object.name, record.id), record.version],
    queryFn: ({ signal }) => fetchHands(object.name, record.id, signal),
    placeholderData: (before, query) => (query?.queryKey[3] === record.id ? before : undefined),
  });
  const now = data?.now;
  if (!now) return null;
  const offers = actions.flatMap((action) => {
    const refusals = now.actions[action];
    return refusals ? [{ action, why: whyNot(refusals, formats) }] : [];
  });
  const reasons = offers.filter(({ why }) => why);
  const press = (action: HandAction) => {
    if (asked.has(action)) setAsking(action);
    else void run(record.id, action);
  };
  return (
    <section className="hands" aria-labelledby="hands-title">
      <div className="sec"><h2 id="hands-title">{t('hands.title')}</h2></div>
      <div className="hands-now">
        {now.owner && <Avatar name={now.owner.name} size={32} />}
        <div className="grow">
          <b>{now.in_pool ? t('hands.in_pool', { pool: now.pool.label }) : now.owner?.name}</b>
          <ul className="hands-facts">
            {factsOf(now, formats.dateTime.bind(formats), t).map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        </div>
      </div>
      {offers.length > 0 && (
        <div className="hands-do">
          {offers.map(({ action, why }) => (
            <Button
              key={action} look={action === 'claim' && !why ? 'primary' : 'outline'} size="sm"
              busy={busy === action} aria-disabled={why ? true : undefined}
              aria-describedby={why ? `why-${action}` : undefined}
              onClick={() => !why && press(action)}
            >
              {t(`hands.${action}`)}
            </Button>
          ))}
        </div>
      )}
      {reasons.map(({ action, why }) => (
        <p key={action} id={`why-${action}`} className="hands-why">
          {t('hands.not', { what: t(`hands.${action}`), why })}
        </p>
      ))}
      <Ledger entries={data.entries} />
      {asking && (
        <HandDialog
          object={object} action={asking} busy={busy !== null} onClose={() => setAsking(null)}
          onRun={(details) => {
            void run(record.id, asking, details).then((done) => done && setAsking(null));
          }}
        />
      )}
    </section>
  );
}

function factsOf(
  now: Ownership, moment: (text: string) => string, t: ReturnType<typeof useT>,
): string[] {
  const facts: string[] = [];
  if (now.since) facts.push(t('hands.since', { at: moment(now.since) }));
  if (now.protected_until && Date.parse(now.protected_until) > Date.now()) {
    facts.push(t('hands.protected', { at: moment(now.protected_until) }));
  }
  if (now.due_at) {
    facts.push(t('hands.due', { at: moment(now.due_at), pool: now.pool.label, why: now.due }));
  }
  if (now.extensions > 0) {
    facts.push(t('hands.extended', { times: now.extensions, bound: now.extensions_max }));
  }
  return facts;
}
