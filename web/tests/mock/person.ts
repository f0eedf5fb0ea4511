// The mock's people: one page for contact and customer, notes on them, comments on tasks, and what dry runs say.
import type { components } from '../../src/api/schema.gen'
import type { Contact, Customer } from '../../src/api/types'
import { money, summaryOf, timelineOf } from './crm'
import { problem } from './server'
import type { MockState } from './state'

type Schemas = components['schemas']
type Moment = Schemas['PersonMoment']
type Answer = { status: number; json?: unknown }

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export type Talk = {
  notes: Record<string, Moment[]>
  comments: Record<string, Schemas['TaskComment'][]>
  mentions: Schemas['Mention'][]
}

export function freshTalk(now: number, contacts: Contact[]): Talk {
  const at = (ago: number) => new Date(now - ago).toISOString()
  const comment = (
    id: number,
    author_id: string,
    text: string,
    mentions: string[],
    ago: number,
  ): Schemas['TaskComment'] => ({ id: `activity_comment_${id}`, author_id, text, mentions, at: at(ago) })
  const asked = comment(
    1,
    'm2',
    '@Asha Mwinyi, she asked for the 07:00 ferry.\nCan you call before noon?',
    ['m1'],
    40 * MINUTE,
  )
  const seen = comment(2, 'm2', 'Paid in cash, @Asha Mwinyi.', ['m1'], 2 * DAY)
  const contact = summaryOf(contacts[0])
  return {
    notes: {
      contact_1: [
        noteOf('note_1', 'm1', 'Prefers the morning ferry.\nTravels with two children.', at(26 * HOUR)),
        noteOf('note_2', 'm2', 'Asked about group prices.', at(8 * DAY)),
      ],
    },
    comments: { task_1: [asked] },
    mentions: [
      {
        id: asked.id,
        comment: asked,
        task_id: 'task_1',
        task_title: 'URGENT: Follow up - Abandoned Booking',
        contact,
        read_at: null,
      },
      {
        id: seen.id,
        comment: seen,
        task_id: 'task_9',
        task_title: 'Send Booking Confirmation & Welcome',
        contact: summaryOf(contacts[6]),
        read_at: at(DAY),
      },
    ],
  }
}

function noteOf(id: string, author: string, text: string, at: string): Moment {
  return {
    ...EMPTY,
    id,
    kind: 'note',
    at,
    name: 'note',
    member_id: author,
    details: { text, edited_at: null } as unknown as Moment['details'],
  }
}

const EMPTY = {
  amount: null,
  session_id: null,
  recording_id: null,
  member_id: null,
  path: null,
  seconds: null,
} as const

/** The contact and customer that a page's id names. */
function found(state: MockState, id: string): { contact: Contact | undefined; customer: Customer | undefined } {
  const contact = state.crm.contacts.find((it) => it.id === id || it.user_id === id)
  return { contact, customer: state.customers.find((it) => it.id === (contact?.user_id ?? id)) }
}

export function answerPerson(name: string, state: MockState, query: URLSearchParams, now: number): unknown {
  const [, written, part] = /^people\/([^/]+)(\/timeline)?$/.exec(name) ?? []
  if (written === undefined) return answerTalk(name, state)
  const { contact, customer } = found(state, decodeURIComponent(written))
  if (!contact && !customer) return undefined
  if (!part) return personOf(contact, customer)
  const kinds = (query.get('kinds') ?? '').split(',').filter(Boolean)
  const moments = momentsOf(state, contact, customer, now).filter(
    ({ kind }) => kinds.length === 0 || kinds.includes(kind),
  )
  const start = Number(query.get('cursor') ?? 0)
  const end = start + Math.min(Number(query.get('limit') ?? 50), 16)
  return {
    moments: moments.slice(start, end),
    next_cursor: end < moments.length ? String(end) : null,
  } satisfies Schemas['PersonTimeline']
}

