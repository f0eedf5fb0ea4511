// The mock's answers and changes of the pages that operate a project.
import type { components } from '../../src/api/schema.gen'
import { instant } from '../../src/lib/period'
import { monthOf, sessionsOf, usageOf } from './admin'
import { problem } from './server'
import type { MockState } from './state'

type Schemas = components['schemas']
type Answer = { status: number; json?: unknown; text?: string; headers?: Record<string, string> }
type Fields = Record<string, unknown>

const ok = (json: unknown): Answer => ({ status: 200, json })

/** Roles below which the server answers 403. */
const NEEDED: [RegExp, string[]][] = [
  [/^(invitations|secret-keys|share-links|audit|webhooks|privacy)/, ['owner', 'admin']],
  [/^(billing\/usage|sql)/, ['owner', 'admin', 'analyst']],
]

/** The answer to a question about the project's operation, or undefined when it is none. */
export function answerAdmin(
  state: MockState,
  projectId: string,
  name: string,
  query: URLSearchParams,
  now: number,
): Answer | undefined {
  const role = state.projects.find(({ id }) => id === projectId)?.role ?? ''
  if (NEEDED.some(([path, roles]) => path.test(name) && !roles.includes(role)))
    return problem(403, 'Forbidden', 'your role in this project does not allow this')
  const { admin, isEmpty } = state
  const list = <T>(rows: T[]) => (isEmpty ? [] : rows)
  const to = Date.parse(query.get('to') ?? '') || now
  const from = Date.parse(query.get('from') ?? '') || to - 7 * 86_400_000
  switch (name.replace(/wh_\d+/, 'wh')) {
    case 'members':
      return ok({
        members: isEmpty ? admin.members.slice(0, 1) : admin.members,
        secret_keys: list(admin.secretKeys)
          .filter((key) => key.role !== 'writer')
          .map(({ id, key_name }) => ({ id, key_name })),
      })
    case 'invitations':
      return ok({ invitations: list(admin.invitations) })
    case 'secret-keys':
      return ok({ secret_keys: list(admin.secretKeys) })
    case 'share-links':
      return ok({ share_links: list(state.shareLinks) } satisfies Schemas['ShareLinkList'])
    case 'source-maps':
      return ok({ source_maps: list(state.sourceMaps), next_cursor: null } satisfies Schemas['SourceMapList'])
    case 'audit':
      return ok({ entries: list(admin.audit), next_cursor: null })
    case 'webhooks':
      return ok({ webhooks: list(admin.webhooks) })
    case 'webhooks/wh/deliveries':
      return ok({
        deliveries: admin.deliveries.filter(({ status }) => !query.has('status') || status === query.get('status')),
        next_cursor: null,
      })
    case 'privacy/erasures':
      return ok({ erasures: list(admin.erasures), next_cursor: null })
    case 'annotations':
      return ok({
        annotations: list(admin.annotations).filter(({ at }) => Date.parse(at) >= from && Date.parse(at) < to),
      })
    case 'goals':
      return ok({ goals: list(state.goals) } satisfies Schemas['GoalList'])
    case 'segments':
      return ok({
        segments: list(admin.segments).toSorted((one, other) => one.name.localeCompare(other.name)),
      } satisfies Schemas['SegmentList'])
    case 'widgets':
      return ok({ widgets: list(admin.widgets) })
    case 'widget-activity':
      return ok({
        from: instant(from),
        to: instant(to),
        widgets: list(admin.widgets)
          .filter(({ is_demo }) => !is_demo)
          .map(activityOf),
      } satisfies Schemas['WidgetActivities'])
    case 'billing/tariff':
      return ok({ tariff: isEmpty ? null : admin.tariff } satisfies Schemas['TariffAnswer'])
    case 'billing/periods':
      return ok({ periods: list(admin.closedMonths) })
    case 'billing/adjustments':
      return ok({ adjustments: list(admin.adjustments), next_cursor: null })
    case 'billing/usage':
      return usage(state, query, from, to, now)
    case 'sdk-settings':
      return ok(admin.sdk)
    case 'health-figures':
      return ok(health(state, now))
    case 'sdk-report':
      return ok(sdkReport(state))
  }
  const [, subject] = /^privacy\/subjects\/(.+)$/.exec(name) ?? []
  return subject === undefined ? undefined : person(decodeURIComponent(subject))
}

