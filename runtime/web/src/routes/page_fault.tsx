import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { ErrorState } from '@tenon/web-kit/ui/error_state.tsx';
import { Link } from '@tenon/web-kit/ui/link.tsx';

interface PageFaultProps {
  error: unknown;
  reset: () => void;
}

/** A page that could not be drawn: the rest of the window goes on. */
export function PageFault({ error, reset }: PageFaultProps) {
  const t = useT();
  return (
    <main className="alone">
      <h1 className="hidden-text">{t('error.page')}</h1>
      <ErrorState
        error={error} retry={reset}
        action={<Link href="/" className="btn">{t('error.home')}</Link>}
      />
    </main>
  );
}
