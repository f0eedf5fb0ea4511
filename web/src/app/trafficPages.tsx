// The pages about traffic as a whole: whether visitors come back.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { retentionQuery } from '../features/visitor-retention/api'
import { parseRetentionSearch } from '../features/visitor-retention/model'
import { analysis } from './router'

export const retention = createRoute({
  getParentRoute: () => analysis,
  path: '/retention',
  staticData: { title: 'Retention' },
  validateSearch: parseRetentionSearch,
  loaderDeps: ({ search: { open: _open, ...asked } }) => asked,
  loader: ({ context, params, deps }) => void context.queryClient.prefetchQuery(retentionQuery(params.projectId, deps)),
  component: lazyRouteComponent(() => import('../features/visitor-retention/Page'), 'RetentionPage'),
})
