import type { Person } from '../api/flow_types.ts';
import { useApplication } from '../api/application.tsx';
import { t, useT } from '../i18n/i18n.ts';
import { Avatar } from '../ui/avatar.tsx';

/** What somebody is called; who was deleted has no name any more. */
export const nameOf = (person: Person | null | undefined): string =>
  (person ? person.name ?? t('person.gone') : t('person.engine'));

interface WhoProps {
  person: Person;
  behalf?: Person | null;
  size?: 20 | 24 | 28;
}

/** An avatar with its name; oneself is "You"; on whose behalf stands behind. */
export function Who({ person, behalf = null, size = 20 }: WhoProps) {
  useT();
  const { me } = useApplication();
  const name = nameOf(person);
  return (
    <span className="who">
      <Avatar name={name} size={size} />
      <span>{person.id === me.id ? t('person.you') : name}</span>
      {behalf && <small className="dim">{t('person.for', { name: nameOf(behalf) })}</small>}
    </span>
  );
}
