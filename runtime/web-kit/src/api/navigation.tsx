import { createContext, type ReactNode, useContext } from 'react';

// How the kit's parts go somewhere; the client that shows them says what going means.

export interface Navigation {
  go: (href: string, options?: { replace?: boolean }) => void;
}

const Context = createContext<Navigation>({ go: (href) => location.assign(href) });

interface NavigationProviderProps {
  value: Navigation;
  children: ReactNode;
}

export function NavigationProvider({ value, children }: NavigationProviderProps) {
  return <Context value={value}>{children}</Context>;
}

export const useNavigation = () => useContext(Context);

const part = encodeURIComponent;
const asQuery = (search: Record<string, string>) => {
  const query = new URLSearchParams(search).toString();
  return query && `?${query}`;
};
export const objectHref = (object: string, search: Record<string, string> = {}) =>
  `/o/${part(object)}${asQuery(search)}`;
export const recordHref = (
  object: string, id: string, search: Record<string, string> = {},
) => `${objectHref(object)}/${part(id)}${asQuery(search)}`;
export const reportHref = (report: string) => `/r/${part(report)}`;
