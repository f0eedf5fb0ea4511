// The pages of friction, errors and forms, and their addresses.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { knownMemberId } from '../api/session'
import { parseErrorsSearch, parseGroupSearch, scopeOf } from '../features/errors/model'
import { parseFormsSearch } from '../features/forms/model'
import { parseFrictionSearch } from '../features/friction/model'
import { analysisOf } from '../lib/analysis'
import { analysis } from './router'

export const friction = createRoute({
  getParentRoute: () => analysis,
  path: '/friction',
  staticData: { title: 'Friction' },
  validateSearch: parseFrictionSearch,
  loaderDeps: ({ search }) => ({ search: analysisOf(search), sort: search.sort ?? 'score' }),
  loader: ({ context, params, deps }) =>
    void import('../features/friction/api').then(({ itemsQuery }) =>
      context.queryClient.prefetchInfiniteQuery(itemsQuery(params.projectId, deps.search, deps.sort)),
    ),
  component: lazyRouteComponent(() => import('../features/friction/Page'), 'FrictionPage'),
})

export const errors = createRoute({
  getParentRoute: () => analysis,
  path: '/errors',
  staticData: { title: 'Errors' },
  validateSearch: parseErrorsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) =>
    void import('../features/errors/api').then(({ errorsQuery }) =>
      context.queryClient.prefetchInfiniteQuery(
        errorsQuery(params.projectId, deps, knownMemberId(context.queryClient)),
      ),
    ),
  component: lazyRouteComponent(() => import('../features/errors/Page'), 'ErrorsPage'),
})

export const error = createRoute({
  getParentRoute: () => analysis,
  path: '/errors/$errorGroup',
  staticData: { title: 'Error' },
  validateSearch: parseGroupSearch,
  loaderDeps: ({ search }) => scopeOf(search),
  loader: ({ context, params, deps }) =>
    void import('../features/errors/api').then(({ errorQuery }) =>
      context.queryClient.prefetchQuery(errorQuery(params.projectId, params.errorGroup, deps)),
    ),
  component: lazyRouteComponent(() => import('./ErrorView'), 'ErrorView'),
})

export const forms = createRoute({
  getParentRoute: () => analysis,
  path: '/forms',
  staticData: { title: 'Forms' },
  validateSearch: parseFormsSearch,
  loaderDeps: ({ search }) => analysisOf(search),
  loader: ({ context, params, deps }) =>
    void import('../features/forms/api').then(({ formsQuery }) =>
      context.queryClient.prefetchQuery(formsQuery(params.projectId, deps)),
    ),
  component: lazyRouteComponent(() => import('../features/forms/Page'), 'FormsPage'),
})
