import {
  createRootRoute, createRoute, createRouter, lazyRouteComponent, type SearchSchemaInput,
} from '@tanstack/react-router';
import { loadTexts } from '@tenon/web-kit/i18n/i18n.ts';
import { NotFoundPage } from './routes/not_found_page.tsx';
import { PageFault } from './routes/page_fault.tsx';
import { Session } from './shell/session.tsx';
import { Shell } from './shell/shell.tsx';

// Search parameters are plain text, so that an address can be read and written by hand.

export interface PageSearch {
  view?: string;
  q?: string;
  filter?: string;
  sort?: string;
  form?: string;
  back?: string;
  box?: string;
  flow?: string;
  task?: string;
  submit?: string;
  [name: string]: string | undefined;
}

const readSearch = (search: PageSearch & SearchSchemaInput): PageSearch =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, String(value)]));

const root = createRootRoute({ notFoundComponent: NotFoundPage, errorComponent: PageFault });

export const signInRoute = createRoute({
  getParentRoute: () => root, path: '/sign-in', validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./routes/sign_in_page.tsx'), 'SignInPage'),
});

const session = createRoute({ getParentRoute: () => root, id: 'session', component: Session });
const shell = createRoute({ getParentRoute: () => session, id: 'shell', component: Shell });

const home = createRoute({
  getParentRoute: () => shell, path: '/', validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./routes/home_page.tsx'), 'HomePage'),
});

export const listRoute = createRoute({
  getParentRoute: () => shell, path: '/o/$object', validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./routes/list_page.tsx'), 'ListPage'),
});

export const recordRoute = createRoute({
  getParentRoute: () => shell, path: '/o/$object/$id', validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./routes/record_page.tsx'), 'RecordPage'),
});

export const reportRoute = createRoute({
  getParentRoute: () => shell, path: '/r/$report', validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./routes/report_page.tsx'), 'ReportPage'),
});

const todo = createRoute({
  getParentRoute: () => shell, path: '/todo', validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./routes/todo_page.tsx'), 'TodoPage'),
});

const task = createRoute({
  getParentRoute: () => shell, path: '/tasks/$id',
  component: lazyRouteComponent(() => import('./routes/task_page.tsx'), 'TaskPage'),
});

const run = createRoute({
  getParentRoute: () => shell, path: '/runs/$id',
  component: lazyRouteComponent(() => import('./routes/run_page.tsx'), 'RunPage'),
});

/** A page with the texts of its part. */
const withTexts = async <Page,>(page: Promise<Page>): Promise<Page> => {
  const [loaded] = await Promise.all([page, loadTexts('flows')]);
  return loaded;
};

const flows = createRoute({
  getParentRoute: () => shell, path: '/flows',
  component: lazyRouteComponent(() => withTexts(import('./routes/flows_page.tsx')), 'FlowsPage'),
});

const flow = createRoute({
  getParentRoute: () => shell, path: '/flows/$name', validateSearch: readSearch,
  component: lazyRouteComponent(() => withTexts(import('./routes/flow_page.tsx')), 'FlowPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signInRoute,
    session.addChildren([shell.addChildren([
      home, listRoute, recordRoute, reportRoute, todo, task, run, flows, flow,
    ])]),
  ]),
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const kept = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
    const text = new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString();
    return text ? `?${text}` : '';
  },
  defaultPreload: false,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
