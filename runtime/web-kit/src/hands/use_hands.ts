import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApplication } from '../api/application.tsx';
import { changeHands, changeHandsOfMany, type HandDetails } from '../api/hands.ts';
import { recordKeys } from '../api/records.ts';
import type { AppObject, HandAction, RecordData } from '../api/types.ts';
import { useT } from '../i18n/i18n.ts';
import { toast } from '../ui/toast_store.ts';
import { whyFailed, whyRefused } from './why.ts';

const atOnceMax = 200;

/** What those of these rows may do that the server offers for any of them. */
export const offered = (rows: RecordData[], action: HandAction): RecordData[] =>
  rows.filter(({ may }) => may?.actions?.[action]);

/** Carries out an action of a pool, and says what came of it. */
export function useHands(object: AppObject) {
  const t = useT();
  const client = useQueryClient();
  const { formats } = useApplication();
  const [busy, setBusy] = useState<HandAction | null>(null);
  const readAgain = () => client.invalidateQueries({ queryKey: recordKeys.object(object.name) });

  const run = async (id: string, action: HandAction, details: HandDetails = {}) => {
    setBusy(action);
    try {
      await changeHands(object.name, id, action, details);
      toast(t(`hands.done.${action}`));
      return true;
    } catch (error) {
      toast(whyFailed(error, action, formats), { bad: true });
      return false;
    } finally {
      setBusy(null);
      await readAgain();
    }
  };

  const runMany = async (rows: RecordData[], action: HandAction, details: HandDetails = {}) => {
    setBusy(action);
    const ids = rows.map(({ id }) => id);
    let count = 0;
    let why = '';
    try {
      for (let from = 0; from < ids.length; from += atOnceMax) {
        const { results } = await changeHandsOfMany(
          object.name, ids.slice(from, from + atOnceMax), action, details);
        count += results.filter(({ status }) => status < 300).length;
        why ||= whyRefusedFirst(results);
      }
    } catch (error) {
      why = whyFailed(error, action, formats);
    }
    setBusy(null);
    const refused = ids.length - count;
    toast(refused === 0 ? t('hands.many', { count, what: t(`hands.${action}`) })
      : t('hands.some', { done: count, count: refused, why }), { bad: refused > 0 });
    await readAgain();
  };
  return { run, runMany, busy };
}

const whyRefusedFirst = (results: { error?: Parameters<typeof whyRefused>[0] }[]): string => {
  const refused = results.find(({ error }) => error);
  return refused ? whyRefused(refused.error) : '';
};
