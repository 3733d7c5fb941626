import { useQuery } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { ApiError } from '../api/api_error.ts';
import { type Application, useApplication } from '../api/application.tsx';
import { type ExplainPart, explainKey, fetchExplanation } from '../api/explain.ts';
import type { AppField, FormulaResult } from '../api/types.ts';
import { isEmptyValue } from '../fields/field_type.ts';
import { textOf } from '../fields/field_types.tsx';
import { moneyOf } from '../format/money.ts';
import { useT } from '../i18n/i18n.ts';
import { Popover } from '../ui/popover.tsx';
import { Explained } from './explained.tsx';
import { lookedUpText } from './looked_up_text.ts';
import { whyLines } from './why_lines.ts';

export interface WhyPopoverProps {
  anchor: RefObject<HTMLElement | null>;
  object: string;
  id: string;
  /** Another one is asked anew. */
  version?: number;
  field: AppField;
  value: unknown;
  onClose: () => void;
}

const errors = new Set(['overflow', 'division_by_zero', 'argument', 'limit']);

/** A value by its kind alone: a number with all its digits, a day as everywhere. */
function plainText(part: ExplainPart, field: AppField, application: Application): string {
  const { value, kind } = part;
  if (isEmptyValue(value)) return '—';
  if (Array.isArray(value)) return String(value.length);
  const money = typeof value === 'object' ? moneyOf(value) : null;
  if (money) return application.formats.sumsText([money]);
  if (kind === 'number') return application.formats.number(String(value));
  if (kind === 'reference') return String((value as { name?: string }).name ?? value);
  const plain: AppField = { ...field, type: 'formula', result: kind as FormulaResult };
  delete plain.options;
  delete plain.currency;
  delete plain.currencies;
  return textOf(value, { application, field: plain });
}

/** Why a kept value is what it is, as the server tells whoever asks. */
export function WhyPopover(props: WhyPopoverProps) {
  const { anchor, object, id, version, field, value, onClose } = props;
  const t = useT();
  const application = useApplication();
  const answer = useQuery({
    queryKey: [...explainKey(object, id, field.name), version ?? 0],
    queryFn: ({ signal }) => fetchExplanation(object, id, field.name, signal),
  });
  const part = answer.data?.part;
  const error = (rule: string) => t(`explain.error.${errors.has(rule) ? rule : 'argument'}`);
  const note = answer.isPending ? t('explain.asking')
    : answer.error
      ? (answer.error instanceof ApiError && answer.error.said) || t('explain.failed')
      : part?.state === 'error' ? error(part.error ?? '')
        : part && part.text === null ? t('explain.formula_hidden') : undefined;
  const lines = part ? whyLines(part, {
    hidden: t('explain.hidden'), unused: t('explain.unused'), error,
    value: (one) => plainText(one, field, application),
    lookedUp: (found) => lookedUpText(found, application, t),
  }) : [];
  return (
    <Popover anchor={anchor} onClose={onClose} label={t('lines.how', { label: field.label })}>
      <div role="status" aria-busy={answer.isPending}>
        <Explained
          label={field.label} formula={part?.text ?? null} note={note} lines={lines}
          value={isEmptyValue(value) ? '' : textOf(value, { application, field })}
        />
      </div>
    </Popover>
  );
}
