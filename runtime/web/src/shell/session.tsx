import { ApiError } from '@tenon/web-kit/api/api_error.ts';
import { ApplicationProvider } from '@tenon/web-kit/api/application.tsx';
import { listenToReplies } from '@tenon/web-kit/api/http.ts';
import { NavigationProvider } from '@tenon/web-kit/api/navigation.tsx';
import { fetchApp, fetchMe, sessionKeys } from '@tenon/web-kit/api/session.ts';
import { useLocale, useT } from '@tenon/web-kit/i18n/i18n.ts';
import { ErrorState } from '@tenon/web-kit/ui/error_state.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useRouter } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { Boot } from './boot.tsx';

/** Knows who is here and what application they see; without a session it goes to sign-in. */
export function Session() {
  const t = useT();
  const locale = useLocale();
  const client = useQueryClient();
  const router = useRouter();
  const me = useQuery({ queryKey: sessionKeys.me, queryFn: fetchMe, staleTime: Infinity });
  const app = useQuery({
    queryKey: sessionKeys.app(locale), queryFn: () => fetchApp(locale), staleTime: Infinity,
    enabled: me.isSuccess, placeholderData: (before) => before,
  });

  const shown = useRef(0);
  shown.current = app.data?.version ?? 0;
  useEffect(() => listenToReplies({
    version: (version) => {
      if (shown.current && version > shown.current) {
        shown.current = version;
        void client.invalidateQueries({ queryKey: ['app'] });
      }
    },
    signedOut: () => client.setQueryData(sessionKeys.me, null),
  }), [client]);

  const navigation = useMemo(() => ({
    go: (href: string, options?: { replace?: boolean }) => {
      if (options?.replace) router.history.replace(href);
      else router.history.push(href);
    },
  }), [router]);

  const out = me.data === null || (me.error instanceof ApiError && me.error.status === 401);
  useEffect(() => {
    // Once: the address changes before this page is gone, and would send it on again.
    if (!out) return;
    const { href } = router.state.location;
    void router.navigate({ to: '/sign-in', search: href === '/' ? {} : { back: href },
      replace: true });
  }, [out, router]);

  const error = me.error ?? app.error;
  if (error && !out && !app.data) {
    return (
      <main className="alone">
        <h1 className="hidden-text">{t('error.page')}</h1>
        <ErrorState error={error} retry={() => void (me.error ? me : app).refetch()} />
      </main>
    );
  }
  if (out || !me.data || !app.data) return <Boot />;
  return (
    <NavigationProvider value={navigation}>
      <ApplicationProvider app={app.data} me={me.data}>
        <Outlet />
      </ApplicationProvider>
    </NavigationProvider>
  );
}
