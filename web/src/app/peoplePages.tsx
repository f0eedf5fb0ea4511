// The pages about people and what the CRM does with them, and their addresses.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { parseContactsSearch } from '../features/crm/contacts/model'
import { parseInterestsSearch } from '../features/crm/interests/model'
import { parsePersonSearch } from '../features/crm/person/model'
import { parseScoresSearch } from '../features/crm/scores/model'
import { parseTasksSearch } from '../features/crm/tasks/model'
import { parseCustomersSearch } from '../features/customers/model'
import { project } from './router'

export const contacts = createRoute({
  getParentRoute: () => project,
  path: '/contacts',
  staticData: { title: 'Contacts' },
  validateSearch: parseContactsSearch,
  loader: ({ context, params }) =>
    void import('../features/crm/contacts/api').then(({ pipelineQuery }) =>
      context.queryClient.prefetchQuery(pipelineQuery(params.projectId)),
    ),
  component: lazyRouteComponent(() => import('../features/crm/contacts/ContactsPage'), 'ContactsPage'),
})

export const person = createRoute({
  getParentRoute: () => project,
  path: '/people/$personId',
  staticData: { title: 'Person' },
  validateSearch: parsePersonSearch,
  component: lazyRouteComponent(() => import('../features/crm/person/PersonPage'), 'PersonPage'),
})

export const tasks = createRoute({
  getParentRoute: () => project,
  path: '/tasks',
  staticData: { title: 'Tasks' },
  validateSearch: parseTasksSearch,
  component: lazyRouteComponent(() => import('../features/crm/tasks/TasksPage'), 'TasksPage'),
})

export const customers = createRoute({
  getParentRoute: () => project,
  path: '/customers',
  staticData: { title: 'Customers' },
  validateSearch: parseCustomersSearch,
  loaderDeps: ({ search: { open: _open, ...listed } }) => listed,
  loader: ({ context, params, deps }) =>
    void import('../features/customers/api').then(({ customersQuery }) =>
      context.queryClient.prefetchInfiniteQuery(customersQuery(params.projectId, deps)),
    ),
  component: lazyRouteComponent(() => import('../features/customers/Page'), 'CustomersPage'),
})

export const interests = createRoute({
  getParentRoute: () => project,
  path: '/interests',
  staticData: { title: 'Interests' },
  validateSearch: parseInterestsSearch,
  component: lazyRouteComponent(() => import('../features/crm/interests/InterestsPage'), 'InterestsPage'),
})

export const leadScores = createRoute({
  getParentRoute: () => project,
  path: '/lead-scores',
  staticData: { title: 'Lead scores' },
  validateSearch: parseScoresSearch,
  component: lazyRouteComponent(() => import('../features/crm/scores/ScoresPage'), 'ScoresPage'),
})
