import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import { type ActBody, actOnRun, flowKeys } from '../api/flows.ts';
import { OneWish } from '../approval/one_wish.ts';
import { whyRefused } from '../approval/use_task_acts.ts';
import { t } from '../i18n/i18n.ts';
import { toast } from '../ui/toast_store.ts';

/** Carries out what somebody does with a run: once, however often it is pressed. */
export function useRunActs(id: string) {
  const client = useQueryClient();
  const { formats } = useApplication();
  const [busy, setBusy] = useState<string | null>(null);
  const wish = useRef(new OneWish());
  const act = async (verb: string, body: ActBody): Promise<boolean> => {
    const key = wish.current.begin(verb, body);
    if (!key) return false;
    setBusy(verb);
    try {
      const run = await actOnRun(id, verb, { ...body, request_id: key });
      wish.current.done();
      client.setQueryData(flowKeys.run(id), run);
      toast(t(`run.done.${verb}`));
      return true;
    } catch (error) {
      wish.current.failed();
      toast(whyRefused(error, formats), { bad: true });
      return false;
    } finally {
      setBusy(null);
      void client.invalidateQueries({ queryKey: flowKeys.runs });
      void client.invalidateQueries({ queryKey: flowKeys.tasks });
    }
  };
  return { act, busy };
}