function personOf(contact: Contact | undefined, customer: Customer | undefined): Schemas['Person'] {
  const userIds = [contact?.user_id ?? customer?.id].filter((id): id is string => id != null)
  const { device, browser, os } = {
    device: customer?.primary_device_type ?? null,
    browser: customer?.primary_browser ?? null,
    os: customer?.primary_os ?? null,
  }
  const last_at = customer?.updated_at ?? contact?.created_at ?? ''
  const orders = customer?.total_orders ?? 0
  return {
    id: contact?.id ?? customer?.id ?? '',
    contact: contact ?? null,
    customers: customer ? [{ ...customer, sessions: [] }] : [],
    user_ids: userIds,
    emails: [contact?.email ?? customer?.email].filter((email): email is string => email != null),
    visitor_ids: ['5bb73ae8-2ac4-4256-8af1-000000000001'],
    first_seen_at: contact?.created_at ?? customer?.created_at ?? null,
    last_seen_at: contact?.last_activity ?? customer?.updated_at ?? null,
    figures: {
      sessions: customer?.total_sessions ?? 0,
      recordings: customer ? 3 : 0,
      calls: customer ? 1 : 0,
      orders: { count: orders, amounts: orders > 0 ? [money(35_000 * orders)] : [] },
      bookings: { count: 2, amounts: [money(280_000), money(70, 'USD')] },
      purchases: [
        {
          id: 'B-2041',
          kind: 'booking',
          service: 'Dar es Salaam – Zanzibar',
          amount: money(280_000),
          status: 'completed',
          at: last_at,
        },
        {
          id: 'B-1987',
          kind: 'booking',
          service: 'Zanzibar – Pemba',
          amount: money(70, 'USD'),
          status: 'completed',
          at: last_at,
        },
        ...Array.from({ length: orders }, (_, index) => ({
          id: `O-${300 + index}`,
          kind: 'order',
          service: null,
          amount: money(35_000),
          status: index === 0 ? 'paid' : 'completed',
          at: last_at,
        })),
      ],
      devices: customer ? [{ device, browser, os, sessions: customer.total_sessions, last_at }] : [],
      places: customer
        ? [
            { country: 'TZ', city: 'Dar es Salaam', sessions: Math.max(1, customer.total_sessions - 1), last_at },
            { country: 'KE', city: null, sessions: 1, last_at },
          ]
        : [],
    },
  }
}

const TASK_NAMES = /^task\./

