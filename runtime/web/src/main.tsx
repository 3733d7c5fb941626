import '@tenon/web-kit/tokens/tokens.css';
import '@tenon/web-kit/ui/ui.css';
import '@tenon/web-kit/fields/fields.css';
import './shell/shell.css';
import { keptLocale, startI18n } from '@tenon/web-kit/i18n/i18n.ts';
import { startTheme } from '@tenon/web-kit/i18n/theme.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { queryClient } from './query_client.ts';
import { router } from './router.tsx';

// A chunk of the last release is gone: load the new one, once.
window.addEventListener('vite:preloadError', (event) => {
  const kept = Number(sessionStorage.getItem('tenon.reloaded') ?? 0);
  if (Date.now() - kept < 30_000) return;
  sessionStorage.setItem('tenon.reloaded', String(Date.now()));
  event.preventDefault();
  location.reload();
});

startTheme();
await startI18n(keptLocale());

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}
