import type { Application } from '@tenon/web-kit/api/application.tsx';
import { objectHref, reportHref } from '@tenon/web-kit/api/navigation.tsx';
import type { AppMenuItem } from '@tenon/web-kit/api/types.ts';
import { t } from '@tenon/web-kit/i18n/i18n.ts';

export interface MenuEntry {
  href: string;
  label: string;
  icon: string;
  section: string;
  object: string | null;
  /** What waits there for this person. */
  count?: number;
  on: (path: string, view: string | undefined) => boolean;
}

function entryOf(application: Application, section: string, item: AppMenuItem): MenuEntry | null {
  if (item.report) {
    const href = reportHref(item.report);
    return {
      href, label: item.label, icon: item.icon ?? 'chart', section, object: null,
      on: (path) => path === href,
    };
  }
  if (!item.object) return null;
  const home = objectHref(item.object);
  const icon = item.icon ?? application.object(item.object)?.icon ?? 'layers';
  const base = { label: item.label, icon, section, object: item.object };
  if (item.view) {
    const { view } = item;
    return {
      ...base, href: objectHref(item.object, { view }),
      on: (path, shown) => path === home && shown === view,
    };
  }
  return { ...base, href: home, on: (path) => path === home || path.startsWith(`${home}/`) };
}

/** The menus of the application as flat entries, in order. */
export function menuEntries(application: Application): MenuEntry[] {
  return application.app.menus.flatMap((menu) => menu.items
    .map((item) => entryOf(application, menu.label, item))
    .filter((entry): entry is MenuEntry => entry !== null));
}

/** The one entry that stands for where we are: a view's own entry before its object's. */
export function entryOn(entries: MenuEntry[], path: string, view?: string): MenuEntry | undefined {
  const hits = entries.filter((entry) => entry.on(path, view));
  return hits.find((entry) => entry.href.includes('view=')) ?? hits[0];
}

/** With what waits there. */
export const nameOfEntry = ({ label, count }: MenuEntry) =>
  (count ? t('nav.waiting', { label, count }) : label);
