// An event of a session in words: its group and its subject; pure.
import { duration, percent } from '../../lib/format'
import { money } from '../../lib/locale'
import { VITAL_NAMES, vital, vitalValue } from '../../lib/vitals'
import { sentence } from '../../lib/words'
import type { SessionEvent } from './api'

/** Kinds of events that the timeline shows or leaves out together. */
export const GROUPS = [
  'pages',
  'clicks',
  'friction',
  'errors',
  'vitals',
  'behavior',
  'forms',
  'widget',
  'customer',
  'pointer',
  'other',
] as const
export type Group = (typeof GROUPS)[number]

export const GROUP_LABELS: Record<Group, string> = {
  pages: 'Page views',
  clicks: 'Clicks',
  friction: 'Friction',
  errors: 'Errors',
  vitals: 'Web vitals',
  behavior: 'Behavior',
  forms: 'Forms',
  widget: 'Widget and calls',
  customer: 'Orders, bookings and CRM',
  pointer: 'Scrolling and pointer',
  other: 'Start, end and other',
}

const PAGE_VIEWS: readonly string[] = ['pageview', 'page_view', 'page.viewed']
const ERRORS: readonly string[] = ['javascript_error', 'unhandled_rejection']

const BY_CATEGORY: Record<string, Group> = {
  behavior: 'behavior',
  widget: 'widget',
  friction: 'friction',
  heatmap: 'pointer',
  performance: 'vitals',
  customer: 'customer',
  form: 'forms',
}

type Named = Pick<SessionEvent, 'category' | 'name'>

export function groupOf({ category, name }: Named): Group {
  if (PAGE_VIEWS.includes(name)) return 'pages'
  if (ERRORS.includes(name)) return 'errors'
  if (category === 'heatmap' && name === 'click') return 'clicks'
  return BY_CATEGORY[category] ?? 'other'
}

type Values = Record<string, unknown>

const valuesOf = (value: unknown): Values => (typeof value === 'object' && value !== null ? (value as Values) : {})
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined
const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

/** The members of a customer event's data that say what it was about; the first two found are shown. */
const DATA_KEYS = [
  'title',
  'vehicle_name',
  'product_name',
  'item_name',
  'service',
  'form',
  'message',
  'step',
  'method',
  'reason',
  'pickup_location',
  'location',
]

/** The subject of an event, in one line; the element and the message of an error are shown by themselves. */
export function detailOf(event: SessionEvent): string {
  const properties = valuesOf(event.properties)
  switch (groupOf(event)) {
    case 'friction':
      return frictionDetail(properties)
    case 'vitals':
      return vitalsDetail(event.vitals)
    case 'pointer': {
      const depth = number(properties.depth) ?? (event.name === 'scroll' ? number(event.value) : undefined)
      return depth === undefined ? '' : `to ${percent(Math.min(1, depth)).replace('.0%', '%')} of the page`
    }
    case 'pages':
      return text(properties.title) ?? ''
    case 'forms':
      return formDetail(properties)
    case 'behavior':
    case 'customer':
      return dataDetail({ ...valuesOf(properties.metadata), ...properties, ...valuesOf(properties.event_data) })
    case 'widget':
      return valuesOf(properties.metadata).inferred === true
        ? 'inferred: the page reported no end'
        : (text(valuesOf(properties.metadata).error) ?? '')
    default:
      return event.name === 'session.ended' && text(properties.reason) ? sentence(String(properties.reason)) : ''
  }
}

/** "booking: left at phone" */
function formDetail({ form, outcome, last_field: last }: Values): string {
  const end = outcome === 'submitted' ? 'submitted' : text(last) && `left at ${String(last)}`
  return [text(form), end].filter(Boolean).join(': ')
}

/** Which report of one visit of a form an event is; the one with the highest revision holds. */
export function formReportOf(event: SessionEvent): { formId: string; revision: number } | null {
  if (groupOf(event) !== 'forms') return null
  const { form_id, revision } = valuesOf(event.properties)
  const [formId, nth] = [text(form_id), number(revision)]
  return formId === undefined || nth === undefined ? null : { formId, revision: nth }
}

function frictionDetail(properties: Values): string {
  const clicks = number(properties.click_count)
  const [during, response] = [number(properties.duration_ms), number(properties.response_ms)]
  const parts = [
    clicks !== undefined && `${clicks} clicks${during === undefined ? '' : ` in ${duration(during)}`}`,
    response !== undefined && `response after ${duration(response)}`,
    text(properties.field) && `field “${String(properties.field)}”`,
    text(properties.rule) && sentence(camelToWords(String(properties.rule))).toLowerCase(),
  ]
  return parts.filter(Boolean).join(' · ')
}

/** "valueMissing" → "value missing" */
function camelToWords(identifier: string): string {
  return identifier.replace(/([a-z])([A-Z])/g, '$1 $2')
}

function vitalsDetail(vitals: SessionEvent['vitals']): string {
  const measured = VITAL_NAMES.flatMap((name) => {
    const value = vitals?.[name as keyof typeof vitals]
    return value == null ? [] : [`${vital(name).short} ${vitalValue(name, value)}`]
  })
  return measured.join(' · ')
}

function dataDetail(data: Values): string {
  const query = text(data.search_query) ?? text(data.query)
  const found = DATA_KEYS.flatMap((key) => text(data[key]) ?? [])
  const named =
    found.length > 0 ? found : [text(data.property_id) ?? text(data.item_id)].filter((name) => name !== undefined)
  return [...new Set([query && `“${query}”`, ...named])].filter(Boolean).slice(0, 2).join(' · ')
}

/** The amount of an order, booking or payment: "TZS 150,000". */
export function amountOf(event: SessionEvent): string | null {
  const data = valuesOf(valuesOf(event.properties).event_data)
  const amount = number(data.total_amount) ?? number(data.amount) ?? number(event.value)
  const currency = text(data.currency) ?? event.currency
  return event.category === 'customer' && amount !== undefined && currency ? money(amount, currency) : null
}

/** Whether something went well or badly; what a friction event is says its kind. */
export function toneOf({ name, category }: Named): 'good' | 'bad' | 'plain' {
  if (['booking.completed', 'payment.successful', 'order.placed'].includes(name)) return 'good'
  if (['booking.abandoned', 'payment.failed', 'call_error'].includes(name) || category === 'friction') return 'bad'
  return 'plain'
}

/** The address of a screenshot on this server; pages may name others, which are not loaded. */
export function screenshotPath(event: Pick<SessionEvent, 'screenshot_url'>, projectId: string): string | null {
  const base = 'http://dashboard.invalid'
  if (!event.screenshot_url || !URL.canParse(event.screenshot_url, base)) return null
  const { pathname } = new URL(event.screenshot_url, base)
  return pathname.startsWith(`/api/projects/${projectId}/screenshots/`) ? pathname : null
}
