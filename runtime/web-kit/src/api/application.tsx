import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { Formats } from '../format/formats.ts';
import type { App, AppObject, Me } from './types.ts';

// The application as this person sees it, indexed once, with the formats of locale and zone.

export interface Application {
  app: App;
  me: Me;
  today: string;
  formats: Formats;
  object: (name: string) => AppObject | undefined;
}

const Context = createContext<Application | null>(null);

export function makeApplication(app: App, me: Me): Application {
  const objects = new Map(app.objects.map((object) => [object.name, object]));
  return {
    app, me, today: app.zone_today,
    formats: new Formats(app.locale, app.time_zone, app.currency),
    object: (name) => objects.get(name),
  };
}

interface ApplicationProviderProps {
  app: App;
  me: Me;
  children: ReactNode;
}

export function ApplicationProvider({ app, me, children }: ApplicationProviderProps) {
  const value = useMemo(() => makeApplication(app, me), [app, me]);
  return <Context value={value}>{children}</Context>;
}

export function useApplication(): Application {
  const value = useContext(Context);
  if (!value) throw new Error('no application around this component');
  return value;
}