function momentsOf(
  state: MockState,
  contact: Contact | undefined,
  customer: Customer | undefined,
  now: number,
): Moment[] {
  const at = (ago: number) => new Date(now - ago).toISOString()
  const activities = contact
    ? timelineOf(contact, now).map((activity): Moment => {
        const kind = TASK_NAMES.test(activity.name)
          ? 'task'
          : ['contact.edited', 'contact.merged'].includes(activity.name)
            ? 'change'
            : activity.name === 'booking.completed'
              ? 'purchase'
              : 'activity'
        return {
          ...EMPTY,
          id: activity.id,
          kind,
          at: activity.occurred_at,
          name: activity.name,
          amount: activity.amount ?? null,
          session_id: activity.session_id ?? null,
          member_id: activity.member_id ?? null,
          details: activity.details as Moment['details'],
        }
      })
    : []
  const details = (value: object) => value as unknown as Moment['details']
  const seen: Moment[] = customer
    ? [
        {
          ...EMPTY,
          id: 'f1',
          kind: 'friction',
          at: at(3 * MINUTE),
          name: 'rage_click',
          path: '/checkout',
          session_id: '0193a1b2-0000-7d4c-8f00-2b6c1d9e4f5a',
          details: details({
            element_text: 'Pay now',
            element_selector: '#pay',
            error_message: null,
            severity: 'high',
          }),
        },
        {
          ...EMPTY,
          id: 'f2',
          kind: 'friction',
          at: at(4 * MINUTE),
          name: 'rage_click',
          path: '/checkout',
          session_id: '0193a1b2-0000-7d4c-8f00-2b6c1d9e4f5a',
          details: details({
            element_text: 'Pay now',
            element_selector: '#pay',
            error_message: null,
            severity: 'high',
          }),
        },
        {
          ...EMPTY,
          id: 'f3',
          kind: 'friction',
          at: at(5 * MINUTE),
          name: 'javascript_error',
          path: '/checkout',
          session_id: '0193a1b2-0000-7d4c-8f00-2b6c1d9e4f5a',
          details: details({
            element_text: null,
            element_selector: null,
            error_message: 'TypeError: seat is undefined',
            severity: 'medium',
          }),
        },
        {
          ...EMPTY,
          id: 'b1',
          kind: 'behavior',
          at: at(13 * MINUTE),
          name: 'search',
          path: '/timetable',
          session_id: '0193a1b2-0000-7d4c-8f00-2b6c1d9e4f5a',
          details: details({ search_query: 'Zanzibar tomorrow' }),
        },
        {
          ...EMPTY,
          id: 's1',
          kind: 'session',
          at: at(15 * MINUTE),
          name: 'session',
          path: 'https://coralferries.example/timetable?day=1',
          session_id: '0193a1b2-0000-7d4c-8f00-2b6c1d9e4f5a',
          seconds: 724,
          details: details({
            device: customer.primary_device_type,
            browser: customer.primary_browser,
            os: customer.primary_os,
            city: 'Dar es Salaam',
            country: 'TZ',
            ended_reason: 'page_unload',
          }),
        },
        {
          ...EMPTY,
          id: 'rec-0',
          kind: 'recording',
          at: at(15 * MINUTE),
          name: 'recording',
          path: 'https://coralferries.example/timetable',
          session_id: '0193a1b2-0000-7d4c-8f00-2b6c1d9e4f5a',
          recording_id: 'rec-0',
          seconds: 700,
          details: details({}),
        },
        {
          ...EMPTY,
          id: 'c1',
          kind: 'call',
          at: at(2 * DAY),
          name: 'call',
          session_id: '0193a1b2-0004-7d4c-8f00-2b6c1d9e4f5a',
          seconds: 184,
          details: details({ widget_id: 'w1', ended_by: 'call_end' }),
        },
      ]
    : []
  const notes = state.talk.notes[contact?.id ?? customer?.id ?? ''] ?? []
  return [...activities, ...seen, ...notes].sort((a, b) => b.at.localeCompare(a.at))
}

function answerTalk(name: string, state: MockState): unknown {
  const [, taskId] = /^tasks\/([^/]+)\/comments$/.exec(name) ?? []
  if (taskId !== undefined) return { comments: state.talk.comments[taskId] ?? [] } satisfies Schemas['CommentList']
  if (name !== 'mentions') return undefined
  const mentions = state.isEmpty ? [] : state.talk.mentions
  return {
    mentions,
    unread: mentions.filter(({ read_at: at }) => at == null).length,
    next_cursor: null,
  } satisfies Schemas['MentionList']
}

/** Writes a note, task or comment, or marks mentions; undefined when the path is about something else. */
export function changePerson(
  state: MockState,
  method: string,
  path: string,
  body: Record<string, unknown>,
): Answer | undefined {
  const now = new Date().toISOString()
  const [, written, noteId] = /\/people\/([^/]+)\/notes(?:\/([^/]+))?$/.exec(path) ?? []
  if (written !== undefined)
    return changeNote(state, method, decodeURIComponent(written), noteId, String(body.text ?? ''))
  if (method === 'POST' && path.endsWith('/tasks')) {
    if (body.title === 'Refuse') return problem(422, 'Unprocessable Entity', 'title must not be empty', 'title')
    const contact = state.crm.contacts.find(({ id }) => id === body.contact_id)
    const task = {
      id: `task_${state.crm.tasks.length + 1}`,
      contact_id: String(body.contact_id),
      contact: summaryOf(contact),
      kind: 'by_hand',
      title: String(body.title),
      priority: String(body.priority),
      status: 'open',
      assigned_to: (body.assigned_to as string | undefined) ?? null,
      created_at: now,
      due_at: (body.due_at as string | undefined) ?? null,
      snooze: null,
      comments: 0,
      done_at: null,
      done_by: null,
    } satisfies Schemas['Task']
    state.crm.tasks.push(task)
    return { status: 201, json: task }
  }
  const [, taskId, commentId] = /\/tasks\/([^/]+)\/comments(?:\/([^/]+))?$/.exec(path) ?? []
  if (taskId !== undefined) return changeComment(state, taskId, commentId, body)
  if (path.endsWith('/mentions/read')) {
    const ids = body.ids as string[] | undefined
    for (const mention of state.talk.mentions) if (!ids || ids.includes(mention.id)) mention.read_at ??= now
    return { status: 204 }
  }
  if (path.endsWith('/crm/rules/dry-run')) return { status: 200, json: rulesDryRun(state) }
  if (path.endsWith('/lead-weights/dry-run')) return { status: 200, json: weightsDryRun(state) }
  return undefined
}

