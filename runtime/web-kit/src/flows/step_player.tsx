import { useEffect, useState } from 'react';
import { useApplication } from '../api/application.tsx';
import type { SimulationStep } from '../api/flow_admin_types.ts';
import { spanText } from '../format/span.ts';
import { useT } from '../i18n/i18n.ts';
import { IconButton } from '../ui/icon_button.tsx';
import { sinceStart } from './run_at.ts';

interface StepPlayerProps {
  steps: SimulationStep[];
  at: number;
  onAt: (at: number) => void;
}

const stepMs = 1100;

/** Goes through a simulation: by itself, or step by step; says the virtual time. */
export function StepPlayer({ steps, at, onAt }: StepPlayerProps) {
  const t = useT();
  const { formats } = useApplication();
  const [playing, setPlaying] = useState(true);
  const last = steps.length - 1;
  useEffect(() => setPlaying(true), [steps]);
  useEffect(() => {
    if (!playing) return undefined;
    if (at >= last) {
      setPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => onAt(at + 1), stepMs);
    return () => clearTimeout(timer);
  }, [playing, at, last]);
  const go = (to: number) => {
    setPlaying(false);
    onAt(Math.min(last, Math.max(0, to)));
  };
  const moment = steps[at]?.at ?? '';
  const passed = sinceStart(steps, at);
  const text = t('sim.at', { step: at + 1, steps: steps.length, at: formats.dateTime(moment) });
  return (
    <div className="player" role="group" aria-label={t('sim.player')}>
      <IconButton icon="left" label={t('sim.before')} disabled={at === 0}
        onClick={() => go(at - 1)} />
      <IconButton
        icon={playing ? 'pause' : at >= last ? 'refresh' : 'play'} look="outline"
        label={t(playing ? 'sim.pause' : at >= last ? 'sim.again' : 'sim.play')}
        onClick={() => {
          if (at >= last) onAt(0);
          setPlaying(!playing);
        }}
      />
      <IconButton icon="right" label={t('sim.next')} disabled={at >= last}
        onClick={() => go(at + 1)} />
      <input
        type="range" min={0} max={last} value={at} aria-label={t('sim.step')}
        aria-valuetext={text} onChange={(event) => go(Number(event.target.value))}
        style={{ '--done': last > 0 ? at / last : 1 } as React.CSSProperties}
      />
      <output>
        <b>{formats.dateTime(moment)}</b>
        <span className="dim">{passed > 0 ? t('sim.later', { span: spanText(passed) })
          : t('sim.at_start')}</span>
      </output>
    </div>
  );
}
