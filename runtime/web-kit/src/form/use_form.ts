import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { ApiError } from '../api/api_error.ts';
import { useApplication } from '../api/application.tsx';
import { noteCreated, noteSaved } from '../api/live.ts';
import { checkRecord, createRecord, updateRecord } from '../api/records.ts';
import type { AppObject, RecordData } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { formulaCompiler } from './formula_adapter.ts';
import { FormStore } from './form_store.ts';
import { startingValues } from './starting_values.ts';

export interface FormClash {
  current: RecordData;
  fields: string[];
}

interface FormSetup {
  object: AppObject;
  record: RecordData | null;
  preset: Record<string, unknown> | undefined;
}

const checkAfterMs = 350;

/** The draft, its judge on the server, and saving it. */
export function useForm({ object, record, preset }: FormSetup) {
  const client = useQueryClient();
  const application = useApplication();
  const { me, today } = application;
  const [turn, setTurn] = useState(0);
  const [version, setVersion] = useState(record?.version ?? null);
  const [clash, setClash] = useState<FormClash | null>(null);
  const [busy, setBusy] = useState(false);
  const sent = useRef({ body: '', key: '' });
  const form = useMemo(() => new FormStore({
    object, initial: record ?? {},
    draft: { ...(record ? {} : startingValues(object, me, today)), ...preset },
    compile: formulaCompiler(application, application.app.time_zone),
    objects: application.object, scope: { today, user: me.id },
    startLine: (line) => startingValues(line, me, today),
  }), [turn]);

  useEffect(() => form.adopt(object, application.object), [form, object]);
  const dirty = useSyncExternalStore(form.subscribe, () => form.dirty);

  useEffect(() => {
    let asked = -1;
    let abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      abort = new AbortController();
      checkRecord(object.name, {
        ...(record ? { id: record.id } : {}), fields: form.draft(),
      }, abort.signal).then((reply) => form.noteCheck(reply), () => undefined);
    };
    // Not by drawing again: that would cost at each key.
    const look = () => {
      if (!form.asksServer || form.revision === asked) return;
      clearTimeout(timer);
      abort.abort();
      timer = setTimeout(ask, asked < 0 ? 0 : checkAfterMs);
      asked = form.revision;
    };
    look();
    const leave = form.subscribe(look);
    return () => {
      leave();
      clearTimeout(timer);
      abort.abort();
    };
  }, [form, object.name]);

  const save = async (): Promise<RecordData | null> => {
    setBusy(true);
    const changed = form.changed();
    try {
      if (!record) {
        // The same body again is the same wish: a lost answer must not make two records.
        const body = JSON.stringify(changed);
        if (sent.current.body !== body) sent.current = { body, key: crypto.randomUUID() };
        const made = await createRecord(object.name, changed, sent.current.key);
        sent.current = { body: '', key: '' };
        noteCreated(client, object.name);
        return made;
      }
      const saved = await updateRecord(object.name, record.id, version, changed);
      noteSaved(client, object.name, saved, Object.keys(changed));
      return saved;
    } catch (error) {
      const api = error instanceof ApiError ? error : null;
      if (api?.code === 'conflict' && api.current) {
        const both = api.fields.filter((name) => name in changed);
        setClash({ current: api.current, fields: both });
      } else form.refuse(api?.problems ?? [], api?.said ?? t('save.failed'));
      return null;
    } finally {
      setBusy(false);
    }
  };

  return {
    form, save, busy, clash, dirty,
    again: () => setTurn((count) => count + 1),
    /** Takes theirs in the named fields and goes on from what they saved. */
    settle: (theirs: string[]) => {
      if (!clash) return;
      form.rebaseOn(clash.current, theirs);
      setVersion(clash.current.version);
      setClash(null);
    },
    giveUp: () => setClash(null),
  };
}
