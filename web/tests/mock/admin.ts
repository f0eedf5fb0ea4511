// The mock's members, keys, webhooks, erasures and calls: what is there at first, typed by the generated schema.
import type { components } from '../../src/api/schema.gen'
import { seeded } from './random'

type Schemas = components['schemas']

export type AdminState = {
  members: Schemas['ProjectMember'][]
  invitations: Schemas['Invitation'][]
  secretKeys: Schemas['SecretKey'][]
  audit: Schemas['AuditEntry'][]
  webhooks: Schemas['Webhook'][]
  deliveries: Schemas['WebhookDelivery'][]
  erasures: Schemas['Erasure'][]
  widgets: Schemas['Widget'][]
  annotations: Schemas['Annotation'][]
  segments: Schemas['Segment'][]
  tariff: Schemas['Tariff'] | null
  closedMonths: Schemas['BillingPeriod'][]
  adjustments: Schemas['Adjustment'][]
  sdk: Schemas['SdkSettingsChange']
}

const MINUTE = 60_000
const DAY = 86_400_000

export const WIDGET = '0197a1c0-0000-7000-8000-00000000000a'

export function adminState(now: number): AdminState {
  const ago = (ms: number) => new Date(now - ms).toISOString()
  const figures = (calls: number, seconds: number, minor: number) => ({
    calls,
    inferred_calls: Math.round(calls / 9),
    errors: Math.round(calls / 20),
    billable_seconds: seconds,
    amount_minor: minor,
    amount: (minor / 100).toFixed(2),
  })
  return {
    members: [
      { id: 'm1', email: 'asha@coralferries.example', name: 'Asha Mwinyi', role: 'owner', joined_at: ago(200 * DAY) },
      {
        id: 'm2',
        email: 'joseph@coralferries.example',
        name: 'Joseph Kimaro',
        role: 'admin',
        joined_at: ago(80 * DAY),
      },
      { id: 'm3', email: 'lena@agency.example', name: 'Lena Vogt', role: 'analyst', joined_at: ago(9 * DAY) },
    ],
    invitations: [
      {
        id: 'i1',
        email: 'new@coralferries.example',
        role: 'viewer',
        invited_by: 'asha@coralferries.example',
        created_at: ago(DAY),
        expires_at: new Date(now + 6 * DAY).toISOString(),
      },
    ],
    secretKeys: [
      {
        id: 's1',
        key_name: 'Nightly report',
        role: 'analyst',
        rate_limit_per_minute: 1_000,
        created_at: ago(30 * DAY),
        expires_at: null,
        last_used_at: ago(9 * MINUTE),
      },
      {
        id: 's3',
        key_name: 'Web shop',
        role: 'writer',
        rate_limit_per_minute: 600,
        created_at: ago(60 * DAY),
        expires_at: null,
        last_used_at: ago(2 * MINUTE),
      },
      {
        id: 's2',
        key_name: 'Old import',
        role: 'admin',
        rate_limit_per_minute: 1_000,
        created_at: ago(120 * DAY),
        expires_at: ago(30 * DAY),
        last_used_at: ago(31 * DAY),
      },
    ],
    audit: ['invite', 'create_secret_key', 'change_member', 'erase_project_subject', 'set_tariff', 'create_widget'].map(
      (operation, index) => ({
        at: ago(index * 47 * MINUTE),
        actor:
          index === 3
            ? { kind: 'secret_key', id: 's1', label: 'Nightly report' }
            : { kind: 'member', id: 'm1', label: 'asha@coralferries.example' },
        operation,
        target: `0197a1c0-0000-7000-8000-0000000000${10 + index}`,
        status: index === 2 ? 403 : 200,
        request_id: `0197a1c0-1111-7000-8000-0000000000${10 + index}`,
        address: '196.249.xxx.xxx',
      }),
    ),
    webhooks: [
      {
        id: 'wh_1',
        url: 'https://crm.agency.example/hooks/footfall',
        description: 'Agency CRM',
        event_types: ['contact.created', 'contact.updated', 'task.created'],
        is_active: true,
        created_at: ago(40 * DAY),
      },
      {
        id: 'wh_2',
        url: 'https://tasks.example/in',
        description: '',
        event_types: ['task.created'],
        is_active: true,
        created_at: ago(60 * DAY),
        failing_since: ago(2 * DAY),
      },
      {
        id: 'wh_3',
        url: 'https://old.example/in',
        description: 'Old CRM',
        event_types: ['contact.created'],
        is_active: false,
        created_at: ago(90 * DAY),
        disabled_at: ago(DAY),
        disabled_reason: 'it answered 410 Gone',
      },
    ],
    deliveries: [
      {
        id: 'msg_1',
        event_type: 'contact.updated',
        occurred_at: ago(2 * MINUTE),
        status: 'waiting',
        attempts: 2,
        next_attempt_at: new Date(now + 4 * MINUTE).toISOString(),
        last_attempt_at: ago(MINUTE),
        duration_ms: 15_000,
        answered_status: 503,
        answer: 'busy',
        payload: payload('contact.updated'),
      },
      {
        id: 'msg_2',
        event_type: 'task.created',
        occurred_at: ago(20 * MINUTE),
        status: 'delivered',
        attempts: 1,
        last_attempt_at: ago(20 * MINUTE),
        duration_ms: 84,
        answered_status: 204,
        payload: payload('task.created'),
      },
      {
        id: 'msg_3',
        event_type: 'contact.created',
        occurred_at: ago(4 * DAY),
        status: 'failed',
        attempts: 10,
        last_attempt_at: ago(DAY),
        trouble: 'the connection was refused',
        payload: payload('contact.created'),
      },
    ],
    erasures: [
      erasure('era_2', { state: 'unreadable', requested_at: ago(3 * MINUTE), unreadable_at: ago(2 * MINUTE) }),
      erasure('era_1', {
        state: 'gone',
        requested_at: ago(12 * DAY),
        unreadable_at: ago(12 * DAY - MINUTE),
        gone_at: ago(11 * DAY),
      }),
    ],
    segments: [
      {
        id: '0197a1c0-0000-7000-8000-0000000000b1',
        name: 'Phones that got stuck',
        filters: 'device=mobile;session=rage_click,dead_click',
        is_shared: true,
        is_own: true,
        author_id: 'm1',
        created_at: ago(9 * DAY),
        updated_at: ago(2 * DAY),
      },
      {
        id: '0197a1c0-0000-7000-8000-0000000000b2',
        name: 'Kenya, from campaigns',
        filters: 'country=KE;channel=paid,email,campaign',
        is_shared: true,
        is_own: false,
        author_id: 'm2',
        created_at: ago(20 * DAY),
        updated_at: ago(20 * DAY),
      },
    ],
    annotations: [
      {
        id: '0197a1c0-0000-7000-8000-0000000000a1',
        kind: 'release',
        text: 'Release 8.4: new booking pages',
        at: ago(3 * DAY),
        created_at: ago(3 * DAY),
      },
      {
        id: '0197a1c0-0000-7000-8000-0000000000a2',
        kind: 'note',
        text: 'Radio campaign begins',
        at: ago(5 * DAY),
        created_at: ago(5 * DAY),
      },
    ],
    widgets: [
      {
        id: WIDGET,
        name: 'Reservations line',
        kind: 'floating',
        allowed_domains: ['coralferries.example'],
        is_active: true,
        is_demo: false,
        created_at: ago(70 * DAY),
      },
      {
        id: '0197a1c0-0000-7000-8000-00000000000b',
        name: 'Preview',
        kind: 'inline',
        allowed_domains: [],
        is_active: false,
        is_demo: true,
        created_at: ago(70 * DAY),
      },
    ],
    sdk: { version: 0, settings: {} as Schemas['SdkSettingsChange']['settings'] },
    tariff: {
      currency: 'TZS',
      price_minor: 25_000,
      basis: 'talk_time',
      rounding: 'per_started_minute',
      free_seconds: 10,
    },
    closedMonths: [
      {
        month: monthOf(now, -2),
        starts_at: `${monthOf(now, -2)}-01T00:00:00Z`,
        ends_at: `${monthOf(now, -1)}-01T00:00:00Z`,
        closed_at: ago(20 * DAY),
        currency: 'TZS',
        ...figures(180, 40_000, 16_700_000),
      },
    ],
    adjustments: [
      {
        month: monthOf(now, -2),
        widget_id: WIDGET,
        session_id: 'session-1',
        started_at: ago(60 * DAY),
        noted_at: ago(10 * DAY),
        reason: 'real_end_supersedes_inferred',
        event_id: 'e1',
        calls: 0,
        inferred_calls: -1,
        errors: 0,
        billable_seconds: -780,
        amount_minor: -325_000,
        amount: '-3250.00',
      },
    ],
  }
}