function activityOf({ id, name }: Schemas['Widget']): Schemas['WidgetActivity'] {
  return {
    widget_id: id,
    name,
    loads: 18_240,
    opens: 2_310,
    calls: 412,
    sessions: 9_120,
    open_rate: 0.2,
    call_rate: 0.04,
  }
}

function withFirstCall({ firstCallAt }: MockState, answer: object) {
  return firstCallAt === null ? answer : { ...answer, first_call_at: firstCallAt }
}

function usage(state: MockState, query: URLSearchParams, from: number, to: number, now: number): Answer {
  if (state.isEmpty) return ok({ ...usageOf({ ...state.admin, tariff: null }, 'day', from, from, now) })
  const group = query.get('group') ?? 'day'
  return ok(
    group === 'session'
      ? sessionsOf(state.admin, from, to, query.get('cursor'))
      : withFirstCall(state, usageOf(state.admin, group, from, to, now)),
  )
}

function health({ isEmpty }: MockState, now: number): Schemas['HealthFigures'] {
  const runs = Array.from({ length: 12 }, (_, index) => ({
    started_at: new Date(now - index * 1_800_000 - 60_000).toISOString(),
    checked: index % 3,
    completed: index % 3,
  }))
  const event_delivery = isEmpty
    ? { visits: 0, complete_visits: 0, numbered: 0, received: 0, rate: null, open_visits: 0 }
    : {
        visits: 9_412,
        complete_visits: 9_377,
        numbered: 184_210,
        received: 184_071,
        rate: 184_071 / 184_210,
        open_visits: 37,
      }
  const session_completion = isEmpty
    ? { calls: 0, with_real_end: 0, inferred: 0, errors: 0, ended_by_next_call: 0, open: 0, rate: null }
    : { calls: 263, with_real_end: 210, inferred: 33, errors: 12, ended_by_next_call: 5, open: 3, rate: 210 / 263 }
  return { event_delivery, session_completion, cleanup_runs: isEmpty ? [] : runs }
}

function sdkReport({ isEmpty }: MockState): Schemas['SdkFigures'] {
  return isEmpty
    ? { created: 0, sent: 0, acknowledged: 0, dropped: {}, retries: 0, bytes: 0, mean_latency_ms: null, busy_ms: 0 }
    : {
        created: 184_210,
        sent: 184_902,
        acknowledged: 183_744,
        dropped: { queue_expired: 211, queue_overflow: 48, http_413: 3 },
        retries: 318,
        bytes: 48_212_004,
        mean_latency_ms: 84.4,
        busy_ms: 41_220,
      }
}

function person(subject: string): Answer {
  const isKnown = subject.includes('10600')
  const text = JSON.stringify({
    made_at: new Date().toISOString(),
    identifiers: {
      user_ids: [subject],
      emails: isKnown ? ['kiprop@barua.example'] : [],
      visitor_ids: [],
      session_ids: [],
    },
    tables: isKnown ? { crm_contacts: [{ id: 'contact_1' }], crm_activities: [{}, {}, {}] } : {},
    events: isKnown ? [{ id: 'e1' }, { id: 'e2' }] : [],
  })
  return { status: 200, text, headers: { 'content-type': 'application/json' } }
}

