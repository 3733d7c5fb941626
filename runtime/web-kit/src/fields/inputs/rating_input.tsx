import { useT } from '../../i18n/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import type { InputProps } from '../field_type.ts';

export function RatingInput({ field, value, onChange, disabled, id, onDone }: InputProps) {
  const t = useT();
  const now = Number(value ?? 0);
  return (
    <div className="stars edit" role="radiogroup" aria-label={field.label} id={id} tabIndex={-1}>
      {Array.from({ length: Number(field.maximum ?? 5) }, (_, index) => index + 1).map((count) => (
        <button
          key={count} type="button" role="radio" aria-checked={now === count} disabled={disabled}
          aria-label={t('rating', { count })}
          tabIndex={now === count || (!now && count === 1) ? 0 : -1}
          onClick={() => {
            onChange(now === count ? null : count);
            onDone?.();
          }}
          onKeyDown={(event) => {
            const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
            if (!step) return;
            event.preventDefault();
            event.stopPropagation();
            const next = Math.min(Math.max(now + step, 1), Number(field.maximum ?? 5));
            onChange(next);
            const all = event.currentTarget.parentElement?.querySelectorAll('button');
            all?.[next - 1]?.focus();
          }}
        >
          <Icon name="star" size={20} className={count <= now ? 'lit' : ''} />
        </button>
      ))}
    </div>
  );
}
