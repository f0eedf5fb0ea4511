// The pages of a project and their addresses: each feature parses its own search parameters, and its main question is asked when a link is hovered.
import type { QueryClient } from '@tanstack/react-query'
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { isAtLeast, knownRole } from '../api/role'
import { parseAcquisitionSearch } from '../features/acquisition/model'
import { parseEventsSearch } from '../features/events/model'
import { isAskable, parseFunnelSearch } from '../features/funnels/model'
import { parseHeatmapSearch, scopeOf } from '../features/heatmaps/model'
import { parseJourneySearch } from '../features/journeys/model'
import { overviewQuery } from '../features/overview/api'
import { parseOverviewSearch } from '../features/overview/model'
import { parseMomentSearch, parseRecordingsSearch } from '../features/recordings/search'
import { parseSessionsSearch } from '../features/sessions/model'
import { parseSessionSearch } from '../features/sessions/timeline'
import { parseSqlSearch } from '../features/sql/model'
import { analysisOf } from '../lib/analysis'
import { board, boards } from './boardPages'
import { FailureHere } from './Failures'
import { error, errors, forms, friction } from './frictionPages'
import { managementPages } from './managementPages'
import { contacts, customers, interests, leadScores, person, tasks } from './peoplePages'
import { analysis, home, invitation, project, projectHome, root, setup, shared, signIn } from './router'
import { bots, performance, retention } from './trafficPages'

const overview = createRoute({
  getParentRoute: () => analysis,
  path: '/overview',
  staticData: { title: 'Overview' },
  validateSearch: parseOverviewSearch,
  loaderDeps: ({ search }) => analysisOf(search),
  loader: ({ context, params, deps }) => void context.queryClient.prefetchQuery(overviewQuery(params.projectId, deps)),
  component: lazyRouteComponent(() => import('../features/overview/Page'), 'OverviewPage'),
})

const acquisition = createRoute({
  getParentRoute: () => analysis,
  path: '/acquisition',
  staticData: { title: 'Acquisition' },
  validateSearch: parseAcquisitionSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) =>
    void import('../features/acquisition/api').then(({ topQuery }) =>
      context.queryClient.prefetchQuery(topQuery(params.projectId, deps, 'channel')),
    ),
  component: lazyRouteComponent(() => import('../features/acquisition/Page'), 'AcquisitionPage'),
})

const sessions = createRoute({
  getParentRoute: () => analysis,
  path: '/sessions',
  staticData: { title: 'Sessions' },
  validateSearch: parseSessionsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => {
    if (isAtLeast(knownRole(context.queryClient, params.projectId), 'analyst'))
      void import('../features/sessions/api').then(({ sessionsQuery }) =>
        context.queryClient.prefetchInfiniteQuery(sessionsQuery(params.projectId, deps)),
      )
  },
  component: lazyRouteComponent(() => import('../features/sessions/Page'), 'SessionsPage'),
})

const journeys = createRoute({
  getParentRoute: () => analysis,
  path: '/journeys',
  staticData: { title: 'Journeys' },
  validateSearch: parseJourneySearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) =>
    void import('../features/journeys/api').then(({ journeysQuery }) =>
      context.queryClient.prefetchQuery(journeysQuery(params.projectId, deps)),
    ),
  component: lazyRouteComponent(() => import('../features/journeys/Page'), 'JourneysPage'),
})

const funnels = createRoute({
  getParentRoute: () => analysis,
  path: '/funnels',
  staticData: { title: 'Funnels' },
  validateSearch: parseFunnelSearch,
  loaderDeps: ({ search: { dropped: _dropped, ...asked } }) => asked,
  loader: ({ context, params, deps }) => {
    if (isAskable(deps) && isAtLeast(knownRole(context.queryClient, params.projectId), 'analyst'))
      void import('../features/funnels/api').then(({ funnelQuery }) =>
        context.queryClient.prefetchQuery(funnelQuery(params.projectId, deps)),
      )
  },
  component: lazyRouteComponent(() => import('../features/funnels/Page'), 'FunnelsPage'),
})

const heatmaps = createRoute({
  getParentRoute: () => analysis,
  path: '/heatmaps',
  staticData: { title: 'Heatmaps' },
  validateSearch: parseHeatmapSearch,
  loaderDeps: ({ search }) => scopeOf(search),
  loader: ({ context, params, deps }) =>
    void import('../features/heatmaps/api').then(({ pagesQuery }) =>
      context.queryClient.prefetchQuery(pagesQuery(params.projectId, deps)),
    ),
  component: lazyRouteComponent(() => import('../features/heatmaps/Page'), 'HeatmapsPage'),
})

const session = createRoute({
  getParentRoute: () => project,
  path: '/sessions/$sessionId',
  staticData: { title: 'Session' },
  validateSearch: parseSessionSearch,
  component: lazyRouteComponent(() => import('./SessionView'), 'SessionView'),
})

const events = createRoute({
  getParentRoute: () => analysis,
  path: '/events',
  staticData: { title: 'Events' },
  validateSearch: parseEventsSearch,
  component: lazyRouteComponent(() => import('../features/events/Page'), 'EventsPage'),
})

const sql = createRoute({
  getParentRoute: () => project,
  path: '/sql',
  staticData: { title: 'SQL' },
  validateSearch: parseSqlSearch,
  component: lazyRouteComponent(() => import('../features/sql/Page'), 'SqlPage'),
})

const recordings = createRoute({
  getParentRoute: () => project,
  path: '/recordings',
  staticData: { title: 'Recordings' },
  validateSearch: parseRecordingsSearch,
  component: lazyRouteComponent(() => import('../features/recordings/Page'), 'RecordingsPage'),
})

const recording = createRoute({
  getParentRoute: () => project,
  path: '/recordings/$recordingId',
  staticData: { title: 'Recording' },
  validateSearch: parseMomentSearch,
  component: lazyRouteComponent(() => import('../features/recordings/PlayerPage'), 'RecordingPage'),
})

const routeTree = root.addChildren([
  setup,
  signIn,
  invitation,
  shared,
  home,
  project.addChildren([
    projectHome,
    analysis.addChildren([
      overview,
      board,
      acquisition,
      friction,
      errors,
      error,
      sessions,
      journeys,
      funnels,
      forms,
      retention,
      heatmaps,
      performance,
      events,
      bots,
    ]),
    boards,
    session,
    sql,
    recordings,
    recording,
    contacts,
    person,
    tasks,
    customers,
    interests,
    leadScores,
    ...managementPages,
  ]),
])

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultErrorComponent: FailureHere,
    scrollRestoration: true,
  })
}

export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
  /** What goes along from page to page outside the address. */
  interface HistoryState {
    /** Whose data is exported or erased. */
    subject?: string
  }
  interface StaticDataRouteOption {
    title?: string
  }
}
