import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useApplication } from '../api/application.tsx';
import { objectHref, recordHref, useNavigation } from '../api/navigation.tsx';
import type { AppObject, RecordData } from '../api/types.ts';
import { columnsOf } from '../fields/columns.ts';
import { useT } from '../i18n/i18n.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon_button.tsx';
import { Link } from '../ui/link.tsx';
import { Menu } from '../ui/menu.tsx';
import { toast } from '../ui/toast_store.ts';
import { usePhone } from '../ui/use_phone.ts';
import { rememberedList } from '../views/list_memory.ts';
import { deleteSoon } from '../views/pending_deletes.ts';
import { Fact } from './fact.tsx';

interface RecordHeaderProps {
  object: AppObject;
  record: RecordData;
  title: string;
  facts: string[];
  /** What it can be submitted to: before everything else that can be done. */
  submit?: ReactNode;
  /** A run keeps everything from being written. */
  locked?: boolean;
  onEdit: () => void;
}

/** Where it is, what it is called, its key facts, and what can be done with it. */
export function RecordHeader(props: RecordHeaderProps) {
  const { object, record, title, facts, submit = null, locked = false, onEdit } = props;
  const t = useT();
  const client = useQueryClient();
  const application = useApplication();
  const { go } = useNavigation();
  const phone = usePhone();
  const list = rememberedList(object.name);
  const at = list?.ids.indexOf(record.id) ?? -1;
  const back = list?.href ?? objectHref(object.name);
  const before = at > 0 ? list?.ids[at - 1] : undefined;
  const after = at >= 0 ? list?.ids[at + 1] : undefined;
  const columns = columnsOf(application, object.name, facts);
  const mayUpdate = object.may.update && record.may?.update !== false && !locked;
  const mayDelete = object.may.delete && record.may?.delete !== false && !locked;

  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    toast(t('copied'));
  };
  const remove = () => {
    deleteSoon(client, object.name, [record.id], title);
    go(back);
  };
  const more = (
    <Menu
      label={t('record.more')} side="bottom-end"
      items={[
        { label: t('record.copy_id'), icon: 'copy', run: () => void copy(record.id) },
        { label: t('record.copy_link'), icon: 'link', run: () => void copy(location.href) },
        { label: t('record.print'), icon: 'page', run: () => window.print() },
        ...(mayDelete ? [{ label: t('delete.title'), icon: 'trash', bad: true, line: true,
          run: remove }] : []),
      ]}
      trigger={(props) => (
        <IconButton icon="more" look={phone ? 'ghost' : 'outline'} label={t('record.more')}
          {...props} />
      )}
    />
  );
  const steps = list && at >= 0 && (
    <>
      <span className="dim t12">{list.count === null ? t('record.place_open', { at: at + 1 })
        : t('record.place', { at: at + 1, count: list.count })}</span>
      <IconButton icon="up" size="sm" label={t('record.before')} disabled={!before}
        onClick={() => before && go(recordHref(object.name, before), { replace: true })} />
      <IconButton icon="down" size="sm" label={t('record.after')} disabled={!after}
        onClick={() => after && go(recordHref(object.name, after), { replace: true })} />
    </>
  );

  return (
    <header className="top">
      {phone ? (
        <div className="row nb">
          <Link href={back} className="btn ghost icon" aria-label={t('record.to_list', {
            objects: object.label_plural })}><Icon name="left" size={20} /></Link>
          <span className="grow" />
          {submit}
          {mayUpdate && <IconButton icon="edit" label={t('edit')} onClick={onEdit} />}
          {more}
        </div>
      ) : (
        <div className="row">
          <nav className="crumb" aria-label={t('record.crumb')}>
            <Link href={objectHref(object.name)}>{object.label_plural}</Link>
            {list && <><Icon name="right" size={14} /><Link href={back}>{list.label}</Link></>}
            <Icon name="right" size={14} /><b className="trunc" aria-current="page">{title}</b>
          </nav>
          <span className="grow" />
          {steps}
        </div>
      )}
      <div className="ttl">
        {!phone && <Avatar name={title} size={40} square />}
        <div className="grow">
          <h1>{title}</h1>
          <button
            type="button" className="id" onClick={() => void copy(record.id)}
            data-tip={t('record.copy_id')}
          >
            {object.label} {record.id}
            <span className="hidden-text">{t('record.copy_id')}</span>
          </button>
        </div>
        {!phone && submit}
        {!phone && mayUpdate && (
          <Button look={submit ? 'outline' : 'primary'} icon="edit" onClick={onEdit}>
            {t('edit')}
          </Button>
        )}
        {!phone && more}
      </div>
      {columns.length > 0 && (
        <dl className="facts" tabIndex={phone ? 0 : undefined}>
          {columns.map((column, index) => (
            <Fact key={column.path} column={column} record={record} big={index === 0} />
          ))}
        </dl>
      )}
    </header>
  );
}
