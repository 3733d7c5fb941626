import { useEffect, useState } from 'react';
import { useApplication } from '../../api/application.tsx';
import { useT } from '../../i18n/i18n.ts';
import { Picker } from '../../ui/picker.tsx';
import { type Address, addressOf } from '../address.ts';
import type { InputProps } from '../field_type.ts';
import { levelsOf, loadRegions, type Region } from '../regions/regions.ts';
import { countries } from '../regions/countries.ts';

type Part = keyof Address;
const cascade: Part[] = ['province', 'city', 'district'];

/** First where it is; in China the parts of the region are chosen one after the other. */
export default function AddressInput(props: InputProps) {
  const { field, value, onChange, id, invalid, describedBy, disabled } = props;
  const t = useT();
  const { formats } = useApplication();
  const [regions, setRegions] = useState<Region[]>([]);
  const now = addressOf(value);
  const land = now.country ?? (formats.locale === 'zh-CN' ? 'CN' : undefined);
  const china = land === 'CN';
  useEffect(() => {
    if (china) void loadRegions().then(setRegions);
  }, [china]);

  const take = (change: Address) => {
    const next: Address = Object.fromEntries(
      Object.entries({ ...(land ? { country: land } : {}), ...now, ...change })
        .filter(([, text]) => text !== undefined && text !== ''));
    onChange(Object.keys(next).some((key) => key !== 'country')
      || change.country ? next : null);
  };
  const names = new Intl.DisplayNames(formats.locale, { type: 'region' });
  const text = (part: Part, wide = false) => (
    <div className={`in${invalid ? ' err' : ''}${wide ? ' wide' : ''}`} key={part}>
      <input
        value={now[part] ?? ''} disabled={disabled} placeholder={t(`address.${part}`)}
        aria-label={t(`address.${part}`)} autoComplete="off" maxLength={200}
        onChange={(event) => take({ [part]: event.target.value })}
      />
    </div>
  );

  const levels = levelsOf(regions, cascade.map((part) => now[part]));
  const steps = cascade.map((part, index) => {
    const options = levels[index] ?? [];
    const chosen = options.find(({ name }) => name === now[part]);
    return (
      <Picker
        key={part} label={t(`address.${part}`)} disabled={disabled || options.length === 0}
        value={now[part] ? [chosen?.code ?? ''] : []}
        options={options.map(({ code, name }) => ({ value: code, label: name }))} clearable
        shown={now[part] ?? <span className="dim">{t(`address.${part}`)}</span>}
        onChange={([code]) => {
          const next = options.find((option) => option.code === code);
          const below = Object.fromEntries(cascade.slice(index + 1).map((one) => [one, undefined]));
          const only = next?.parts.length === 1 && index === 0 ? next.parts[0] : undefined;
          take({ ...below, [part]: next?.name, region: next?.code,
            ...(only ? { city: only.name, region: only.code } : {}) });
        }}
      />
    );
  });

  return (
    <div className="parts address" role="group" aria-label={field.label}
      aria-describedby={describedBy}>
      <Picker
        id={id} label={t('address.country')} value={land ? [land] : []} disabled={disabled}
        invalid={invalid} describedBy={describedBy}
        options={countries.map((code) => ({
          value: code, label: names.of(code) ?? code, hint: code }))}
        shown={land ? names.of(land) : <span className="dim">{t('address.country')}</span>}
        onChange={([code]) => take({ country: code, region: undefined })}
      />
      {china ? steps : (['province', 'city', 'district'] as Part[]).map((part) => text(part))}
      {text('street', true)}
      {text('postcode')}
    </div>
  );
}
