import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { RunView } from '@tenon/web-kit/run/run_view.tsx';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTitle } from './use_title.ts';

export function RunPage() {
  const t = useT();
  const { id } = useParams({ from: '/session/shell/runs/$id' });
  const [title, setTitle] = useState('');
  useTitle(title ? t('run.title_of', { title }) : t('run.title'));
  return <RunView key={id} id={id} onTitle={setTitle} />;
}
