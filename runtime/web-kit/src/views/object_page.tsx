import { type ReactNode, useMemo } from 'react';
import { useApplication } from '../api/application.tsx';
import { objectHref, useNavigation } from '../api/navigation.tsx';
import type { AppObject, AppView } from '../api/types.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon_button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { usePhone } from '../ui/use_phone.ts';
import { BoardView } from './board_view_lazy.tsx';
import type { ListState } from './list_state.ts';
import { ListView } from './list_view.tsx';
import { ViewTabs } from './view_tabs.tsx';

interface ObjectPageProps {
  object: AppObject;
  state: ListState;
  onState: (patch: ListState) => void;
  onNew: () => void;
  children?: ReactNode;
}

/** The records of an object through one of its views. */
export function ObjectPage({ object, state, onState, onNew, children }: ObjectPageProps) {
  const t = useT();
  const { app } = useApplication();
  const { go } = useNavigation();
  const phone = usePhone();
  const views = useMemo(() => app.views.filter((view) => view.object === object.name),
    [app, object.name]);
  const lists = views.filter(({ kind }) => kind === 'list');
  const boards = views.filter(({ kind }) => kind === 'board');
  const view: AppView | undefined = views.find(({ name }) => name === state.view)
    ?? lists[0] ?? views[0];
  if (!view) return null;
  const turn = (kind: string) => {
    const next = (kind === 'list' ? lists : boards)[0];
    const kept: Record<string, string> = state.filter ? { filter: state.filter } : {};
    if (next && kind !== view.kind) go(objectHref(object.name, { view: next.name, ...kept }));
  };
  const both = lists.length > 0 && boards.length > 0;
  const other = view.kind === 'list' ? 'board' : 'list';
  const kinds = [
    { value: 'list', label: t('view.list'), icon: 'list' },
    { value: 'board', label: t('view.board'), icon: 'board' },
  ];
  const Body = view.kind === 'board' ? BoardView : ListView;
  return (
    <>
      <header className={phone ? 'big' : 'head'}>
        <h1 className="grow">{object.label_plural}</h1>
        {phone && both && (
          <IconButton icon={other} label={t(`view.${other}`)} onClick={() => turn(other)} />
        )}
        {!phone && object.may.create && (
          <Button look="primary" icon="plus" onClick={onNew}>
            {t('form.new', { object: object.label })}
          </Button>
        )}
      </header>
      <div className="views">
        <ViewTabs views={view.kind === 'list' ? lists : boards} view={view} />
        <span className="grow" />
        {!phone && both && (
          <Segmented label={t('view.kind')} value={view.kind as string} options={kinds}
            onChange={turn} />
        )}
      </div>
      <Body
        key={view.id} view={view} state={state} onState={onState}
        onNew={object.may.create ? onNew : null}
      />
      {children}
    </>
  );
}
