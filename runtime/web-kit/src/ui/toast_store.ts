export interface Toast {
  id: number;
  text: string;
  bad: boolean;
  /** It was done, but there is something to look at. */
  warn?: boolean;
  ms: number;
  action?: { label: string; run: () => void };
}

let toasts: Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

export function toast(text: string, options: Partial<Omit<Toast, 'id' | 'text'>> = {}): number {
  const id = next++;
  toasts = [...toasts.slice(-2), {
    id, text, bad: false, ms: options.bad ? 8000 : options.action ? 7000 : 3500, ...options,
  }];
  tell();
  return id;
}

export function dismissToast(id: number) {
  toasts = toasts.filter((one) => one.id !== id);
  tell();
}

export const listToasts = () => toasts;
export const subscribeToasts = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
