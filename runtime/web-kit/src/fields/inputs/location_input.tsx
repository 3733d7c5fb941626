import { useState } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button.tsx';
import type { InputProps } from '../field_type.ts';

// A place on the map: {"latitude", "longitude"} in degrees, as texts.

type Part = 'latitude' | 'longitude';
const parts: Part[] = ['latitude', 'longitude'];

export function LocationInput(props: InputProps) {
  const { field, value, onChange, id, invalid, describedBy, disabled } = props;
  const t = useT();
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState(false);
  const now = (value && typeof value === 'object' ? value : {}) as Partial<Record<Part, string>>;
  const take = (part: Part, text: string) => {
    const next = { ...now, [part]: text.trim() };
    onChange(next.latitude || next.longitude ? next : null);
  };
  const here = () => {
    setWaiting(true);
    setProblem(false);
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      setWaiting(false);
      onChange({ latitude: coords.latitude.toFixed(6), longitude: coords.longitude.toFixed(6) });
    }, () => {
      setWaiting(false);
      setProblem(true);
    }, { timeout: 10_000, enableHighAccuracy: true });
  };
  return (
    <div className="parts" role="group" aria-label={field.label}>
      {parts.map((part, index) => (
        <div className={`in${invalid ? ' err' : ''}`} key={part}>
          <span className="dim">{t(`location.${part}`)}</span>
          <input
            id={index === 0 ? id : undefined} inputMode="decimal" autoComplete="off"
            className="digits" disabled={disabled} value={now[part] ?? ''}
            aria-label={t(`location.${part}`)} aria-invalid={invalid || undefined}
            aria-describedby={describedBy} onChange={(event) => take(part, event.target.value)}
          />
        </div>
      ))}
      <Button icon="place" busy={waiting} disabled={disabled} onClick={here}>
        {t('location.here')}
      </Button>
      {problem && <p className="help bad" role="alert">{t('location.failed')}</p>}
    </div>
  );
}
