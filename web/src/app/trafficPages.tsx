// The pages about traffic as a whole: whether visitors come back, who comes that is no visitor, and how fast pages feel.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { botsQuery } from '../api/bots'
import { parsePerformanceSearch } from '../features/performance/model'
import { parseRetentionSearch } from '../features/visitor-retention/model'
import { analysisOf, parseAnalysis } from '../lib/analysis'
import { analysis } from './router'

export const retention = createRoute({
  getParentRoute: () => analysis,
  path: '/retention',
  staticData: { title: 'Retention' },
  validateSearch: parseRetentionSearch,
  loaderDeps: ({ search: { open: _open, ...asked } }) => asked,
  loader: ({ context, params, deps }) =>
    void import('../features/visitor-retention/api').then(({ retentionQuery }) =>
      context.queryClient.prefetchQuery(retentionQuery(params.projectId, deps)),
    ),
  component: lazyRouteComponent(() => import('../features/visitor-retention/Page'), 'RetentionPage'),
})

export const bots = createRoute({
  getParentRoute: () => analysis,
  path: '/bots',
  staticData: { title: 'Bots' },
  validateSearch: parseAnalysis,
  loaderDeps: ({ search }) => analysisOf(search),
  loader: ({ context, params, deps }) => void context.queryClient.prefetchQuery(botsQuery(params.projectId, deps)),
  component: lazyRouteComponent(() => import('../features/bots/Page'), 'BotsPage'),
})

export const performance = createRoute({
  getParentRoute: () => analysis,
  path: '/performance',
  staticData: { title: 'Performance' },
  validateSearch: parsePerformanceSearch,
  loaderDeps: ({ search }) => analysisOf(search),
  loader: ({ context, params, deps }) =>
    void import('../features/performance/api').then(({ vitalsQuery }) =>
      context.queryClient.prefetchQuery(vitalsQuery(params.projectId, deps)),
    ),
  component: lazyRouteComponent(() => import('../features/performance/Page'), 'PerformancePage'),
})
