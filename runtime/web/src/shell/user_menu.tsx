import { useApplication } from '@tenon/web-kit/api/application.tsx';
import { changeMe, sessionKeys, signOut } from '@tenon/web-kit/api/session.ts';
import { endSharedStream } from '@tenon/web-kit/api/stream.ts';
import { changeLocale, localeOf, useLocale, useT } from '@tenon/web-kit/i18n/i18n.ts';
import { changeTheme, type Theme, useTheme } from '@tenon/web-kit/i18n/theme.ts';
import { Avatar } from '@tenon/web-kit/ui/avatar.tsx';
import { Menu, type MenuItem } from '@tenon/web-kit/ui/menu.tsx';
import { useQueryClient } from '@tanstack/react-query';

const localeNames: Record<string, string> = { 'en': 'English', 'zh-CN': '简体中文' };
const themes: { theme: Theme; icon: string }[] = [
  { theme: 'light', icon: 'sun' }, { theme: 'dark', icon: 'moon' },
  { theme: 'system', icon: 'desktop' },
];

interface UserMenuProps {
  slim?: boolean;
  onKeys?: () => void;
}

/** Who is signed in; language, theme, keys, the way out. */
export function UserMenu({ slim = false, onKeys }: UserMenuProps) {
  const t = useT();
  const { me, app } = useApplication();
  const client = useQueryClient();
  const locale = useLocale();
  const theme = useTheme();

  const leave = async () => {
    await signOut().catch(() => undefined);
    endSharedStream();
    client.clear();
    location.assign('/sign-in');
  };
  const speak = async (name: string) => {
    await changeLocale(localeOf(name));
    await changeMe({ locale: name }).then((next) => {
      client.setQueryData(sessionKeys.me, next);
      // The server names flows and their steps in the language of who asks.
      for (const key of ['tasks', 'runs']) void client.invalidateQueries({ queryKey: [key] });
    }, () => undefined);
  };
  const dress = (next: Theme) => {
    changeTheme(next);
    void changeMe({ theme: next }).catch(() => undefined);
  };

  const items: MenuItem[] = [
    ...app.locales.map((name) => ({
      label: localeNames[name] ?? name, icon: 'globe', checked: localeOf(name) === locale,
      run: () => void speak(name),
    })),
    ...themes.map(({ theme: name, icon }, index) => ({
      label: t(`theme.${name}`), icon, checked: name === theme, line: index === 0,
      run: () => dress(name),
    })),
    ...(onKeys
      ? [{ label: t('keys.title'), icon: 'help', hint: '?', line: true, run: onKeys }] : []),
    { label: t('nav.leave'), icon: 'exit', line: !onKeys, run: () => void leave() },
  ];
  return (
    <Menu
      label={t('nav.me')} items={items} side={slim ? 'right-start' : 'top-start'}
      top={<div className="me-top"><b>{me.name}</b><small>{me.email ?? me.login}</small></div>}
      trigger={(props) => (
        <button
          type="button" {...props} className={slim ? 'me' : 'stop me'} aria-label={
            slim ? t('nav.me_named', { name: me.name }) : undefined}
          data-tip={slim ? me.name : undefined} data-tip-side="right"
        >
          <Avatar name={me.name} size={slim ? 28 : 24} />
          {!slim && <span className="trunc">{me.name}</span>}
        </button>
      )}
    />
  );
}
