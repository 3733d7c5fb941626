import { useApplication } from '@tenon/web-kit/api/application.tsx';
import { objectHref, recordHref } from '@tenon/web-kit/api/navigation.tsx';
import { fetchRecords } from '@tenon/web-kit/api/records.ts';
import { titleText } from '@tenon/web-kit/fields/columns.ts';
import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { useEffect, useState } from 'react';
import { useMenu } from './use_menu.ts';

export interface PaletteRow {
  key: string;
  group: string;
  icon: string;
  label: string;
  hint: string;
  href: string;
}

const perObject = 4;
const objectsMax = 6;

export function usePaletteRows(q: string): { rows: PaletteRow[]; busy: boolean } {
  const t = useT();
  const application = useApplication();
  const { entries } = useMenu();
  const [found, setFound] = useState<PaletteRow[]>([]);
  const [busy, setBusy] = useState(false);
  const text = q.trim();

  useEffect(() => {
    if (!text) {
      setFound([]);
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      setBusy(true);
      const names = [...new Set(entries.map((entry) => entry.object))]
        .filter((name): name is string => Boolean(name)).slice(0, objectsMax);
      const groups = await Promise.all(names.map(async (name) => {
        const object = application.object(name);
        if (!object) return [];
        const params = { fields: [object.title_field], filter: null, sort: [], q: text };
        const page = await fetchRecords(name, params, { limit: perObject }, abort.signal)
          .catch(() => null);
        return (page?.records ?? []).map((record) => ({
          key: record.id, group: t('palette.records'), icon: object.icon ?? 'layers',
          label: titleText(application, name, record), hint: object.label,
          href: recordHref(name, record.id),
        }));
      }));
      if (abort.signal.aborted) return;
      setFound(groups.flat());
      setBusy(false);
    }, 160);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, application, entries, t]);

  const places: PaletteRow[] = entries.map((entry) => ({
    key: entry.href + entry.label, group: t('palette.places'), icon: entry.icon,
    label: entry.label, hint: entry.section, href: entry.href,
  }));
  const makes: PaletteRow[] = application.app.objects
    .filter((object) => object.may.create
      && entries.some((entry) => entry.object === object.name))
    .map((object) => ({
      key: `new ${object.name}`, group: t('palette.make'), icon: 'plus',
      label: t('form.new', { object: object.label }), hint: '',
      href: objectHref(object.name, { form: 'new' }),
    }));
  const needle = text.toLowerCase();
  const near = (row: PaletteRow) => row.label.toLowerCase().includes(needle);
  return { rows: [...places.filter(near), ...found, ...makes.filter(near)], busy };
}
