// The mock's versioned documents: project settings, CRM rules and lead weights, each changed by whoever saw the latest.
import type { components } from '../../src/api/schema.gen'
import { WEIGHTS } from './crm'
import { problem } from './server'

type Schemas = components['schemas']
type Answer = { status: number; json?: unknown }
type Fields = Record<string, unknown>

/** As the server's default rules, in part. */
export const RULES = {
  abandon_after_minutes: 30,
  rules: [
    { event: 'customer.created', activity: true, status: { to: 'New Lead', unless: ['Customer - Active'] } },
    { event: 'customer.login', activity: true, counts: ['website_visits'] },
    { event: 'page.viewed', activity: false },
    { event: '*.viewed', activity: true, remembers: { last_vehicle_viewed: ['vehicle_name', 'item_name'] } },
    {
      event: 'booking.started',
      activity: true,
      status: { to: 'Hot Lead - Booking In Progress', unless: ['Customer - Active'] },
      deal_value: 'set',
      booking: 'started',
    },
    {
      event: 'booking.abandoned',
      activity: true,
      status: { to: 'Hot Lead - Abandoned Booking', unless: ['Customer - Active'] },
      booking: 'ended',
      task: {
        kind: 'abandoned_booking',
        title: 'URGENT: Follow up - Abandoned Booking',
        priority: 'urgent',
        due_in_minutes: 60,
      },
    },
    {
      event: 'booking.completed',
      activity: true,
      status: { to: 'Customer - Active' },
      counts: ['total_bookings', 'total_revenue'],
      deal_value: 'clear',
      booking: 'ended',
      task: { kind: 'booking_confirmation', title: 'Send Booking Confirmation & Welcome', priority: 'normal' },
      closes: ['abandoned_booking'],
    },
    { event: 'booking.*', activity: true, booking: 'continued' },
    { event: 'form.submitted', activity: true },
  ],
}

export type Documents = {
  settings: Schemas['ProjectSettingsChange']
  rules: Schemas['CrmRules']
  weights: Schemas['LeadWeights']
}

export function freshDocuments(): Documents {
  return {
    settings: {
      version: 0,
      name: 'Coral Coast Ferries',
      default_currency: null,
      programs_are_bots: false,
      time_zone: 'UTC',
      retention: { event_days: null, session_days: null, recording_days: null, activity_days: null },
    },
    rules: defaultRules(),
    weights: defaultWeights(),
  }
}

function defaultRules(): Schemas['CrmRules'] {
  return { version: 0, since: null, rules: structuredClone(RULES) as unknown as Schemas['CrmRules']['rules'] }
}

function defaultWeights(): Schemas['LeadWeights'] {
  return { version: 0, weights: structuredClone(WEIGHTS) as unknown as Schemas['LeadWeights']['weights'] }
}

const KINDS = [
  ['events', 'event_days', 761, 1_200],
  ['signals', 'event_days', 761, 0],
  ['sessions', 'session_days', 90, 40],
  ['recordings', 'recording_days', 30, 3],
  ['activities', 'activity_days', 761, 0],
] as const

const RUN = '2026-11-24T07:00:00.000Z'

/** How long each kind is kept. Sessions have had a run. */
export function retention({ settings }: Documents): Schemas['RetentionStatus'] {
  const last = {
    started_at: '2026-11-21T07:00:00.000Z',
    finished_at: '2026-11-21T07:00:02.000Z',
    removes_before: '2026-08-23T00:00:00.000Z',
    rows: 12,
    bytes: 0,
  }
  const kinds = KINDS.map(([kind, setting, default_days]) => ({
    kind,
    setting,
    default_days,
    days: settings.retention?.[setting] ?? default_days,
    next_run_at: RUN,
    removes_before: '2026-08-26T00:00:00.000Z',
    last_run: kind === 'sessions' ? last : null,
  }))
  return { max_days: 761, kinds }
}

/** What these days would remove: a fixed number of rows of every kind that keeps less than it does by default. */
export function retentionPreview(query: URLSearchParams): Schemas['RetentionPreview'] {
  const kinds = KINDS.map(([kind, setting, default_days, rows]) => {
    const days = Number(query.get(setting) ?? default_days)
    return {
      kind,
      setting,
      days,
      next_run_at: RUN,
      removes_before: '2026-11-14T00:00:00.000Z',
      rows: days < default_days ? rows : 0,
      bytes: 0,
    }
  })
  return { kinds }
}

/** The document asked for, or undefined when it is none. */
export function answerDocument(documents: Documents, name: string): unknown {
  switch (name) {
    case 'settings':
      return documents.settings
    case 'crm/rules':
      return documents.rules
    case 'crm/default-rules':
      return defaultRules()
    case 'lead-weights':
      return documents.weights
    case 'default-lead-weights':
      return defaultWeights()
    default:
      return undefined
  }
}

/** Replaces a document, or refuses to; undefined when the path is about something else. */
export function changeDocument(documents: Documents, method: string, path: string, body: Fields): Answer | undefined {
  if (method !== 'PUT') return undefined
  const [, name = ''] = /^\/api\/projects\/[^/]+\/(.+)$/.exec(path) ?? []
  const stored = answerDocument(documents, name) as { version: number } | undefined
  if (stored === undefined) return undefined
  if (body.version !== stored.version) return problem(409, 'Conflict', 'it has been changed since')
  const refused =
    name === 'settings'
      ? wrongSettings(body)
      : name === 'crm/rules'
        ? wrongRule(body.rules as typeof RULES)
        : name === 'lead-weights'
          ? wrongWeight(body.weights as typeof WEIGHTS)
          : undefined
  if (refused) return refused
  return { status: 200, json: Object.assign(stored, body, { version: stored.version + 1 }) }
}

function wrongRule({ abandon_after_minutes, rules }: typeof RULES): Answer | undefined {
  if (abandon_after_minutes < 1) return invalid('abandon_after_minutes', 'must be 1 to 10080 minutes')
  const index = rules.findIndex(({ event }) => !/^(\*\.)?[\w.:-]+(\.\*)?$/.test(event))
  if (index >= 0) return invalid(`rules[${index}].event`, 'must be an event’s name, *.word or word.*')
  const untitled = rules.findIndex(({ task }) => task && task.title === '')
  return untitled >= 0 ? invalid(`rules[${untitled}].task.title`, 'must have 1 to 200 characters') : undefined
}

function wrongWeight({ half_life_days }: typeof WEIGHTS): Answer | undefined {
  return half_life_days < 0.1 ? invalid('half_life_days', 'must be a number from 0.1 to 3650') : undefined
}

function invalid(field: string, what: string): Answer {
  return problem(422, 'Unprocessable Entity', `${field} ${what}`, field)
}

function wrongSettings({ default_currency: currency }: Fields): Answer | undefined {
  return currency !== null && String(currency).length !== 3
    ? problem(
        422,
        'Unprocessable Entity',
        'default_currency: a currency is three letters, such as TZS',
        'default_currency',
      )
    : undefined
}