function erasure(id: string, fields: Partial<Schemas['Erasure']>): Schemas['Erasure'] {
  return {
    id,
    state: 'pending',
    requested_at: '',
    requested_by: { kind: 'member', id: 'm1' },
    refused_identifiers: 4,
    removed: { journal_records: 61, catalog_rows: 23, failed_events: 0, lake_events: 61 },
    ...fields,
  }
}

function payload(type: string): Schemas['WebhookDelivery']['payload'] {
  return {
    type,
    timestamp: '2026-11-21T09:00:00Z',
    project_id: 'p1',
    data: { revision: 7 },
  } as unknown as Schemas['WebhookDelivery']['payload']
}

export function monthOf(now: number, shift: number): string {
  const date = new Date(now)
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + shift, 1)).toISOString().slice(0, 7)
}

/** Usage of a period: a few calls every day but the third, by whatever is asked. */
export function usageOf(
  { tariff, adjustments }: AdminState,
  group: string,
  from: number,
  to: number,
  now: number,
): Schemas['Usage'] {
  const random = seeded(7)
  const none = figuresOf(0, 0, tariff)
  const rows = new Map<string, Schemas['UsageRow']>()
  for (let day = Math.floor(from / DAY) * DAY; day < Math.min(to, now); day += DAY) {
    const calls = Math.round(4 + random() * 14)
    if (new Date(day).getUTCDate() === 3) continue
    const date = new Date(day).toISOString()
    const name = group === 'month' ? date.slice(0, 7) : date.slice(0, 10)
    const known = rows.get(name)
    const total = figuresOf((known?.calls ?? 0) + calls, (known?.billable_seconds ?? 0) + calls * 240, tariff)
    rows.set(name, {
      ...total,
      ...timesOf(total.billable_seconds),
      ...(group === 'month' ? { month: name } : { day: name }),
      started_at: known?.started_at ?? date,
      ended_at: date,
      adjustments: none,
    })
  }
  const list = [...rows.values()]
  const sum = figuresOf(
    list.reduce((all, row) => all + row.calls, 0),
    list.reduce((all, row) => all + row.billable_seconds, 0),
    tariff,
  )
  const late = adjustments[0]
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    time_zone: 'UTC',
    currency: tariff?.currency ?? null,
    rows: list,
    basis: tariff?.basis ?? 'talk_time',
    total: sum,
    total_times: { ...timesOf(sum.billable_seconds), differing_sessions: 3 },
    total_adjustments: late && from < Date.parse(late.started_at) ? late : none,
    first_call_at: new Date(now - 365 * 86_400_000).toISOString(),
    next_cursor: null,
  }
}

