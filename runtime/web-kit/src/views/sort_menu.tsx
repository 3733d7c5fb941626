import { useApplication } from '../api/application.tsx';
import type { AppObject, AppView } from '../api/types.ts';
import { columnOf } from '../fields/columns.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';

interface SortMenuProps {
  object: AppObject;
  view: AppView;
  sort: string[];
  onSort: (sort: string | undefined) => void;
}

/** Orders by any field that can order; choosing the one in force turns it round. */
export function SortMenu({ object, view, sort, onSort }: SortMenuProps) {
  const t = useT();
  const application = useApplication();
  const first = sort[0] ?? '';
  const name = first.replace('-', '');
  const down = first.startsWith('-');
  const label = name ? columnOf(application, object.name, name)?.label : null;
  const fields = object.fields.filter(({ sortable, name: key }) => sortable
    && !['id', 'version'].includes(key));
  return (
    <Menu
      label={t('sort.title')} side="bottom-end"
      items={[
        ...fields.map((field) => ({
          label: field.label, checked: field.name === name,
          ...(field.name === name ? { icon: down ? 'down' : 'up' } : {}),
          run: () => onSort(field.name === name && !down ? `-${field.name}` : field.name),
        })),
        {
          label: t('sort.view'), icon: 'undo', line: true,
          disabled: sort.join() === view.sort.join(), run: () => onSort(undefined),
        },
      ]}
      trigger={(props) => (
        <Button look="ghost" size="sm" icon="sort" {...props}>
          {label ? t(down ? 'sort.down' : 'sort.up', { label }) : t('sort.title')}
        </Button>
      )}
    />
  );
}
