import { useApplication } from '../api/application.tsx';
import type { Run, RunAct } from '../api/flow_types.ts';
import { flowHref } from '../api/flow_admin.ts';
import { objectHref, recordHref } from '../api/navigation.tsx';
import { Who } from '../approval/person.tsx';
import { RunTag } from '../approval/run_item.tsx';
import { spanText } from '../format/span.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon_button.tsx';
import { Link } from '../ui/link.tsx';
import { Menu } from '../ui/menu.tsx';
import { Tag } from '../ui/tag.tsx';
import { usePhone } from '../ui/use_phone.ts';
import { incidentsOf } from './node_state.ts';
import { roundsOf } from './rounds.ts';
import { useNow } from '../approval/use_now.ts';

interface RunHeaderProps {
  run: Run;
  beside: boolean;
  busy: string | null;
  onAsk: (act: RunAct) => void;
}

const inSight: RunAct[] = ['withdraw', 'suspend', 'resume'];
const inMenu: RunAct[] = ['withdraw', 'suspend', 'resume', 'urge', 'comment', 'cc',
  'reassign', 'change_approvers', 'jump', 'variables', 'migrate', 'void'];
const icons: Partial<Record<RunAct, string>> = {
  withdraw: 'undo', suspend: 'lock', resume: 'play', urge: 'bell', comment: 'comment', cc: 'mail',
  reassign: 'swap', change_approvers: 'users', jump: 'arrow', variables: 'edit',
  migrate: 'branch', void: 'trash' };

/** What runs, on which record, how it stands; what may be done with the whole of it. */
export function RunHeader({ run, beside, busy, onAsk }: RunHeaderProps) {
  const t = useT();
  const phone = usePhone();
  const now = useNow();
  const { formats, me, object: find } = useApplication();
  const object = find(run.record.object);
  const incidents = incidentsOf(run);
  const rounds = roundsOf(run, 'all').length;
  const shown = phone ? [] : inSight.filter((act) => run.can.includes(act));
  const more = inMenu.filter((act) => run.can.includes(act) && !shown.includes(act));
  const until = run.finished_at ? Date.parse(run.finished_at) : now;
  const Title = beside ? 'h2' : 'h1';
  const menu = more.length > 0 && (
    <Menu
      label={t('run.more')} side="bottom-end"
      items={more.map((act) => ({
        label: t(`run.act.${act}`), icon: icons[act] ?? 'gear', bad: act === 'void',
        line: act === 'void', run: () => onAsk(act) }))}
      trigger={(props) => (
        <IconButton icon="more" look={phone ? 'ghost' : 'outline'} label={t('run.more')}
          {...props} />
      )}
    />
  );
  return (
    <header className="run-top">
      {phone && !beside && (
        <div className="row nb">
          <Link className="btn ghost icon" href={recordHref(run.record.object, run.record.id)}
            aria-label={t('task.open_record', { object: object?.label ?? '' })}>
            <Icon name="left" size={20} />
          </Link>
          <span className="grow" />{menu}
        </div>
      )}
      {!phone && !beside && object && (
        <nav className="crumb" aria-label={t('record.crumb')}>
          <Link href={objectHref(object.name)}>{object.label_plural}</Link>
          <Icon name="right" size={14} />
          <Link href={recordHref(object.name, run.record.id)}>{run.record.title}</Link>
          <Icon name="right" size={14} /><b aria-current="page">{t('run.title')}</b>
        </nav>
      )}
      <div className="run-ttl">
        <Title>{run.flow.label}</Title>
        <RunTag state={run.state} result={run.result} />
        {incidents.length > 0 && (
          <Tag look="bad" icon="alert">{t('run.incidents', { count: incidents.length })}</Tag>
        )}
        {me.flow_admin ? (
          <Link className="tag" href={flowHref(run.flow.name)} aria-label={t('run.flow_page', {
            flow: run.flow.label, version: run.flow.version })}>
            {t('run.version', { version: run.flow.version })}<Icon name="right" size={12} />
          </Link>
        ) : <Tag>{t('run.version', { version: run.flow.version })}</Tag>}
        <span className="grow" />
        {!phone && object && (
          <Link className="btn ghost" href={recordHref(object.name, run.record.id)}>
            <Icon name={object.icon ?? 'page'} />
            {t('task.open_record', { object: object.label })}
          </Link>
        )}
        {shown.map((act) => (
          <Button key={act} busy={busy === act} onClick={() => onAsk(act)}>
            {t(`run.act.${act}`)}
          </Button>
        ))}
        {(!phone || beside) && menu}
      </div>
      <dl className="run-facts">
        <div><dt>{object?.label ?? t('run.record')}</dt>
          <dd><b>{run.record.title}</b></dd></div>
        <div><dt>{t('run.started_by')}</dt><dd><Who person={run.initiator} /></dd></div>
        <div><dt>{t('run.started')}</dt><dd>{formats.dateTime(run.started_at)}</dd></div>
        <div>
          <dt>{t(run.finished_at ? 'run.took' : 'run.for')}</dt>
          <dd>{spanText(until - Date.parse(run.started_at))}</dd>
        </div>
        {rounds > 1 && (
          <div><dt>{t('run.round')}</dt><dd>{t('run.rounds', {
            number: rounds, count: rounds - 1 })}</dd></div>
        )}
      </dl>
    </header>
  );
}