/** Talk time before rounding, and a span that is somewhat longer. */
function timesOf(seconds: number): Schemas['UsageTimes'] {
  return { talk_seconds: seconds * 0.9, span_seconds: seconds * 0.96, differing_sessions: 0 }
}

function figuresOf(calls: number, seconds: number, tariff: Schemas['Tariff'] | null): Schemas['Figures'] {
  const minor = tariff ? (seconds / 60) * tariff.price_minor : null
  return {
    calls,
    inferred_calls: Math.round(calls / 9),
    errors: Math.round(calls / 20),
    billable_seconds: seconds,
    amount_minor: minor,
    amount: minor === null ? null : (minor / 100).toFixed(2),
  }
}

/** Two pages of sessions. */
export function sessionsOf(state: AdminState, from: number, to: number, cursor: string | null): Schemas['Usage'] {
  const none = figuresOf(0, 0, state.tariff)
  const start = cursor ? 100 : 0
  const rows = Array.from({ length: cursor ? 20 : 100 }, (_, index): Schemas['UsageRow'] => {
    const at = from + (start + index) * 600_000
    const isInferred = index % 7 === 2
    return {
      ...figuresOf(1, 240, state.tariff),
      ...timesOf(220),
      ...(index % 30 === 9 ? { span_seconds: 2_400, differing_sessions: 1 } : {}),
      differences: index % 30 === 9 ? ['several_calls'] : [],
      inferred_calls: isInferred ? 1 : 0,
      errors: index % 11 === 5 ? 1 : 0,
      widget_id: WIDGET,
      session_id: `session-${start + index}`,
      started_at: new Date(at).toISOString(),
      ended_at: index === 4 ? null : new Date(at + 198_000).toISOString(),
      adjustments: none,
    }
  })
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    time_zone: 'UTC',
    currency: state.tariff?.currency ?? null,
    basis: state.tariff?.basis ?? 'talk_time',
    rows,
    total: figuresOf(rows.length, rows.length * 240, state.tariff),
    total_times: timesOf(rows.length * 220),
    total_adjustments: none,
    first_call_at: null,
    next_cursor: cursor ? null : '100.next',
  }
}