/** A change of the project's operation, or undefined when it is none. */
export function changeAdmin(state: MockState, method: string, path: string, body: Fields): Answer | undefined {
  const [, , name = ''] = /^\/api\/projects\/([^/]+)\/(.+)$/.exec(path) ?? []
  const { admin } = state
  const [area = '', id = '', verb = ''] = name.split('/')
  if (name === 'billing/tariff') {
    if (admin.closedMonths.some(({ currency }) => currency !== body.currency))
      return problem(409, 'Conflict', `currency must stay TZS: ${admin.closedMonths[0]?.month} was closed with it`)
    admin.tariff = body as Schemas['Tariff']
    return ok({ tariff: admin.tariff })
  }
  if (name === 'billing/periods') {
    const month = String(body.month)
    const period = {
      month,
      starts_at: `${month}-01T00:00:00Z`,
      ends_at: `${monthOf(Date.parse(`${month}-01`), 1)}-01T00:00:00Z`,
      closed_at: new Date().toISOString(),
      currency: 'TZS',
      calls: 90,
      inferred_calls: 6,
      errors: 2,
      billable_seconds: 21_000,
      amount_minor: 8_750_000,
      amount: '87500.00',
    }
    admin.closedMonths = [period, ...admin.closedMonths]
    return { status: 201, json: period }
  }
  if (name === 'sdk-settings') return changeSdk(state, body)
  if (area === 'widgets')
    return changeIn(
      admin.widgets,
      (rows) => (admin.widgets = rows),
      method,
      id,
      { is_active: true, created_at: new Date().toISOString(), ...body } as Schemas['Widget'],
      body,
    )
  if (area === 'annotations')
    return changeIn(
      admin.annotations,
      (rows) => (admin.annotations = rows),
      method,
      id,
      { created_at: new Date().toISOString(), ...body } as Schemas['Annotation'],
      body,
    )
  if (area === 'segments') {
    const made = {
      is_shared: false,
      is_own: true,
      author_id: 'm1',
      created_at: new Date().toISOString(),
      updated_at: new Date().toISOString(),
      ...body,
    } as Schemas['Segment']
    return changeIn(admin.segments, (rows) => (admin.segments = rows), method, id, made, body)
  }
  if (area === 'members') return changeMember(state, method, id, body)
  if (area === 'invitations') return changeInvitation(state, method, id, body)
  if (area === 'secret-keys') return changeSecretKey(state, method, id, body)
  if (area === 'webhooks') return changeWebhook(state, method, id, verb, body)
  if (area === 'privacy') return changePrivacy(state, name)
  return undefined
}

function changeSdk({ admin }: MockState, body: Fields): Answer {
  if (body.version !== admin.sdk.version)
    return problem(409, 'Conflict', 'the settings have changed since; load them again')
  const { thresholds } = body.settings as { thresholds: { dead_after_ms: number; slow_until_ms: number } }
  if (thresholds.slow_until_ms < thresholds.dead_after_ms)
    return problem(
      422,
      'Unprocessable Entity',
      `thresholds.slow_until_ms must be a number from ${thresholds.dead_after_ms} to 60000`,
      'thresholds.slow_until_ms',
    )
  admin.sdk = { version: admin.sdk.version + 1, settings: body.settings as Schemas['SdkSettingsChange']['settings'] }
  return ok(admin.sdk)
}

function changeIn<T extends { id: string }>(
  rows: T[],
  set: (rows: T[]) => void,
  method: string,
  id: string,
  made: T,
  body: Fields,
): Answer {
  if (method === 'POST') {
    const row = { ...made, id: `${rows.length + 1}` }
    set([row, ...rows])
    return { status: 201, json: row }
  }
  const row = rows.find((entry) => entry.id === id)
  if (!row) return problem(404, 'Not Found', 'there is no such thing')
  if (method === 'DELETE') {
    set(rows.filter((entry) => entry !== row))
    return { status: 204 }
  }
  return ok(Object.assign(row, body))
}

function changeMember({ admin }: MockState, method: string, id: string, body: Fields): Answer {
  if (id === 'leave')
    return problem(409, 'Conflict', 'a project needs at least one owner; make another member an owner first')
  const member = admin.members.find((entry) => entry.id === id)
  if (!member) return problem(404, 'Not Found', 'member not found')
  if (method === 'DELETE') {
    admin.members = admin.members.filter((entry) => entry !== member)
    return { status: 204 }
  }
  return ok(Object.assign(member, body))
}

