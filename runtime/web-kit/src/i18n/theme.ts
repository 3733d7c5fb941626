import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark' | 'system';

const listeners = new Set<() => void>();
const wantsDark = () => matchMedia('(prefers-color-scheme: dark)');

export const keptTheme = (): Theme => (localStorage.getItem('tenon.theme') as Theme) ?? 'system';

function show(theme: Theme) {
  const dark = theme === 'dark' || (theme === 'system' && wantsDark().matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  listeners.forEach((listener) => listener());
}

export function changeTheme(theme: Theme) {
  localStorage.setItem('tenon.theme', theme);
  show(theme);
}

export function startTheme() {
  show(keptTheme());
  wantsDark().addEventListener('change', () => show(keptTheme()));
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useTheme = () => useSyncExternalStore(subscribe, keptTheme);
export const useShownTheme = () => useSyncExternalStore(
  subscribe, () => document.documentElement.dataset['theme'] ?? 'light');
