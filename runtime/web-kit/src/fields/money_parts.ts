import type { AppField } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';

/** Of money in several currencies: its amount as a number, its currency as a choice. */
export function partOf(field: AppField, name: string): AppField | undefined {
  const { currency: _, currencies, ...plain } = field;
  if (!currencies || (name !== 'amount' && name !== 'currency')) return undefined;
  const part = { ...plain, label: t(`money.${name}`), writable: false };
  return name === 'amount' ? { ...part, type: 'decimal' } : {
    ...part, type: 'choice',
    options: currencies.map((code) => ({ name: code, label: code, color: 'grey' })),
  };
}
