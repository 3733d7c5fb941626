import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import type { Locale } from '../api/types.ts';

// Texts of the client, one lazily loaded pack per locale. Texts of the application come from /app.

const instance = i18next.createInstance();
const packs: Record<Locale, () => Promise<{ default: object }>> = {
  'en': () => import('./locales/en.json'),
  'zh-CN': () => import('./locales/zh-CN.json'),
};

/** Texts of a part that few open: they come with it. */
const parts = {
  flows: {
    'en': () => import('./locales/flows.en.json'),
    'zh-CN': () => import('./locales/flows.zh-CN.json'),
  },
} satisfies Record<string, Record<Locale, () => Promise<{ default: object }>>>;
export type TextPart = keyof typeof parts;
const wanted = new Set<TextPart>();

let version = 0;
const listeners = new Set<() => void>();

export const localeOf = (text: string | null | undefined): Locale =>
  (text?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');

export function keptLocale(): Locale {
  return localeOf(localStorage.getItem('tenon.locale') ?? navigator.language);
}

export async function startI18n(locale: Locale) {
  await instance.init({
    lng: locale, fallbackLng: false, resources: {},
    interpolation: { escapeValue: false }, returnNull: false,
  });
  await changeLocale(locale);
}

async function addTexts(part: TextPart, locale: Locale) {
  const pack = await parts[part][locale]();
  instance.addResourceBundle(locale, 'translation', pack.default, true);
}

/** Before the part is shown. */
export async function loadTexts(part: TextPart) {
  wanted.add(part);
  await addTexts(part, currentLocale());
}

export async function changeLocale(locale: Locale) {
  if (!instance.hasResourceBundle(locale, 'translation')) {
    const pack = await packs[locale]();
    instance.addResourceBundle(locale, 'translation', pack.default);
  }
  await Promise.all([...wanted].map((part) => addTexts(part, locale)));
  await instance.changeLanguage(locale);
  document.documentElement.lang = locale;
  localStorage.setItem('tenon.locale', locale);
  version += 1;
  listeners.forEach((listener) => listener());
}

export const currentLocale = (): Locale => localeOf(instance.language);

export type Translate = (key: string, values?: Record<string, unknown>) => string;

/** `Job` in the middle of an English sentence is `job`; `VIN` stays. */
const inside = (word: unknown) => (typeof word === 'string' && /^[A-Z][a-z]/.test(word)
  ? word.charAt(0).toLowerCase() + word.slice(1) : word);

/** A noun of the application as it stands inside a sentence. */
export const noun = (label: string) => (instance.language === 'en' ? String(inside(label)) : label);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const t: Translate = (key, values) => {
  if (!values || !('object' in values || 'objects' in values) || instance.language !== 'en') {
    return instance.t(key, values ?? {});
  }
  const { object, objects, ...rest } = values;
  return capital(instance.t(key, { object: inside(object), objects: inside(objects), ...rest }));
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The translate function; the component draws again when the language changes. */
export function useT(): Translate {
  useSyncExternalStore(subscribe, () => version);
  return t;
}

export function useLocale(): Locale {
  useSyncExternalStore(subscribe, () => version);
  return currentLocale();
}
