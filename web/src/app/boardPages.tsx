// The boards and their addresses.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { parseAnalysis } from '../lib/analysis'
import { analysis, project } from './router'

export const boards = createRoute({
  getParentRoute: () => project,
  path: '/boards',
  staticData: { title: 'Boards' },
  validateSearch: parseAnalysis,
  loader: ({ context, params }) =>
    void import('../features/boards/api').then(({ boardsQuery }) =>
      context.queryClient.prefetchQuery(boardsQuery(params.projectId)),
    ),
  component: lazyRouteComponent(() => import('../features/boards/ListPage'), 'BoardsPage'),
})

export const board = createRoute({
  getParentRoute: () => analysis,
  path: '/boards/$boardId',
  staticData: { title: 'Board' },
  validateSearch: (search: Record<string, unknown>) => ({
    ...parseAnalysis(search),
    ...(search.edit === true || search.edit === 'true' ? { edit: true as const } : {}),
  }),
  loader: ({ context, params }) =>
    void import('../features/boards/api').then(({ boardQuery }) =>
      context.queryClient.prefetchQuery(boardQuery(params.projectId, params.boardId)),
    ),
  component: lazyRouteComponent(() => import('./BoardView'), 'BoardView'),
})