function changeInvitation({ admin }: MockState, method: string, id: string, body: Fields): Answer {
  if (method === 'DELETE') {
    admin.invitations = admin.invitations.filter((entry) => entry.id !== id)
    return { status: 204 }
  }
  if (!String(body.email).includes('@'))
    return problem(422, 'Unprocessable Entity', 'email must be an address such as ana@example.com', 'email')
  const made = {
    id: 'i9',
    email: String(body.email),
    role: body.role as Schemas['Role'],
    invited_by: 'asha@coralferries.example',
    created_at: new Date().toISOString(),
    expires_at: new Date(Date.now() + 7 * 86_400_000).toISOString(),
  }
  admin.invitations = [made, ...admin.invitations]
  return { status: 201, json: { invitation: made, token: 'a'.repeat(64), link_path: `/invitations/${'a'.repeat(64)}` } }
}

function changeSecretKey({ admin }: MockState, method: string, id: string, body: Fields): Answer {
  if (method === 'DELETE') {
    admin.secretKeys = admin.secretKeys.filter((entry) => entry.id !== id)
    return { status: 204 }
  }
  const made = {
    id: 's9',
    key_name: String(body.key_name),
    role: body.role as Schemas['SecretKeyRole'],
    rate_limit_per_minute: Number(body.rate_limit_per_minute),
    created_at: new Date().toISOString(),
    expires_at: (body.expires_at as string | undefined) ?? null,
    last_used_at: null,
  }
  admin.secretKeys = [made, ...admin.secretKeys]
  return { status: 201, json: { secret_key: made, key: 'fs_Zx81nQvYc3Tg6Hw0Lp2Sd9Rb5Km7Je4U' } }
}

function changeWebhook({ admin }: MockState, method: string, id: string, verb: string, body: Fields): Answer {
  const webhook = admin.webhooks.find((entry) => entry.id === id)
  if (verb === 'rotate-secret' && webhook) return ok({ webhook, secret: 'whsec_cmVwbGFjZWQ=' })
  if (verb === 'test' || verb === 'deliveries') {
    const message = {
      id: `msg_${admin.deliveries.length + 1}`,
      event_type: verb === 'test' ? 'webhook.test' : 'task.created',
      occurred_at: new Date().toISOString(),
      status: 'delivered',
      attempts: 1,
      duration_ms: 31,
      answered_status: 200,
      payload: {} as Schemas['WebhookDelivery']['payload'],
    }
    if (verb === 'test') admin.deliveries = [message, ...admin.deliveries]
    return { status: 202, json: message }
  }
  if (method === 'POST') {
    if (String(body.url).includes('localhost'))
      return problem(422, 'Unprocessable Entity', 'url: the host does not resolve to public addresses', 'url')
    const made = {
      id: `wh_${admin.webhooks.length + 1}`,
      url: String(body.url),
      description: String(body.description),
      event_types: body.event_types as string[],
      is_active: true,
      created_at: new Date().toISOString(),
    }
    admin.webhooks = [made, ...admin.webhooks]
    return { status: 201, json: { webhook: made, secret: 'whsec_bmV3IHNlY3JldA==' } }
  }
  return changeIn(admin.webhooks, (rows) => (admin.webhooks = rows), method, id, {} as Schemas['Webhook'], body)
}

function changePrivacy({ admin }: MockState, name: string): Answer {
  const [, id] = /^privacy\/erasures\/([^/]+)\/suppression$/.exec(name) ?? []
  const lifted = admin.erasures.find((entry) => entry.id === id)
  if (lifted) return ok(Object.assign(lifted, { lifted_at: new Date().toISOString() }))
  const [sample] = admin.erasures
  const made = {
    ...(sample as Schemas['Erasure']),
    id: 'era_9',
    state: 'pending',
    requested_at: new Date().toISOString(),
    unreadable_at: null,
    gone_at: null,
  }
  admin.erasures = [made, ...admin.erasures]
  return { status: 202, json: made }
}
