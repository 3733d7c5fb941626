import { useT } from '@tenon/web-kit/i18n/i18n.ts';
import { Icon } from '@tenon/web-kit/ui/icon.tsx';
import { useState } from 'react';

interface PasswordFieldProps {
  value: string;
  onChange: (value: string) => void;
  empty: boolean;
}

export function PasswordField({ value, onChange, empty }: PasswordFieldProps) {
  const t = useT();
  const [shown, setShown] = useState(false);
  return (
    <div className="field">
      <label htmlFor="password">{t('sign_in.password')}</label>
      <div className={`in${empty ? ' err' : ''}`}>
        <input
          id="password" name="password" type={shown ? 'text' : 'password'} value={value}
          autoComplete="current-password" aria-invalid={empty || undefined}
          aria-describedby={empty ? 'password-help' : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
        <button
          type="button" className="glyph" aria-pressed={shown}
          aria-label={t('sign_in.show')} onClick={() => setShown(!shown)}
        >
          <Icon name={shown ? 'eyeoff' : 'eye'} />
        </button>
      </div>
      {empty && <p className="help bad" id="password-help">{t('sign_in.password_empty')}</p>}
    </div>
  );
}
