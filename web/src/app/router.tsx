// The routes that everything else is in: signing in, a project with its frame, and the filter bar of the analytic pages.
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { Problem } from '../api/problem'
import { meQuery } from '../api/session'
import { openShared, sharedPage } from '../api/shared'
import { parseSetupSearch, parseSignInSearch } from '../features/auth/model'
import { recall } from '../lib/store'
import { setProjectZone } from '../lib/zone'
import { AnalysisLayout } from './AnalysisLayout'
import { NotFound, NotFoundHere, PageFailure } from './Failures'
import { HomePage } from './HomePage'
import { ProjectFrame } from './ProjectFrame'

export const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  errorComponent: PageFailure,
  notFoundComponent: NotFound,
})

export const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: parseSetupSearch,
  component: lazyRouteComponent(() => import('../features/auth/SetupPage'), 'SetupPage'),
  errorComponent: PageFailure,
})

export const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseSignInSearch,
  component: lazyRouteComponent(() => import('../features/auth/SignInPage'), 'SignInPage'),
  errorComponent: PageFailure,
})

/** The signed-in member, or a redirect to the sign-in page that remembers this address. */
async function requireMember(queryClient: QueryClient, href: string) {
  try {
    return await queryClient.ensureQueryData(meQuery)
  } catch (error) {
    if (error instanceof Problem && error.isUnauthenticated) {
      throw redirect({ to: '/sign-in', search: href === '/' ? {} : { return_to: href } })
    }
    throw error
  }
}

export const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context, location }) => {
    if (sharedPage()) {
      // Outside a shared page this tab asks as a member again.
      openShared(null)
      context.queryClient.clear()
    }
    const me = await requireMember(context.queryClient, location.href)
    const last = recall('project')
    const project = me.projects.find(({ id }) => id === last) ?? me.projects[0]
    if (project) throw redirect({ to: '/p/$projectId/overview', params: { projectId: project.id }, replace: true })
  },
  component: HomePage,
  errorComponent: PageFailure,
})

export const project = createRoute({
  getParentRoute: () => root,
  path: '/p/$projectId',
  beforeLoad: async ({ context, location, params }) => {
    const me = await requireMember(context.queryClient, location.href)
    // Before anything is asked: periods are those of the project's clock.
    setProjectZone(me.projects.find(({ id }) => id === params.projectId)?.time_zone ?? 'UTC')
  },
  component: ProjectFrame,
  errorComponent: PageFailure,
  notFoundComponent: NotFoundHere,
})

export const projectHome = createRoute({
  getParentRoute: () => project,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/p/$projectId/overview', params, replace: true })
  },
})

export const analysis = createRoute({ getParentRoute: () => project, id: 'analysis', component: AnalysisLayout })

export const shared = createRoute({
  getParentRoute: () => root,
  path: '/shared/$token',
  component: lazyRouteComponent(() => import('../features/share-links/OpenPage'), 'OpenSharedPage'),
  errorComponent: PageFailure,
})

export const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitations/$token',
  component: lazyRouteComponent(() => import('../features/auth/InvitationPage'), 'InvitationPage'),
  errorComponent: PageFailure,
})