function changeNote(state: MockState, method: string, person: string, id: string | undefined, text: string): Answer {
  const { contact, customer } = found(state, person)
  const key = contact?.id ?? customer?.id ?? ''
  const notes = (state.talk.notes[key] ??= [])
  if (id === undefined) {
    notes.push(noteOf(`note_${notes.length + 3}`, 'm1', text, new Date().toISOString()))
    return {
      status: 201,
      json: {
        id: '0193a1b2-0000-7d4c-8f00-00000000000a',
        author_id: 'm1',
        text,
        created_at: new Date().toISOString(),
        edited_at: null,
      },
    }
  }
  const note = notes.find((entry) => entry.id === id)
  if (!note) return problem(404, 'Not found', 'There is no such note.')
  if (method === 'DELETE') {
    state.talk.notes[key] = notes.filter((entry) => entry !== note)
    return { status: 204 }
  }
  note.details = { text, edited_at: new Date().toISOString() } as unknown as Moment['details']
  return { status: 200, json: {} }
}

function changeComment(
  state: MockState,
  taskId: string,
  commentId: string | undefined,
  body: Record<string, unknown>,
): Answer {
  const comments = state.talk.comments[taskId] ?? []
  const task = state.crm.tasks.find(({ id }) => id === taskId)
  const made = {
    id: `activity_new_${comments.length}`,
    author_id: 'm1',
    text: String(body.text),
    mentions: (body.mentions as string[] | undefined) ?? [],
    at: new Date().toISOString(),
  }
  state.talk.comments[taskId] =
    commentId === undefined ? [...comments, made] : comments.filter(({ id }) => id !== commentId)
  if (task) task.comments = state.talk.comments[taskId].length
  return commentId === undefined ? { status: 201, json: made } : { status: 204 }
}

function rulesDryRun(state: MockState): Schemas['RulesDryRun'] {
  const [first, second] = state.crm.contacts
  return {
    since: new Date(Date.now() - 30 * DAY).toISOString(),
    contacts: 412,
    is_complete: false,
    changed_contacts: 31,
    statuses: [
      { from: 'Hot Lead - Abandoned Booking', to: 'New Lead', contacts: 18 },
      { from: 'New Lead', to: 'Customer - Active', contacts: 4 },
    ],
    tasks_opened: [{ title: 'Call back', tasks: 22 }],
    tasks_not_opened: [{ title: 'URGENT: Follow up - Abandoned Booking', tasks: 22 }],
    examples: [
      ...(first
        ? [
            {
              contact: first,
              lead_status: 'New Lead',
              tasks_opened: ['Call back'],
              tasks_not_opened: ['URGENT: Follow up - Abandoned Booking'],
            },
          ]
        : []),
      ...(second ? [{ contact: second, lead_status: null, tasks_opened: ['Call back'], tasks_not_opened: [] }] : []),
    ],
  }
}

function weightsDryRun(state: MockState): Schemas['WeightsDryRun'] {
  const before = [14, 22, 31, 18, 12, 9, 6, 3, 1, 0]
  const after = [10, 16, 24, 25, 17, 11, 7, 4, 2, 0]
  return {
    customers: 116,
    is_complete: true,
    changed: 84,
    bars: before.map((count, index) => ({ from: index * 10, before: count, after: after[index] ?? 0 })),
    movers: state.customers.slice(0, 4).map(({ id, name, email }, index) => ({
      user_id: id,
      name: name ?? null,
      email: email ?? null,
      before: 60 - 10 * index,
      after: 81 - 16 * index,
    })),
  }
}
