// Goals in words; pure.

export const GOAL_KINDS = ['page', 'event', 'click', 'order', 'booking', 'stage'] as const
export type GoalKind = (typeof GOAL_KINDS)[number]

export const KIND_LABELS: Record<GoalKind, string> = {
  page: 'Views a page',
  event: 'Sends an event',
  click: 'Clicks an element',
  order: 'Places an order',
  booking: 'Completes a booking',
  stage: 'Reaches a CRM stage',
}

export type Target = { label: string; placeholder: string; help: string }

/** What the target of a kind is; none for those that have none. */
export const TARGETS: Record<GoalKind, Target | null> = {
  page: {
    label: 'Page',
    placeholder: '/thank-you',
    help: 'Its path. With * at the end, every page that begins so: /rooms/*',
  },
  event: { label: 'Event', placeholder: 'newsletter.joined', help: 'The name of one of your events.' },
  click: {
    label: 'Element',
    placeholder: '#call-us',
    help: 'Its CSS selector, as the Friction and Heatmaps pages show it.',
  },
  order: null,
  booking: null,
  stage: {
    label: 'Stage',
    placeholder: 'Customer - Active',
    help: 'Counts the customer events by which your CRM rules give this status. Changes by hand are not counted.',
  },
}

export function isGoalKind(kind: string): kind is GoalKind {
  return (GOAL_KINDS as readonly string[]).includes(kind)
}

/** "Views a page that begins with /rooms/": what reaches a goal. */
export function goalSentence({ kind, target }: { kind: string; target: string }): string {
  switch (kind) {
    case 'page':
      if (target === '*') return 'Views any page'
      return target.endsWith('*') ? `Views a page that begins with ${target.slice(0, -1)}` : `Views ${target}`
    case 'event':
      return `Sends ${target}`
    case 'click':
      return `Clicks ${target}`
    case 'stage':
      return `Becomes ${target}`
    default:
      return isGoalKind(kind) ? KIND_LABELS[kind] : kind
  }
}
