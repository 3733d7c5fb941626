import { useInfiniteQuery } from '@tanstack/react-query';
import { useApplication } from '../api/application.tsx';
import { fetchFlowRuns, flowAdminKeys, type RunsFilter } from '../api/flow_admin.ts';
import type { FlowPage, FlowRun } from '../api/flow_admin_types.ts';
import { runHref } from '../api/flows.ts';
import { momentText } from '../approval/moment.ts';
import { nameOf } from '../approval/person.tsx';
import { RunTag } from '../approval/run_item.tsx';
import { useNow } from '../approval/use_now.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty_state.tsx';
import { ErrorState } from '../ui/error_state.tsx';
import { Link } from '../ui/link.tsx';
import { Picker } from '../ui/picker.tsx';
import { Tag } from '../ui/tag.tsx';
import { lookAgainMs } from './flows_list.tsx';

interface FlowRunsProps {
  flow: FlowPage;
  filter: RunsFilter;
  onFilter: (filter: RunsFilter) => void;
}

const which = ['running', 'suspended', 'finished', 'incidents', 'overdue'] as const;

/** Runs of the flow, the newest first: which, on which version. */
export function FlowRuns({ flow, filter, onFilter }: FlowRunsProps) {
  const t = useT();
  const asked: RunsFilter = { state: filter.state, version: filter.version, only: filter.only };
  const query = useInfiniteQuery({
    queryKey: flowAdminKeys.runs(flow.name, asked), initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => fetchFlowRuns(flow.name, asked, pageParam, signal),
    getNextPageParam: ({ next }) => next, refetchInterval: lookAgainMs,
  });
  const runs = query.data?.pages.flatMap((page) => page.runs) ?? [];
  const chosen = filter.only ?? filter.state ?? '';
  const choose = (value: string) => onFilter(value === 'incidents' || value === 'overdue'
    ? { state: undefined, only: value } : { state: value || undefined, only: undefined });
  const options = ['', ...which].map((value) => ({ value, label: t(`flows.which.${value || 'all'}`)
  }));
  const shownOf = (list: { value: string; label: string }[], value: string) =>
    list.find((one) => one.value === value)?.label ?? '';
  const labelled = (key: string, shown: string) => t('flows.labelled', { label: t(key), shown });
  const versions = [{ value: '', label: t('flows.any_version') }, ...flow.versions.map(
    ({ version }) => ({ value: String(version), label: t('run.version', { version }) }))];
  return (
    <>
      <div className="flow-filter">
        <Picker
          small value={[chosen]} options={options} shown={shownOf(options, chosen)}
          label={labelled('flows.which.label', shownOf(options, chosen))}
          onChange={([value = '']) => choose(value)}
        />
        {flow.versions.length > 1 && (
          <Picker
            small value={[filter.version ?? '']} options={versions}
            shown={shownOf(versions, filter.version ?? '')}
            label={labelled('flows.version', shownOf(versions, filter.version ?? ''))}
            onChange={([value = '']) => onFilter({ version: value || undefined })}
          />
        )}
      </div>
      {query.isPending && (
        <div className="flow-run-wait" aria-busy="true" role="status" aria-label={t('loading')}>
          {[0, 1, 2, 3, 4].map((row) => <span className="sk" key={row} />)}
        </div>
      )}
      {query.isError && runs.length === 0 && (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      )}
      {query.isSuccess && runs.length === 0 && (chosen || filter.version ? (
        <EmptyState
          compact art="misfit" title={t('flows.none_such.title')} text={t('flows.none_such.text')}
          action={<Button size="sm" onClick={() => onFilter({
            state: undefined, only: undefined, version: undefined })}>{t('list.clear')}</Button>}
        />
      ) : (
        <EmptyState compact art="joining" title={t('flows.no_runs.title')}
          text={t('flows.no_runs.text')} />
      ))}
      {runs.length > 0 && (
        <ul className="flow-runs">{runs.map((run) => <RunRow key={run.run} run={run} />)}</ul>
      )}
      {query.hasNextPage && (
        <Button look="ghost" size="sm" icon="down" busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}>{t('more')}</Button>
      )}
    </>
  );
}

function RunRow({ run }: { run: FlowRun }) {
  const t = useT();
  const { formats } = useApplication();
  const now = useNow();
  const [place] = run.at;
  const people = run.at.flatMap((one) => one.people).map(nameOf);
  return (
    <li>
      <Link href={runHref(run.run)}>
        <span className="row">
          <RunTag state={run.state} result={run.result} />
          <b className="trunc grow">{run.record.title ?? run.run}</b>
          <time className="dim" dateTime={run.started_at}>
            {momentText(run.finished_at ?? place?.since ?? run.started_at, formats, now)}
          </time>
        </span>
        <span className="row under">
          <span className="trunc grow">
            {place ? people.length > 0
              ? t('todo.at', { label: place.label, people: formats.list(people) }) : place.label
              : t('flows.by', { name: nameOf(run.initiator) })}
          </span>
          {run.incidents > 0 && (
            <Tag look="bad" icon="alert">{t('run.incidents', { count: run.incidents })}</Tag>
          )}
          {run.overdue > 0 && <Tag look="bad" icon="clock">{t('flows.overdue')}</Tag>}
          {run.returns > 0 && <Tag>{t('flows.returned', { count: run.returns })}</Tag>}
        </span>
      </Link>
    </li>
  );
}
