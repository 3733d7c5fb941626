import { useEffect, useRef } from 'react';
import { isComposing, isSubmitKey } from '../a11y/submit_key.ts';

// Keys of the to-do centre: they work wherever the focus is, but in what is typed into.

export type TodoCommand =
  'next' | 'before' | 'open' | 'choose' | 'approve' | 'reject' | 'comment' | 'search' | 'clear';

interface KeyLike {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  keyCode?: number;
  isComposing?: boolean;
}

const commands: Record<string, TodoCommand> = {
  'j': 'next', 'ArrowDown': 'next', 'k': 'before', 'ArrowUp': 'before', 'x': 'choose',
  'a': 'approve', 'r': 'reject', 'c': 'comment', '/': 'search', 'Escape': 'clear' };

/** What a key means here; null: nothing. `inside`: the focus is on something that takes keys. */
export function commandOf(event: KeyLike, inside: 'text' | 'button' | null): TodoCommand | null {
  if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (inside === 'text') return null;
  if (isSubmitKey(event)) return inside === 'button' ? null : 'open';
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return commands[key] ?? null;
}

function insideOf(target: EventTarget | null): 'text' | 'button' | null {
  const element = target as HTMLElement | null;
  if (element?.closest?.(
    'input:not([type="checkbox"]),textarea,select,dialog,[popover],[contenteditable="true"]')) {
    return 'text';
  }
  // The one that is shown beside the list is opened by Enter, as from anywhere else.
  if (element?.closest?.('.it-open[aria-current]')) return null;
  return element?.closest?.('button,a,summary,input') ? 'button' : null;
}

export function useTodoKeys(run: (command: TodoCommand) => void) {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      // A region that scrolls by arrows keeps them.
      const scrolls = (event.target as HTMLElement).closest?.('.fm, .sd, .scroll');
      if (scrolls && event.key.startsWith('Arrow')) return;
      const command = commandOf(event, insideOf(event.target));
      if (!command) return;
      event.preventDefault();
      latest.current(command);
    };
    document.addEventListener('keydown', key);
    return () => document.removeEventListener('keydown', key);
  }, []);
}

/** Puts the focus on what decides: the key alone decides nothing. */
export function focusAct(act: 'main' | 'reject' | 'comment') {
  const found = act === 'comment' ? document.getElementById('task-comment')
    : document.querySelector<HTMLElement>(`[data-act="${act}"]`);
  found?.focus();
}
