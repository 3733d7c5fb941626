import { useMutation } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { isSubmitKey } from '../a11y/submit_key.ts';
import { ApiError } from '../api/api_error.ts';
import { simulateFlow } from '../api/flow_admin.ts';
import type { SimulationBody } from '../api/flow_admin_types.ts';
import { useT } from '../i18n/i18n.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toast_store.ts';
import { storyName } from './script.ts';

interface StoryDialogProps {
  flow: string;
  body: SimulationBody;
  onClose: () => void;
}

/** The simulation as a story of the bundle: played once more, so that it is known to be green. */
export function StoryDialog({ flow, body, onClose }: StoryDialogProps) {
  const t = useT();
  const [name, setName] = useState(`${flow}_simulated`);
  const file = storyName(name);
  const making = useMutation({
    mutationFn: () => simulateFlow(flow, { ...body, story: file }).then(({ story }) => story),
  });
  const story = making.data;
  const text = story ? `${JSON.stringify(story.file, null, 2)}\n` : '';
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    toast(t('copied'));
  };
  const download = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = `${file}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const make = () => {
    if (file) making.mutate();
  };
  const said = making.error instanceof ApiError ? making.error.said : null;
  return (
    <Dialog
      title={t('sim.story.title')} onClose={onClose}
      footer={story ? (
        <>
          <Button onClick={onClose}>{t('close')}</Button>
          <Button icon="copy" onClick={() => void copy()}>{t('sim.story.copy')}</Button>
          <Button look="primary" icon="download" onClick={download}>
            {t('sim.story.download')}
          </Button>
        </>
      ) : (
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" busy={making.isPending} disabled={!file} onClick={make}>
            {t('sim.story.make')}
          </Button>
        </>
      )}
    >
      <p className="mid">{t('sim.story.what')}</p>
      {!story && (
        <div className="field gap">
          <label htmlFor="story-name">{t('sim.story.name')}</label>
          <div className="in">
            <input
              id="story-name" data-first value={name} spellCheck={false} autoComplete="off"
              onChange={(event) => setName(event.target.value)}
              onKeyDown={(event: KeyboardEvent) => {
                if (isSubmitKey(event)) make();
              }}
            />
          </div>
          <p className="help">{file ? `stories/${file}.json` : t('sim.story.no_name')}</p>
        </div>
      )}
      {making.isError && (
        <Banner look="bad" title={t('sim.refused')}>{said ?? t('sim.failed')}</Banner>
      )}
      {story && story.differences.length === 0 && (
        <Banner look="info" title={t('sim.story.green')}>{story.path}</Banner>
      )}
      {story && story.differences.length > 0 && (
        <Banner look="warn" title={t('sim.story.red')}>
          <pre className="story-red">{story.differences.join('\n')}</pre>
        </Banner>
      )}
      {story && (
        <pre className="story-text" tabIndex={0} aria-label={story.path}>{text}</pre>
      )}
    </Dialog>
  );
}
