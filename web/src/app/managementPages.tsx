// The pages that manage a project and the member's account: settings, keys, bills, people.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { parseBillingSearch } from '../features/billing/model'
import { parseOperationsSearch } from '../features/operations/model'
import { parseTeamSearch } from '../features/team/model'
import { parseWebhooksSearch } from '../features/webhooks/model'
import { project } from './router'

const settings = createRoute({
  getParentRoute: () => project,
  path: '/settings',
  staticData: { title: 'Project settings' },
  component: lazyRouteComponent(() => import('../features/settings/Page'), 'SettingsPage'),
})

const goals = createRoute({
  getParentRoute: () => project,
  path: '/settings/goals',
  staticData: { title: 'Goals' },
  component: lazyRouteComponent(() => import('../features/goals/Page'), 'GoalsPage'),
})

const shareLinks = createRoute({
  getParentRoute: () => project,
  path: '/settings/share-links',
  staticData: { title: 'Share links' },
  component: lazyRouteComponent(() => import('../features/share-links/Page'), 'ShareLinksPage'),
})

const sourceMaps = createRoute({
  getParentRoute: () => project,
  path: '/settings/source-maps',
  staticData: { title: 'Source maps' },
  component: lazyRouteComponent(() => import('../features/source-maps/Page'), 'SourceMapsPage'),
})

const apiKeys = createRoute({
  getParentRoute: () => project,
  path: '/settings/api-keys',
  staticData: { title: 'API keys' },
  // A command leads here to create one at once.
  validateSearch: (search: Record<string, unknown>): { create?: true } =>
    search.create === true || search.create === 'true' ? { create: true } : {},
  component: lazyRouteComponent(() => import('../features/api-keys/Page'), 'ApiKeysPage'),
})

const sdk = createRoute({
  getParentRoute: () => project,
  path: '/sdk',
  staticData: { title: 'Tracker' },
  component: lazyRouteComponent(() => import('../features/sdk/Page'), 'SdkPage'),
})

const crmRules = createRoute({
  getParentRoute: () => project,
  path: '/settings/crm-rules',
  staticData: { title: 'CRM rules' },
  component: lazyRouteComponent(() => import('../features/crm/rules/RulesPage'), 'RulesPage'),
})

const webhooks = createRoute({
  getParentRoute: () => project,
  path: '/webhooks',
  staticData: { title: 'Webhooks' },
  validateSearch: parseWebhooksSearch,
  component: lazyRouteComponent(() => import('../features/webhooks/Page'), 'WebhooksPage'),
})

const team = createRoute({
  getParentRoute: () => project,
  path: '/team',
  staticData: { title: 'Team' },
  validateSearch: parseTeamSearch,
  component: lazyRouteComponent(() => import('../features/team/Page'), 'TeamPage'),
})

const privacy = createRoute({
  getParentRoute: () => project,
  path: '/privacy',
  staticData: { title: 'Privacy' },
  component: lazyRouteComponent(() => import('../features/privacy/Page'), 'PrivacyPage'),
})

const billing = createRoute({
  getParentRoute: () => project,
  path: '/billing',
  staticData: { title: 'Calls and billing' },
  validateSearch: parseBillingSearch,
  component: lazyRouteComponent(() => import('../features/billing/Page'), 'BillingPage'),
})

const operations = createRoute({
  getParentRoute: () => project,
  path: '/operations',
  staticData: { title: 'Operations' },
  validateSearch: parseOperationsSearch,
  component: lazyRouteComponent(() => import('../features/operations/Page'), 'OperationsPage'),
})

const account = createRoute({
  getParentRoute: () => project,
  path: '/account',
  staticData: { title: 'Your account' },
  component: lazyRouteComponent(() => import('../features/auth/AccountPage'), 'AccountPage'),
})

export const managementPages = [
  settings,
  goals,
  shareLinks,
  sourceMaps,
  apiKeys,
  sdk,
  crmRules,
  webhooks,
  team,
  privacy,
  billing,
  operations,
  account,
] as const
