import type { Box, RunItem, TaskItem } from '../api/flow_types.ts';

// What the address of the to-do centre says.

export interface TodoState {
  box?: string | undefined;
  q?: string | undefined;
  flow?: string | undefined;
  task?: string | undefined;
}

export const boxes: Box[] = ['todo', 'done', 'mine', 'cc'];

export const boxOf = (state: TodoState): Box =>
  boxes.find((box) => box === state.box) ?? 'todo';

export const todoHref = (state: TodoState) => {
  const known = Object.entries(state).filter(([name, value]) => value !== undefined
    && value !== '' && !(name === 'box' && value === 'todo'));
  const query = new URLSearchParams(known as [string, string][]).toString();
  return `/todo${query ? `?${query}` : ''}`;
};

export const isTask = (item: TaskItem | RunItem): item is TaskItem => 'node' in item;
export const keyOf = (item: TaskItem | RunItem) => (isTask(item) ? item.id : item.run);

/** The one beside `key` in the list; null: there is none. */
export function besides(keys: string[], key: string | undefined, step: 1 | -1): string | null {
  const at = key === undefined ? -1 : keys.indexOf(key);
  if (at < 0) return keys[step > 0 ? 0 : keys.length - 1] ?? null;
  return keys[at + step] ?? null;
}

/** After something has left the list: what stood behind it, else before it. */
export const afterLeaving = (keys: string[], key: string): string | null =>
  besides(keys, key, 1) ?? besides(keys, key, -1);
