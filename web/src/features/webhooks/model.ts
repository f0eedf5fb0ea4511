// Webhooks and deliveries as the page shows them, and its state in the URL; pure.
import type { components } from '../../api/schema.gen'
import { untilText } from '../../lib/time'

type Schemas = components['schemas']
export type Webhook = Schemas['Webhook']
export type Delivery = Schemas['WebhookDelivery']

export const STATUSES = ['waiting', 'delivered', 'failed'] as const
export type Status = (typeof STATUSES)[number]
export const STATUS_LABELS: Record<Status, string> = { waiting: 'Waiting', delivered: 'Delivered', failed: 'Failed' }

export const EVENT_TYPES = [
  { value: 'contact.created', help: 'Somebody is known for the first time.' },
  { value: 'contact.updated', help: 'Name, address, status, deal value, bookings or revenue change.' },
  { value: 'contact.merged', help: 'Two contacts turned out to be one.' },
  { value: 'task.created', help: 'Something is to be done.' },
  { value: 'task.updated', help: 'A task is assigned, reopened or taken back.' },
  { value: 'task.completed', help: 'A task is done.' },
] as const

export type WebhooksSearch = { webhook?: string; status?: Status; open?: string }

export function parseWebhooksSearch(search: Record<string, unknown>): WebhooksSearch {
  const parsed: WebhooksSearch = {}
  if (typeof search.webhook === 'string' && search.webhook) parsed.webhook = search.webhook
  const status = STATUSES.find((name) => name === search.status)
  if (status) parsed.status = status
  if (typeof search.open === 'string' && search.open) parsed.open = search.open
  return parsed
}

/** A webhook's display name: its description, else its host. */
export function webhookName({ description, url }: Pick<Webhook, 'description' | 'url'>): string {
  return description.trim() || (URL.canParse(url) ? new URL(url).host : url)
}

export type Health = { tone: 'good' | 'warn' | 'bad' | 'plain'; label: string; since?: string }

export function webhookHealth(webhook: Webhook): Health {
  if (!webhook.is_active) {
    const since = webhook.disabled_at ? { since: webhook.disabled_at } : {}
    return webhook.disabled_reason ? { tone: 'bad', label: webhook.disabled_reason, ...since } : { tone: 'plain', label: 'Off' }
  }
  return webhook.failing_since ? { tone: 'warn', label: 'Only failures', since: webhook.failing_since } : { tone: 'good', label: 'On' }
}

/** Ten attempts are made at most. */
export const MAX_ATTEMPTS = 10

/** The status of a message, in a line. */
export function deliveryResult(delivery: Delivery, now: number): string {
  const answer = delivery.answered_status != null ? `answered ${delivery.answered_status}` : (delivery.trouble ?? '')
  if (delivery.status !== 'waiting') return answer
  if (delivery.next_attempt_at == null) return 'being sent'
  const next = Date.parse(delivery.next_attempt_at) <= now ? 'again at once' : `again ${untilText(delivery.next_attempt_at, now)}`
  return [answer, next].filter(Boolean).join(', ')
}
