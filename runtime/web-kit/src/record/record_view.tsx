import './record.css';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import { checkRecord, fetchRecord, recordKeys } from '../api/records.ts';
import type { AppObject } from '../api/types.ts';
import { askFor, columnsOf, titleText } from '../fields/columns.ts';
import { RunBand } from '../approval/run_band_lazy.tsx';
import { SubmitButtons } from '../approval/submit_buttons_lazy.tsx';
import { lockOf, submittable, useRecordRuns } from '../approval/use_record_runs.ts';
import { HandsPanel } from '../hands/hands_panel.tsx';
import { useT } from '../i18n/i18n.ts';
import { ErrorState } from '../ui/error_state.tsx';
import { usePhone } from '../ui/use_phone.ts';
import { ConflictDialog } from '../views/conflict_dialog_lazy.tsx';
import { useSave } from '../views/use_save.ts';
import { Link } from '../ui/link.tsx';
import { objectHref } from '../api/navigation.tsx';
import { pageOf } from './page_of.ts';
import { RecordDetails } from './record_details.tsx';
import { RecordHeader } from './record_header.tsx';
import { RecordSkeleton } from './record_skeleton.tsx';
import { RelatedList } from './related_list.tsx';
import { Timeline } from './timeline.tsx';

interface RecordViewProps {
  object: AppObject;
  id: string;
  onEdit: () => void;
  onTitle: (title: string) => void;
  /** The flow whose submission is open. */
  submit: string | undefined;
  onSubmit: (flow: string | undefined) => void;
}

type PhoneTab = 'details' | 'timeline' | number;

/** Everything about one record: what it is, what belongs to it, what happened to it. */
export function RecordView(props: RecordViewProps) {
  const { object, id, onEdit, onTitle, submit, onSubmit } = props;
  const t = useT();
  const application = useApplication();
  const phone = usePhone();
  const [tab, setTab] = useState<PhoneTab>('details');
  const page = useMemo(() => pageOf(application, object), [application, object]);
  const { save, clash, settle } = useSave(object.name);
  const runs = useRecordRuns(object.name, id);
  const lock = lockOf(runs);
  const fields = useMemo(() => {
    const names = [...page.facts, ...page.sections.flatMap((section) => section.fields)];
    return askFor(application, object.name, columnsOf(application, object.name, [
      ...names, 'created_at', 'created_by', 'updated_at']));
  }, [application, object, page]);
  const query = useQuery({
    queryKey: recordKeys.one(object.name, id, fields),
    queryFn: ({ signal }) => fetchRecord(object.name, id, fields, signal),
  });

  const judged = object.checked || object.rules.some(({ effect }) => effect !== 'reject');
  const version = query.data?.version;
  const check = useQuery({
    queryKey: ['records', object.name, 'check', id, version], retry: false,
    queryFn: ({ signal }) => checkRecord(object.name, { id, fields: {} }, signal),
    enabled: judged && version !== undefined, placeholderData: keepPreviousData,
  });
  const hidden = useMemo(() => new Set([
    ...(check.data?.hidden ?? []), ...(check.data?.cleared ?? [])]), [check.data]);
  const title = query.data ? titleText(application, object.name, query.data) : '';
  useEffect(() => {
    if (title) onTitle(title);
  }, [title]);

  if (query.isError && !query.data) {
    return (
      <div className="alone">
        <h1 className="hidden-text">{object.label}</h1>
        <ErrorState
          error={query.error} retry={() => void query.refetch()}
          action={<Link className="btn" href={objectHref(object.name)}>
            {t('record.to_list', { objects: object.label_plural })}</Link>}
        />
      </div>
    );
  }
  const record = query.data;
  if (!record) return <RecordSkeleton />;

  const takes = submittable(object, runs).length > 0;
  const details = (
    <>
      {Boolean(object.pools?.length) && <HandsPanel object={object} record={record} />}
      <RecordDetails
        object={object} record={record} sections={page.sections} hidden={hidden}
        isLocked={lock.isLocked} onSave={save}
      />
    </>
  );
  const related = page.related.map((one, index) => (
    <RelatedList key={`${one.object} ${one.field} ${index}`} related={one} parent={record}
      parentObject={object} />
  ));
  const timeline = <Timeline object={object} id={id} version={record.version} />;
  const tabs: [PhoneTab, string][] = [['details', t('record.details')],
    ...page.related.map(({ label }, index): [PhoneTab, string] => [index, label]),
    ['timeline', t('timeline.title')]];
  return (
    <>
      <RecordHeader
        object={object} record={record} title={title} facts={page.facts} onEdit={onEdit}
        locked={lock.all} submit={takes && (
          <SubmitButtons object={object} record={id} title={title} runs={runs} open={submit}
            onOpen={onSubmit} />
        )}
      />
      <RunBand object={object} runs={runs} />
      {phone ? (
        <>
          <div className="tabs record-tabs" role="tablist" aria-label={t('record.parts')}>
            {tabs.map(([key, label]) => (
              <button
                key={key} type="button" role="tab" aria-selected={tab === key}
                id={`tab-${key}`} aria-controls="record-part"
                className={tab === key ? 'on' : ''} onClick={() => setTab(key)}
              >
                {label}
              </button>
            ))}
          </div>
          <div className="record-part" id="record-part" role="tabpanel"
            aria-labelledby={`tab-${tab}`} tabIndex={0}>
            {tab === 'details' ? details : tab === 'timeline' ? timeline : related[tab]}
          </div>
        </>
      ) : (
        <div className="cols">
          <div className="left" tabIndex={0} role="region" aria-label={t('record.details')}>
            {details}{related}
          </div>
          <aside className="right" tabIndex={0} aria-label={t('timeline.title')}>{timeline}</aside>
        </div>
      )}
      {clash && (
        <ConflictDialog
          object={object} clash={clash} onClose={settle}
          onMine={() => {
            settle();
            void save(clash.current, clash.field, clash.mine);
          }}
        />
      )}
    </>
  );
}
