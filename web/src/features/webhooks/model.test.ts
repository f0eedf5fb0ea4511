// Webhooks and deliveries in words.
import { expect, test } from 'vitest'
import { type Delivery, deliveryResult, parseWebhooksSearch, type Webhook, webhookHealth, webhookName } from './model'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const webhook: Webhook = {
  id: 'wh_1',
  url: 'https://crm.example/hooks/footfall',
  description: '',
  event_types: ['task.created'],
  is_active: true,
  created_at: '2026-11-01T00:00:00Z',
}
const delivery: Delivery = {
  id: 'msg_1',
  event_type: 'task.created',
  occurred_at: '2026-11-21T11:59:00Z',
  status: 'waiting',
  attempts: 1,
  payload: {} as Delivery['payload'],
}

test('a webhook is called by its description, else by its host', () => {
  expect(webhookName(webhook)).toBe('crm.example')
  expect(webhookName({ ...webhook, description: ' CRM ' })).toBe('CRM')
  expect(webhookName({ ...webhook, url: 'nonsense' })).toBe('nonsense')
})

test('a webhook that only fails says since when, and one switched off says why', () => {
  expect(webhookHealth(webhook).tone).toBe('good')
  expect(webhookHealth({ ...webhook, failing_since: '2026-11-20T00:00:00Z' })).toMatchObject({
    tone: 'warn',
    since: '2026-11-20T00:00:00Z',
  })
  expect(webhookHealth({ ...webhook, is_active: false })).toEqual({ tone: 'plain', label: 'Off' })
  expect(
    webhookHealth({
      ...webhook,
      is_active: false,
      disabled_reason: 'switched off by a member',
      disabled_at: '2026-11-20T00:00:00Z',
    }).tone,
  ).toBe('plain')
  expect(
    webhookHealth({
      ...webhook,
      is_active: false,
      disabled_reason: 'It answered 410',
      disabled_at: '2026-11-20T00:00:00Z',
    }).tone,
  ).toBe('bad')
})

test('a message that waits says what happened and when it is tried again', () => {
  expect(deliveryResult(delivery, NOW)).toBe('Sending')
  expect(deliveryResult({ ...delivery, answered_status: 503, next_attempt_at: '2026-11-21T12:05:30Z' }, NOW)).toBe(
    'HTTP 503, next attempt in 5 min',
  )
  expect(deliveryResult({ ...delivery, status: 'failed', trouble: 'the host cannot be reached' }, NOW)).toBe(
    'The host cannot be reached',
  )
  expect(deliveryResult({ ...delivery, status: 'delivered', answered_status: 204 }, NOW)).toBe('HTTP 204')
})

test('nonsense in the address is dropped', () => {
  expect(parseWebhooksSearch({ status: 'lost', webhook: '', open: 'msg_1' })).toEqual({ open: 'msg_1' })
})
