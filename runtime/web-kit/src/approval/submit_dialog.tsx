import './approval.css';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiError } from '../api/api_error.ts';
import { useApplication } from '../api/application.tsx';
import { flowKeys, previewFlow, runHref, startFlow } from '../api/flows.ts';
import type { AppFlow, Run } from '../api/flow_types.ts';
import { useNavigation } from '../api/navigation.tsx';
import type { Referred } from '../fields/columns.ts';
import { useT } from '../i18n/i18n.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toast_store.ts';
import { CommentField } from './comment_field.tsx';
import { OneWish } from './one_wish.ts';
import { PeopleInput } from './people_input.tsx';
import { Route } from './route.tsx';
import { stepsOfStops } from './route_steps.ts';

export interface SubmitDialogProps {
  flow: AppFlow;
  record: string;
  title: string;
  onClose: () => void;
  onSubmitted: (run: Run) => void;
}

type Chosen = Record<string, Referred[]>;

const idsOf = (chosen: Chosen) => Object.fromEntries(Object.entries(chosen)
  .map(([node, people]) => [node, people.map(({ id }) => id)]));

/** Before something is submitted: which way it will go, with whom, until when. */
export default function SubmitDialog(props: SubmitDialogProps) {
  const { flow, record, title, onClose, onSubmitted } = props;
  const t = useT();
  const client = useQueryClient();
  const { formats } = useApplication();
  const { go } = useNavigation();
  const [chosen, setChosen] = useState<Chosen>({});
  const [comment, setComment] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const wish = useRef(new OneWish());
  const submission = { record, chosen: idsOf(chosen), variables: {} };
  const preview = useQuery({
    queryKey: [...flowKeys.runs, 'preview', flow.name, submission], retry: false, staleTime: 0,
    queryFn: ({ signal }) => previewFlow(flow.name, submission, signal),
    placeholderData: keepPreviousData,
  });
  const chooses = flow.chooses ?? [];
  const lacks = chooses.filter(({ node }) => !chosen[node]?.length);
  const stops = preview.data?.stops ?? [];

  const submit = async () => {
    setTried(true);
    if (lacks.length) {
      document.getElementById(`choose-${lacks[0]?.node}`)?.focus();
      return;
    }
    const body = { ...submission, comment: comment.trim() };
    const key = wish.current.begin(flow.name, body);
    if (!key) return;
    setBusy(true);
    setProblem(null);
    try {
      const run = await startFlow(flow.name, body, key);
      wish.current.done();
      void client.invalidateQueries({ queryKey: flowKeys.runs });
      void client.invalidateQueries({ queryKey: flowKeys.tasks });
      toast(t(run.state === 'finished' ? `submit.ended.${run.result || 'completed'}`
        : 'submit.done', { title }), {
        action: { label: t('open'), run: () => go(runHref(run.id)) } });
      onSubmitted(run);
    } catch (error) {
      wish.current.failed();
      const api = error instanceof ApiError ? error : null;
      setProblem(api?.problems.map(({ message }) => message).join(' ')
        || (api?.said ?? t('submit.failed')));
      if (api?.status === 409) void client.invalidateQueries({ queryKey: flowKeys.runs });
    } finally {
      setBusy(false);
    }
  };
  const said = preview.error instanceof ApiError ? preview.error.said : null;
  return (
    <Dialog
      title={t('submit.title', { flow: flow.label })} onClose={onClose}
      footer={(
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" icon="send" busy={busy} disabled={preview.isPending}
            onClick={() => void submit()}>
            {t('submit.go')}
          </Button>
        </>
      )}
    >
      <p className="mid">{t('submit.what', { title })}</p>
      {chooses.map(({ node, label }) => (
        <PeopleInput
          key={node} id={`choose-${node}`} label={t('submit.choose', { label })} multiple
          value={chosen[node] ?? []}
          onChange={(people) => setChosen((before) => ({ ...before, [node]: people }))}
          {...(tried && !chosen[node]?.length ? { describedBy: `choose-${node}-lack` } : {})}
        />
      ))}
      {tried && lacks.map(({ node, label }) => (
        <p key={node} className="help bad" id={`choose-${node}-lack`} role="alert">
          {t('submit.choose_missing', { label })}
        </p>
      ))}
      <section className="submit-route" aria-label={t('submit.route')} tabIndex={0}
        aria-busy={preview.isFetching}>
        {preview.isPending && <p className="none" role="status">{t('loading')}</p>}
        {preview.isError && <p className="none bad" role="alert">{said ?? t('submit.no_route')}</p>}
        {preview.isSuccess && stops.length === 0 && (
          <p className="none">{t(`submit.at_once.${preview.data.result}`)}</p>
        )}
        {stops.length > 0 && <Route steps={stepsOfStops(stops)} />}
        {stops.some(({ due_at: due }) => due) && (
          <p className="none t12">{t('submit.until', {
            at: formats.dateTime(stops.map(({ due_at: due }) => due ?? '').sort().at(-1) ?? '') })}
          </p>
        )}
      </section>
      <CommentField
        id="submit-comment" label={t('submit.comment')} value={comment} onChange={setComment}
        onSubmit={() => void submit()} first={chooses.length === 0}
      />
      {problem && <Banner look="bad" title={t('submit.refused')}>{problem}</Banner>}
    </Dialog>
  );
}
