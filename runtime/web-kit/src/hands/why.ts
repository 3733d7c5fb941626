import { ApiError } from '../api/api_error.ts';
import type { ProblemDocument, Refusal } from '../api/types.ts';
import type { Formats } from '../format/formats.ts';
import { t } from '../i18n/i18n.ts';

const known = new Set(['not_a_member', 'inactive', 'condition', 'daily_limit', 'capacity',
  'cool_down', 'extensions', 'not_due', 'in_pool', 'no_pool', 'yours', 'unchanged']);

/** Why something is not possible now, with numbers and from when on it is. */
export const whyNot = (refusals: Refusal[], formats: Formats): string => refusals
  .map(({ rule, count, bound, until }) => t(
    known.has(rule) ? `hands.why.${rule}${until ? '_until' : ''}` : 'hands.why.other',
    { count, bound, until: until ? formats.dateTime(until) : '' }))
  .join(' ');

/** The same of an answer: by its rule, else in the server's words. */
export function whyRefused(document: ProblemDocument | undefined): string {
  const problem = document?.problems?.[0];
  const rule = problem?.rule ?? '';
  if (known.has(rule)) return t(`hands.why.${rule}`, { count: '', bound: '', until: '' });
  return problem?.message ?? document?.detail ?? t('hands.why.other');
}

/** Of one that failed: what the server knows of the record says it best. */
export function whyFailed(error: unknown, action: string, formats: Formats): string {
  if (!(error instanceof ApiError)) return t('save.failed');
  const { ownership } = error;
  if (error.problems[0]?.rule === 'taken' && ownership?.owner?.name) {
    return t('hands.why.taken', { name: ownership.owner.name });
  }
  const refusals = ownership?.actions[action as keyof typeof ownership.actions];
  if (refusals?.length) return whyNot(refusals, formats);
  return whyRefused({ problems: error.problems, detail: error.said ?? t('save.failed') });
}
