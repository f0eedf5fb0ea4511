// The pages on which a project is set up, and their addresses.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { project } from './router'

export const goals = createRoute({
  getParentRoute: () => project,
  path: '/settings/goals',
  staticData: { title: 'Goals' },
  component: lazyRouteComponent(() => import('../features/goals/Page'), 'GoalsPage'),
})

export const settings = createRoute({
  getParentRoute: () => project,
  path: '/settings',
  staticData: { title: 'Project settings' },
  component: lazyRouteComponent(() => import('../features/settings/Page'), 'SettingsPage'),
})

export const account = createRoute({
  getParentRoute: () => project,
  path: '/account',
  staticData: { title: 'Your account' },
  component: lazyRouteComponent(() => import('../features/auth/AccountPage'), 'AccountPage'),
})
