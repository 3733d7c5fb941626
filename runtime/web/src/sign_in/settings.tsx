import { changeLocale, localeOf, useLocale, useT } from '@tenon/web-kit/i18n/i18n.ts';
import { changeTheme, type Theme, useShownTheme, useTheme } from '@tenon/web-kit/i18n/theme.ts';
import { Button } from '@tenon/web-kit/ui/button.tsx';
import { IconButton } from '@tenon/web-kit/ui/icon_button.tsx';
import { Menu } from '@tenon/web-kit/ui/menu.tsx';

const names: Record<string, string> = { 'en': 'English', 'zh-CN': '简体中文' };

export function Settings({ locales }: { locales: string[] }) {
  const t = useT();
  const locale = useLocale();
  const theme = useTheme();
  const dark = useShownTheme() === 'dark';
  return (
    <span className="row">
      <Menu
        label={t('nav.language')} side="bottom-end"
        items={locales.map((name) => ({
          label: names[name] ?? name, checked: localeOf(name) === locale,
          run: () => void changeLocale(localeOf(name)),
        }))}
        trigger={(props) => (
          <Button look="ghost" size="sm" icon="globe" {...props}>{names[locale]}</Button>
        )}
      />
      <Menu
        label={t('nav.theme')} side="bottom-end"
        items={(['light', 'dark', 'system'] as Theme[]).map((name) => ({
          label: t(`theme.${name}`), checked: name === theme, run: () => changeTheme(name),
        }))}
        trigger={(props) => (
          <IconButton icon={dark ? 'moon' : 'sun'} size="sm" label={t('nav.theme')} {...props} />
        )}
      />
    </span>
  );
}
