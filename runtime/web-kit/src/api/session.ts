import { request } from './http.ts';
import type { App, Me, SessionOptions } from './types.ts';

export const sessionKeys = {
  me: ['me'] as const,
  options: ['session', 'options'] as const,
  app: (locale: string) => ['app', locale] as const,
};

export const signIn = (login: string, password: string) =>
  request<Me>('POST', '/session', { body: { login, password } });

export const signOut = () => request<void>('DELETE', '/session');
export const fetchMe = () => request<Me>('GET', '/me');

export const changeMe = (set: { locale?: string; theme?: string }) =>
  request<Me>('PATCH', '/me', { body: set });

export const fetchSessionOptions = (locale: string) =>
  request<SessionOptions>('GET', '/session/options', { query: { locale } });

export const fetchApp = (locale: string) => request<App>('GET', '/app', { query: { locale } });
