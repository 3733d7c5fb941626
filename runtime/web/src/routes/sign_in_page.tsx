import '../sign_in/sign_in.css';
import { ApiError } from '@tenon/web-kit/api/api_error.ts';
import { fetchSessionOptions, sessionKeys, signIn } from '@tenon/web-kit/api/session.ts';
import {
  changeLocale, keptLocale, localeOf, useLocale, useT,
} from '@tenon/web-kit/i18n/i18n.ts';
import { changeTheme, type Theme } from '@tenon/web-kit/i18n/theme.ts';
import { ArtDrawing } from '@tenon/web-kit/ui/art_drawing.tsx';
import { Banner } from '@tenon/web-kit/ui/banner.tsx';
import { Button } from '@tenon/web-kit/ui/button.tsx';
import { Mark } from '@tenon/web-kit/ui/mark.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { PasswordField } from '../sign_in/password_field.tsx';
import { Settings } from '../sign_in/settings.tsx';

export function SignInPage() {
  const t = useT();
  const locale = useLocale();
  const router = useRouter();
  const client = useQueryClient();
  const { back } = useSearch({ from: '/sign-in' });
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const options = useQuery({
    queryKey: [...sessionKeys.options, locale], queryFn: () => fetchSessionOptions(locale),
    placeholderData: (before) => before,
  });

  useEffect(() => {
    document.title = t('sign_in.title', { app: options.data?.application ?? 'Tenon' });
  }, [options.data, t, locale]);

  const enter = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setProblem(null);
    if (!login.trim() || !password) {
      document.getElementById(login.trim() ? 'password' : 'login')?.focus();
      return;
    }
    setBusy(true);
    try {
      const me = await signIn(login.trim(), password);
      client.clear();
      client.setQueryData(sessionKeys.me, me);
      if (me.theme) changeTheme(me.theme as Theme);
      if (me.locale && localeOf(me.locale) !== keptLocale()) {
        await changeLocale(localeOf(me.locale));
      }
      router.history.replace(back?.startsWith('/') && !back.startsWith('//') ? back : '/');
    } catch (error) {
      const code = error instanceof ApiError ? error.code : 'fault';
      const known = ['unauthenticated', 'too_many', 'offline', 'locked'].includes(code);
      setProblem(t(`sign_in.problem.${known ? code : 'fault'}`));
      setBusy(false);
    }
  };

  const empty = tried && !login.trim();
  return (
    <div className="sign-in">
      <header>
        <span className="brand"><Mark />{t('brand')}</span>
        <Settings locales={options.data?.locales ?? ['en', 'zh-CN']} />
      </header>
      <main>
        <ArtDrawing name="joining" />
        <h1>{options.data ? t('sign_in.title', { app: options.data.application }) : ' '}</h1>
        <p className="sub">{t('sign_in.sub')}</p>
        <form onSubmit={(event) => void enter(event)} noValidate>
          {problem && <Banner look="bad" title={problem} />}
          <div className="field">
            <label htmlFor="login">{t('sign_in.login')}</label>
            <div className={`in${empty ? ' err' : ''}`}>
              <input
                id="login" name="login" autoComplete="username" autoCapitalize="none" autoFocus
                spellCheck={false} value={login} aria-invalid={empty || undefined}
                aria-describedby={empty ? 'login-help' : undefined}
                onChange={(event) => setLogin(event.target.value)}
              />
            </div>
            {empty && <p className="help bad" id="login-help">{t('sign_in.login_empty')}</p>}
          </div>
          <PasswordField value={password} onChange={setPassword} empty={tried && !password} />
          <Button look="primary" size="lg" type="submit" busy={busy}>{t('sign_in.enter')}</Button>
        </form>
        {options.data?.demo && <p className="demo">{t('sign_in.demo')}</p>}
      </main>
      <footer>{t('sign_in.foot')}</footer>
    </div>
  );
}
