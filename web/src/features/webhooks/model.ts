// Webhooks and deliveries as the page shows them, and its state in the URL; pure.
import type { components } from '../../api/schema.gen'
import { untilText } from '../../lib/time'
import { sentence } from '../../lib/words'

type Schemas = components['schemas']
export type Webhook = Schemas['Webhook']
export type Delivery = Schemas['WebhookDelivery']

export const STATUSES = ['waiting', 'delivered', 'failed'] as const
export type Status = (typeof STATUSES)[number]
export const STATUS_LABELS: Record<Status, string> = { waiting: 'Waiting', delivered: 'Delivered', failed: 'Failed' }

export const EVENT_TYPES = [
  { value: 'contact.created', help: 'A new contact is added.' },
  { value: 'contact.updated', help: 'The name, e-mail, phone, status, deal value, bookings or revenue changes.' },
  { value: 'contact.merged', help: 'Two contacts become one.' },
  { value: 'task.created', help: 'A new task is added.' },
  { value: 'task.updated', help: 'A task is assigned, reopened or withdrawn.' },
  { value: 'task.completed', help: 'A task is completed.' },
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

/** The webhook whose deliveries are listed: the one that is named, else the first. */
export function chosenWebhook<W extends Pick<Webhook, 'id'>>(
  webhooks: readonly W[] | undefined,
  id: string | undefined,
): W | undefined {
  return webhooks?.find((webhook) => webhook.id === id) ?? webhooks?.[0]
}

/** A webhook's display name: its description, else its host. */
export function webhookName({ description, url }: Pick<Webhook, 'description' | 'url'>): string {
  return description.trim() || (URL.canParse(url) ? new URL(url).host : url)
}

export type Health = { tone: 'good' | 'warn' | 'bad' | 'plain'; label: string; since?: string }

/** The reasons that the server stores where a member switches a webhook off; older versions stored the second. */
const BY_MEMBER = ['switched off by a member', 'switched off by hand']

export function webhookHealth(webhook: Webhook): Health {
  if (!webhook.is_active) {
    const { disabled_at: since, disabled_reason: reason } = webhook
    if (!reason || BY_MEMBER.includes(reason)) return { tone: 'plain', label: 'Off' }
    return { tone: 'bad', label: reason, ...(since ? { since } : {}) }
  }
  return webhook.failing_since
    ? { tone: 'warn', label: 'Failing', since: webhook.failing_since }
    : { tone: 'good', label: 'On' }
}

/** Ten attempts are made at most. */
export const MAX_ATTEMPTS = 10

/** The status of a message, in a line. */
export function deliveryResult(delivery: Delivery, now: number): string {
  const answer =
    delivery.answered_status != null ? `HTTP ${delivery.answered_status}` : sentence(delivery.trouble ?? '')
  if (delivery.status !== 'waiting') return answer
  if (delivery.next_attempt_at == null) return 'Sending'
  const next =
    Date.parse(delivery.next_attempt_at) <= now
      ? 'retrying now'
      : `next attempt ${untilText(delivery.next_attempt_at, now)}`
  return [answer, next].filter(Boolean).join(', ')
}
