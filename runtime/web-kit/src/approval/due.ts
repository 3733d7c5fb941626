import type { TaskItem } from '../api/flow_types.ts';
import type { Formats } from '../format/formats.ts';
import { spanText } from '../format/span.ts';
import type { Translate } from '../i18n/i18n.ts';

// When something has to be decided: in which group it stands, in which words, how loudly.

export type DueGroup = 'overdue' | 'today' | 'later' | 'open';
export const dueGroups: DueGroup[] = ['overdue', 'today', 'later', 'open'];

type Due = Pick<TaskItem, 'due_at' | 'is_overdue'>;

const soonMs = 2 * 3_600_000;
const dayMs = 86_400_000;

/** `dayOf`: the day of a moment in the application's zone. */
export function dueGroupOf(
  { due_at: due, is_overdue: over }: Due, now: number, dayOf: (moment: Date | string) => string,
): DueGroup {
  if (due === null) return 'open';
  if (over || Date.parse(due) < now) return 'overdue';
  return dayOf(due) === dayOf(new Date(now)) ? 'today' : 'later';
}

/** Groups in their order, those that have something; within a group as the server ordered. */
export function groupByDue<T extends Due>(
  items: T[], now: number, dayOf: (moment: Date | string) => string,
): { group: DueGroup; items: T[] }[] {
  const found = new Map<DueGroup, T[]>();
  for (const item of items) {
    const group = dueGroupOf(item, now, dayOf);
    found.set(group, [...(found.get(group) ?? []), item]);
  }
  return dueGroups.flatMap((group) => {
    const those = found.get(group);
    return those ? [{ group, items: those }] : [];
  });
}

export function dueLook(item: Due, now: number): 'bad' | 'warn' | 'grey' {
  if (item.due_at === null) return 'grey';
  const left = Date.parse(item.due_at) - now;
  if (item.is_overdue || left < 0) return 'bad';
  return left < soonMs ? 'warn' : 'grey';
}

/** "3 h 12 min left", "10 days overdue", "Tomorrow 12:00"; null: it has all the time. */
export function dueText(item: Due, now: number, formats: Formats, t: Translate): string | null {
  if (item.due_at === null) return null;
  const left = Date.parse(item.due_at) - now;
  if (left < 0) return t('due.over', { span: spanText(left) });
  if (left < dayMs / 2) return t('due.left', { span: spanText(left) });
  const time = formats.time(item.due_at);
  const day = formats.dayOf(item.due_at);
  if (day === formats.dayOf(new Date(now))) return t('due.today', { time });
  if (day === formats.dayOf(new Date(now + dayMs))) return t('due.tomorrow', { time });
  return t('due.on', { day: formats.date(day, formats.dayOf(new Date(now))), time });
}
